import { useState } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import { Field } from '@ag.ds-next/react/field'
import { type FieldOptions, useField } from './use-field'

/** A small file as base64 in a form's values. It leaves the browser only with the form. */
export function SmallFileField({ accept, ...options }: FieldOptions & { accept: string }) {
  const { shown } = useField(options)
  const { name } = options
  const { control } = useFormContext()
  const { field } = useController({ name, control })
  const [version, setVersion] = useState(0)
  return (
    <Field {...shown}>
      {(a11y) => (
        <input
          {...a11y}
          // A form that was reset forgets the file too.
          key={field.value === '' ? `empty-${version}` : 'chosen'}
          ref={field.ref}
          name={name}
          type="file"
          accept={accept}
          onChange={(event) => {
            const file = event.target.files?.[0]
            setVersion(version + 1)
            if (!file) field.onChange('')
            else void inBase64(file).then(field.onChange)
          }}
          css={{ font: 'inherit', padding: '0.5rem 0', maxWidth: '100%' }}
        />
      )}
    </Field>
  )
}

async function inBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

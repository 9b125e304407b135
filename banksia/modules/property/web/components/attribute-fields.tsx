import { useWatch } from 'react-hook-form'
import { RadioField, SelectField, TextareaField, TextField } from '@banksia/kit'
import { z } from 'zod'
import type { AttributeDefinitionRead } from '../api'

export const kindWords: Record<AttributeDefinitionRead['kind'], string> = {
  text: 'Text',
  choice: 'One of a list',
  amount: 'Amount of money',
  date: 'Date',
  yes_no: 'Yes or no',
}

export const subjectWords: Record<AttributeDefinitionRead['subject'], string> = {
  parcel: 'Each lot',
  property: 'The property as a whole',
}

/** What is asked of an attribute, whether it is new or known. */
export const attributeSchema = z
  .object({
    title: z.string().trim().min(1, 'Enter what people call it, such as Bush fire prone land.').max(200),
    kind: z.enum(['text', 'choice', 'amount', 'date', 'yes_no']),
    choices: z.string().max(20_000),
    subject: z.enum(['parcel', 'property']),
    group: z.string().trim().max(200),
    help: z.string().trim().max(5000),
  })
  .refine(({ kind, choices }) => kind !== 'choice' || linesOf(choices).length > 0, {
    path: ['choices'],
    message: 'Enter the choices, one on each line.',
  })

export type AttributeTyped = z.output<typeof attributeSchema>

/** The lines that say something. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** The form's answer as the server takes it. */
export function attributeBody({ choices, kind, ...typed }: AttributeTyped) {
  return { ...typed, kind, choices: kind === 'choice' ? linesOf(choices) : [] }
}

/** The fields of an attribute; what it is of stays once values are recorded. */
export function AttributeFields({ fixed = false }: { fixed?: boolean }) {
  const kind: unknown = useWatch({ name: 'kind' })
  return (
    <>
      <TextField name="title" label="Title" hint="As it stands on the property page." />
      {fixed ? null : (
        <>
          <SelectField
            name="kind"
            label="Kind of value"
            width="lg"
            options={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
          />
          <RadioField
            name="subject"
            label="What has it"
            choices={[
              {
                value: 'parcel',
                label: subjectWords.parcel,
                detail: 'Such as zone or flood: lots can differ.',
              },
              {
                value: 'property',
                label: subjectWords.property,
                detail: 'Such as what its rates assessment owes.',
              },
            ]}
          />
        </>
      )}
      {kind === 'choice' ? (
        <TextareaField name="choices" label="Choices" rows={5} hint="One on each line." />
      ) : null}
      <TextField
        name="group"
        label="Heading"
        optional
        hint="Attributes with the same heading stand together, such as Planning."
      />
      <TextareaField
        name="help"
        label="What it means"
        optional
        rows={3}
        hint="For officers who read or record it."
      />
    </>
  )
}

import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Form, Notice, Panel, SecretField, SmallFileField, SubmitButton, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { saveSigningCertificate } from '../api'

const schema = z.object({
  pkcs12: z
    .string()
    .min(1, 'Choose the .p12 or .pfx file.')
    .max(200_000, 'The file is larger than a key with its certificates. Choose the .p12 or .pfx file.'),
  passphrase: z.string().max(500),
})

/** A new key with its certificate: tested before it is saved, sealed, and never shown again. */
export function SigningFile({ replaces }: { replaces: boolean }) {
  const queryClient = useQueryClient()
  const [saved, setSaved] = useState(false)
  const form = useKitForm({
    schema,
    defaultValues: { pkcs12: '', passphrase: '' },
    onSubmit: async (body) => {
      setSaved(false)
      await saveSigningCertificate({ body, throwOnError: true })
      form.methods.reset()
      setSaved(true)
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Panel
      title={replaces ? 'Replace the certificate' : 'Upload a certificate'}
      hint="Tested before it is saved, then sealed"
    >
      {saved ? (
        <Notice tone="success" role="status" title="The certificate is saved">
          <p>Certificates that are issued from now on are signed with it.</p>
        </Notice>
      ) : null}
      <Form form={form} label="Signing certificate">
        <SmallFileField
          name="pkcs12"
          label="File with the key and its certificate"
          hint="PKCS#12: its name ends in .p12 or .pfx."
          accept=".p12,.pfx,application/x-pkcs12"
        />
        <SecretField
          name="passphrase"
          label="Passphrase of the file"
          hint="It opens the file once and is not kept."
          optional
        />
        <SubmitButton>Test and save the certificate</SubmitButton>
      </Form>
    </Panel>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Select } from '@ag.ds-next/react/select'
import { Dialog, Form, formatBytes, SubmitButton, TextareaField, TextField, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { type DocumentRead, listOwnersOptions, sendDocuments, type SendingRead } from '../api'
import { filePage } from '../routes'
import { useRefresh } from './refresh'
import { counted } from './words'

interface SendDialogProps {
  propertyId: string
  documents: readonly DocumentRead[]
  /** Whether they were sent. */
  onClose: (sent: boolean) => void
}

/** E-mail documents to an owner or to somebody else: exactly the versions that are on screen. */
export function SendDialog({ propertyId, documents, onClose }: SendDialogProps) {
  const [sent, setSent] = useState<SendingRead>()
  const title = `Send ${counted(documents.length, 'document')}`
  return (
    <Dialog open onClose={() => onClose(sent !== undefined)} title={sent ? 'On its way' : title}>
      {sent ? (
        <SentWords sending={sent} onClose={() => onClose(true)} />
      ) : (
        <SendForm propertyId={propertyId} documents={documents} onSent={setSent} />
      )}
    </Dialog>
  )
}

interface SendFormProps extends Omit<SendDialogProps, 'onClose'> {
  onSent: (sending: SendingRead) => void
}

function SendForm({ propertyId, documents, onSent }: SendFormProps) {
  const refresh = useRefresh()
  const owners = useQuery(listOwnersOptions({ path: { property_id: propertyId } }))
  const form = useKitForm({
    schema: z.object({
      to_email: z.email('Enter the email address that the documents go to.'),
      to_name: z.string().max(200),
      message: z.string().max(2000),
    }),
    defaultValues: { to_email: '', to_name: '', message: '' },
    onSubmit: async ({ to_email, to_name, message }) => {
      const chosen = documents.map(({ id, latest }) => ({
        document_id: id,
        version_number: latest.number,
        sha256: latest.sha256,
      }))
      const body = { to_email, to_name, message, documents: chosen }
      const { data } = await sendDocuments({ path: { property_id: propertyId }, body, throwOnError: true })
      await refresh('listSendings', 'readFileLog', 'readDocumentLog')
      onSent(data)
    },
  })
  const known = owners.data ?? []
  const take = (email: string) => {
    const owner = known.find((each) => each.email === email)
    form.methods.setValue('to_email', owner?.email ?? '')
    form.methods.setValue('to_name', owner?.name ?? '')
  }
  return (
    <Form form={form} gap="1rem" label="Send documents">
      <ul css={{ paddingLeft: '1.25rem', fontSize: '0.9375rem', overflowWrap: 'anywhere' }}>
        {documents.map(({ id, title, latest }) => (
          <li key={id}>{`${title}, version ${String(latest.number)}, ${formatBytes(latest.size)}`}</li>
        ))}
      </ul>
      {known.length > 0 ? (
        <Select
          label="To"
          hideOptionalLabel
          maxWidth="xl"
          options={[
            { value: '', label: 'Somebody else' },
            ...known.map(({ name, email }) => ({ value: email, label: `${name}, ${email}` })),
          ]}
          onChange={(event) => {
            take(event.target.value)
          }}
        />
      ) : null}
      <TextField name="to_email" label="Email" type="email" />
      <TextField name="to_name" label="Name" optional />
      <TextareaField name="message" label="Message" rows={3} optional />
      <p css={{ fontSize: '0.875rem' }}>
        Small files are attached; larger ones go as a link that ends. Each sending is noted in the log of its
        document.
      </p>
      <SubmitButton>{`Send ${counted(documents.length, 'document')}`}</SubmitButton>
    </Form>
  )
}

interface SentWordsProps {
  sending: SendingRead
  onClose: () => void
}

function SentWords({ sending, onClose }: SentWordsProps) {
  const setSearch = filePage.useSetSearch()
  const how = sending.method === 'attached' ? 'attached to the mail' : 'as a link in the mail'
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      <p role="status">{`${counted(sending.documents.length, 'document')} ${sending.documents.length === 1 ? 'goes' : 'go'} to ${sending.to_email}, ${how}.`}</p>
      <div css={{ display: 'flex', gap: '0.75rem', flexWrap: 'wrap' }}>
        <Button onClick={onClose}>Back to the file</Button>
        <Button
          variant="secondary"
          onClick={() => {
            onClose()
            setSearch({ view: 'sent', document: undefined }, { replace: false })
          }}
        >
          See what was sent
        </Button>
      </div>
    </div>
  )
}

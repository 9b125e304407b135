import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { z } from 'zod'
import { CopyButton } from '../display/copy-button'
import { Notice } from '../display/notice'
import { Panel } from '../display/panel'
import { ErrorPanel } from '../feedback/error-panel'
import { TextareaField, TextField } from '../forms/fields'
import { Form } from '../forms/form'
import { SubmitButton } from '../forms/submit-button'
import { useKitForm } from '../forms/use-kit-form'

interface PayLinkProps {
  /** `Let someone else pay`, or for staff `Send a pay link`. */
  title: string
  /** Ask the server for the link; with an address it is mailed there. */
  ask: (wanted: { email: string | null; note: string }) => Promise<{ url: string; sent_to: string | null }>
  /** Who most likely pays. */
  email?: string
}

const schema = z.object({
  email: z.email('Enter the email address that the link goes to.'),
  note: z.string().trim().max(300, 'Keep the note under 300 letters.'),
})

/** The link with which whoever holds it pays: copied, or mailed with a note. It opens nothing else. */
export function PayLink({ title, ask, email = '' }: PayLinkProps) {
  const [url, setUrl] = useState('')
  const [sentTo, setSentTo] = useState('')
  const [failure, setFailure] = useState<unknown>()
  const form = useKitForm({
    schema,
    defaultValues: { email, note: '' },
    onSubmit: async (wanted) => {
      const given = await ask(wanted)
      setUrl(given.url)
      setSentTo(given.sent_to ?? '')
    },
  })
  const show = async () => {
    try {
      setFailure(undefined)
      setUrl((await ask({ email: null, note: '' })).url)
    } catch (error) {
      setFailure(error)
    }
  }
  return (
    <Panel title={title}>
      <div css={{ display: 'grid', gap: '1rem' }}>
        <p>Whoever has the link sees what it is for and the sum, and can pay. They see nothing else.</p>
        {failure ? <ErrorPanel title="There is no link to pay" error={failure} /> : null}
        {url ? (
          <p css={{ overflowWrap: 'anywhere', fontSize: '0.875rem' }}>
            {url} <CopyButton text={url}>Copy link</CopyButton>
          </p>
        ) : (
          <div>
            <Button size="sm" variant="secondary" onClick={() => void show()}>
              Show the link
            </Button>
          </div>
        )}
        {sentTo ? (
          <Notice tone="success" role="status" title={`The link is on its way to ${sentTo}`} />
        ) : (
          <Form form={form} label="Send the link" gap="1rem">
            <TextField name="email" label="Email of who pays" type="email" width="full" />
            <TextareaField
              name="note"
              label="Note"
              optional
              rows={2}
              hint="It stands in the email. Without web addresses."
            />
            <SubmitButton size="sm">Send the link</SubmitButton>
          </Form>
        )}
      </div>
    </Panel>
  )
}

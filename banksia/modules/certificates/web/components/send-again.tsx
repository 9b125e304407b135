import { Form, SubmitButton, TextField, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { sendMailAgain } from '../api'
import { useKeepDelivery } from './use-keep-delivery'

const schema = z.object({ email: z.email('Enter the customer’s email address.').max(254) })

interface SendAgainProps {
  orderId: string
  /** The mail that is sent again; a fresh link to the order without one. */
  mailId?: string
  email: string | null
  button: string
  onSent?: () => void
}

/** Send a mail again, to the same address or to a corrected one, which becomes the order's. */
export function SendAgain({ orderId, mailId, email, button, onSent }: SendAgainProps) {
  const keep = useKeepDelivery(orderId)
  const form = useKitForm({
    schema,
    defaultValues: { email: email ?? '' },
    onSubmit: async (typed) => {
      const { data } = await sendMailAgain({
        path: { order_id: orderId },
        body: { mail_id: mailId ?? null, email: typed.email },
        throwOnError: true,
      })
      await keep(data)
      onSent?.()
    },
  })
  return (
    <Form form={form} label={button}>
      <TextField
        name="email"
        label="Email"
        type="email"
        hint={
          email
            ? 'Another address becomes the order’s. Links that were mailed before then open nothing.'
            : 'It becomes the order’s, and a link to the order is mailed to it.'
        }
      />
      <SubmitButton size="sm">{button}</SubmitButton>
    </Form>
  )
}

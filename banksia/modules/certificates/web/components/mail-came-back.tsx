import { useQuery } from '@tanstack/react-query'
import { Form, formatDayAndTime, Notice, SubmitButton, TextareaField, useKitForm, useMay } from '@banksia/kit'
import { z } from 'zod'
import { noteToldByPhone, readDeliveryOptions, type DeliveryRead } from '../api'
import { SendAgain } from './send-again'
import { useKeepDelivery } from './use-keep-delivery'

/** Mail to the customer came back: what to do until somebody has done it. */
export function MailCameBack({ orderId }: { orderId: string }) {
  const { data } = useQuery(readDeliveryOptions({ path: { order_id: orderId } }))
  const mayWrite = useMay('certificates.messages.write')
  if (!data?.mail_bounced_at) return null
  const mail = data.mails.find(({ bounced_at, to_address }) => bounced_at && to_address === data.email)
  return (
    <Notice
      tone="error"
      title={`Mail to ${data.email ?? 'the customer'} came back ${formatDayAndTime(data.mail_bounced_at)}`}
    >
      <div css={{ display: 'grid', gap: '1rem' }}>
        {mail ? (
          <p>
            {mail.subject}. The mail server said: {mail.error}
          </p>
        ) : null}
        {mayWrite ? (
          <>
            <p>Ask the customer for their address and send it again, or tell them another way.</p>
            <SendAgain orderId={orderId} mailId={mail?.id} email={data.email} button="Send it again" />
            <Told orderId={orderId} />
          </>
        ) : null}
      </div>
    </Notice>
  )
}

const schema = z.object({ note: z.string().trim().min(3, 'Enter what you told them.').max(2000) })

function Told({ orderId }: { orderId: string }) {
  const keep = useKeepDelivery(orderId)
  const form = useKitForm({
    schema,
    defaultValues: { note: '' },
    onSubmit: async (body) => {
      const { data } = await noteToldByPhone({ path: { order_id: orderId }, body, throwOnError: true })
      await keep(data satisfies DeliveryRead)
    },
  })
  return (
    <Form form={form} label="Told by phone">
      <TextareaField name="note" label="Told by phone: who, and what you said" rows={2} />
      <SubmitButton size="sm" variant="secondary">
        Close without sending
      </SubmitButton>
    </Form>
  )
}

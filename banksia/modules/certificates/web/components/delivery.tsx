import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import {
  Dialog,
  formatDayAndTime,
  Loaded,
  Panel,
  RowList,
  Status,
  type ListRow,
  type StatusWord,
  useMay,
} from '@banksia/kit'
import { readDeliveryOptions, type DeliveryRead, type MailRead, type OrderRead } from '../api'
import { SendAgain } from './send-again'

const states: Record<MailRead['status'], StatusWord> = {
  queued: 'Sending',
  sending: 'Sending',
  sent: 'Sent',
  refused: 'Came back',
  bounced: 'Came back',
}

/** How an order came to its customer: each mail with what became of it, downloads, and what was handed over. */
export function Delivery({ order }: { order: OrderRead }) {
  const query = useQuery({
    ...readDeliveryOptions({ path: { order_id: order.id } }),
    refetchInterval: 60_000,
  })
  const maySend = useMay('certificates.messages.write')
  const [again, setAgain] = useState<MailRead | 'link'>()
  const close = () => {
    setAgain(undefined)
  }
  return (
    <Panel
      title="Delivery"
      id="delivery"
      flush
      action={
        maySend && query.data ? (
          <Button
            size="sm"
            variant="tertiary"
            onClick={() => {
              setAgain('link')
            }}
          >
            {query.data.email ? 'Mail a fresh link' : ENTER}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={query} failed="The delivery could not be loaded">
        {(read) => {
          const rows = rowsOf(read, maySend && read.email ? setAgain : undefined)
          return (
            <>
              {read.email ? null : (
                <p css={{ padding: '1rem' }}>
                  The customer gave no email address, so nothing is mailed: certificates are printed and
                  collected at the counter.
                </p>
              )}
              {rows.length > 0 ? <RowList inset stack rows={rows} /> : null}
              {rows.length === 0 && read.email ? (
                <p css={{ padding: '1rem' }}>Nothing was sent or handed over yet.</p>
              ) : null}
            </>
          )
        }}
      </Loaded>
      {again ? (
        <Dialog open onClose={close} title={titleOf(again, query.data?.email)}>
          <SendAgain
            orderId={order.id}
            mailId={again === 'link' ? undefined : again.id}
            email={query.data?.email ?? null}
            button={again === 'link' ? 'Send the link' : 'Send it again'}
            onSent={close}
          />
        </Dialog>
      ) : null}
    </Panel>
  )
}

const ENTER = 'Enter an email address'

function titleOf(again: MailRead | 'link', email: string | null | undefined): string {
  if (again !== 'link') return again.subject
  return email ? 'Mail a fresh link' : ENTER
}

interface Entry {
  at: string
  row: ListRow
}

/** Mail, steps and downloads in one list, the newest first. */
function rowsOf(read: DeliveryRead, onAgain?: (mail: MailRead) => void): ListRow[] {
  const entries: Entry[] = [
    ...read.mails.map((mail) => ({ at: mail.written_at, row: mailRow(mail, onAgain) })),
    // A returned mail says so itself; a step of its own would tell it twice.
    ...read.steps
      .filter(({ kind }) => kind !== 'mail_bounced' && kind !== 'sent_again')
      .map((step) => ({
        at: step.at,
        row: {
          key: `${step.kind} ${step.at}`,
          title: stepTitle(step),
          detail: `${step.actor_name}, ${formatDayAndTime(step.at)}${step.kind === 'told_by_phone' && step.note ? `: ${step.note}` : ''}`,
        },
      })),
    ...read.downloads.map((each) => ({
      at: each.at,
      row: {
        key: `${each.number} ${each.at}`,
        title: `${each.number} downloaded`,
        detail: `${each.by_staff ? each.actor_name : 'By the customer'}, ${formatDayAndTime(each.at)}`,
      },
    })),
  ]
  return entries.sort((one, other) => other.at.localeCompare(one.at)).map(({ row }) => row)
}

function stepTitle(step: DeliveryRead['steps'][number]): string {
  if (step.kind === 'address_changed')
    return step.from_address
      ? `Email changed from ${step.from_address} to ${step.to_address ?? ''}`
      : `Email entered: ${step.to_address ?? ''}`
  if (step.kind === 'told_by_phone') return 'Told by phone'
  return `Handed over: ${step.note ?? ''}`
}

function mailRow(mail: MailRead, onAgain?: (mail: MailRead) => void): ListRow {
  const facts = [
    mail.to_address,
    mail.attachments.length > 0 ? `with ${mail.attachments.join(', ')}` : '',
    mail.sent_at
      ? `accepted by the mail server ${formatDayAndTime(mail.sent_at)}`
      : `written ${formatDayAndTime(mail.written_at)}`,
    mail.bounced_at ? `came back ${formatDayAndTime(mail.bounced_at)}` : '',
    mail.opened_at ? `link opened ${formatDayAndTime(mail.opened_at)}` : '',
  ]
  return {
    key: mail.id,
    title: mail.subject,
    detail: (
      <>
        {facts.filter(Boolean).join(', ')}
        {mail.error ? <div css={{ overflowWrap: 'anywhere' }}>{mail.error}</div> : null}
      </>
    ),
    end: (
      <>
        <Status word={states[mail.status]} />
        {onAgain ? (
          <Button
            size="sm"
            variant="tertiary"
            aria-label={`Send again: ${mail.subject}`}
            onClick={() => {
              onAgain(mail)
            }}
          >
            Send again
          </Button>
        ) : null}
      </>
    ),
  }
}

import { DownloadIcon } from '@ag.ds-next/react/icon'
import {
  ActionButton,
  colour,
  ErrorPanel,
  formatDate,
  formatDay,
  formatParcel,
  PHONE,
  Status,
  UrgentTag,
  useOrganisation,
  formatAddress,
  visuallyHidden,
} from '@banksia/kit'
import type { CertificateRead, OrderLineRead, OrderRead } from '../api'
import { useDownload } from './use-download'
import { lineWords } from './words'

/** Each certificate with its state and its one action. */
export function CertificateRows({ order }: { order: OrderRead }) {
  const several = new Set(order.lines.map(({ property }) => property.parcel + property.id)).size > 1
  return (
    <ul css={{ listStyle: 'none' }}>
      {order.lines.map((line, index) => (
        <li
          key={line.id}
          css={{
            display: 'grid',
            gridTemplateColumns: 'minmax(0, 1fr) 11rem 13.25rem',
            gap: '0.5rem 1rem',
            alignItems: 'center',
            padding: '1rem',
            borderTop: index > 0 ? `1px solid ${colour.borderMuted}` : undefined,
            [PHONE]: { gridTemplateColumns: '1fr', justifyItems: 'start' },
          }}
        >
          <div>
            <strong>{line.title}</strong> {line.urgent ? <UrgentTag /> : null}
            {several ? (
              <p css={{ fontSize: '0.9375rem' }}>
                {formatAddress(line.property.address)}, {formatParcel(line.property.parcel)}
              </p>
            ) : null}
            <p css={{ fontSize: '0.9375rem', color: colour.foregroundMuted }}>
              {[sentenceOf(line, order), paperOf(line)].filter(Boolean).join(' ')}
            </p>
            <WhyDue line={line} />
          </div>
          <Status word={isPaidFor(line, order) ? 'Being prepared' : lineWords[line.state]} />
          <div
            css={{ display: 'grid', gap: '0.5rem', justifySelf: 'end', [PHONE]: { justifySelf: 'start' } }}
          >
            {line.certificates.map((certificate) =>
              certificate.can_download ? (
                <Download key={certificate.id} orderId={order.id} certificate={certificate} />
              ) : (
                <DownloadOver key={certificate.id} certificate={certificate} />
              ),
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Paid a moment ago: its work begins by itself, and nothing is awaited any more. */
const isPaidFor = (line: OrderLineRead, order: OrderRead) =>
  line.state === 'awaiting_payment' && order.money === 'paid'

/** What made it more has to be paid again: the customer is asked for nothing else. */
const isOwedAgain = (line: OrderLineRead, order: OrderRead) =>
  line.state === 'waiting_for_you' &&
  order.upgrades.some(({ line_id, owed_again_cents }) => line_id === line.id && owed_again_cents > 0)

function sentenceOf(line: OrderLineRead, order: OrderRead): string {
  const issued = line.certificates[0]
  if (issued) {
    const until = issued.downloads_end_on
    const kept = until && issued.can_download ? ` You can download it until ${formatDate(until)}.` : ''
    return `Number ${issued.number}, issued ${formatDay(issued.issued_at)}.${kept}`
  }
  if (isOwedAgain(line, order)) return `${line.reason ?? ''} The clock is stopped until then.`.trim()
  if (line.state === 'waiting_for_you')
    return `${line.reason ?? ''} The clock is stopped until you answer below.`.trim()
  if (line.state === 'cannot_issue' || line.state === 'cancelled') return line.reason ?? ''
  if (line.state === 'awaiting_payment' && order.can_pay)
    return `If you pay today, due by ${formatDay(line.due_on)}.`
  const left = line.working_days_left
  if (left === null) return `Due by ${formatDay(line.due_on)}.`
  return `Due by ${formatDay(line.due_on)}${left > 0 ? `, in ${String(left)} working day${left === 1 ? '' : 's'}` : ''}.`
}

/** How the due day comes about, for who counts after. */
function WhyDue({ line }: { line: OrderLineRead }) {
  if (line.due_because.length === 0) return null
  return (
    <details css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
      <summary css={{ cursor: 'pointer', padding: '0.25rem 0' }}>
        Why this day<span css={visuallyHidden}>: {line.title}</span>
      </summary>
      {line.due_because.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </details>
  )
}

function paperOf(line: OrderLineRead): string {
  if (!line.collects || line.state === 'cannot_issue' || line.state === 'cancelled') return ''
  if (line.collected_at) return `Collected on ${formatDay(line.collected_at)}.`
  return line.state === 'ready' ? 'It waits for you at council’s counter.' : 'You collect it on paper.'
}

function Download({ orderId, certificate }: { orderId: string; certificate: CertificateRead }) {
  const file = useDownload(orderId, certificate.download_path, certificate.file_name)
  return (
    <>
      <ActionButton
        variant={certificate.superseded_by ? 'secondary' : 'primary'}
        iconBefore={DownloadIcon}
        loading={file.busy}
        onClick={() => void file.download()}
        aria-label={`Download PDF of certificate ${certificate.number}`}
      >
        Download PDF
      </ActionButton>
      {certificate.superseded_by ? (
        <span css={{ fontSize: '0.875rem' }}>
          Number {certificate.number}, replaced by {certificate.superseded_by}
        </span>
      ) : null}
      {file.failure ? <ErrorPanel title="The download failed" error={file.failure} /> : null}
    </>
  )
}

/** After the council's period: until when it was, and how to ask for it. */
function DownloadOver({ certificate }: { certificate: CertificateRead }) {
  const { phone, email } = useOrganisation()
  const ask = [phone, email].filter(Boolean).join(' or ')
  const until = certificate.downloads_end_on
  return (
    <p css={{ fontSize: '0.875rem' }}>
      {until ? `Certificate ${certificate.number} could be downloaded until ${formatDate(until)}. ` : null}
      {`Ask council for it${ask ? `: ${ask}` : ' on this page'}.`}
    </p>
  )
}

/** Every certificate of the order that is issued, once there are several. */
export function DownloadAll({ order }: { order: OrderRead }) {
  const path = `/api/certificates/orders/${order.id}/certificates.zip`
  const file = useDownload(order.id, path, `${order.number.replaceAll('/', '-')}.zip`)
  const open = order.lines.flatMap(({ certificates }) => certificates).filter((each) => each.can_download)
  if (open.length < 2) return null
  return (
    <>
      <ActionButton
        size="sm"
        variant="secondary"
        iconBefore={DownloadIcon}
        loading={file.busy}
        onClick={() => void file.download()}
      >
        Download all (zip)
      </ActionButton>
      {file.failure ? <ErrorPanel title="The download failed" error={file.failure} /> : null}
    </>
  )
}

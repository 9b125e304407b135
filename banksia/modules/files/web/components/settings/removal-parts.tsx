import { TextLink } from '@ag.ds-next/react/text-link'
import { formatAddress, formatDate, formatDay, Notice } from '@banksia/kit'
import type { RemovalRead } from '../../api'
import { filePage } from '../../routes'

/** The way to the document that a request is about; who decides may look at it also once it has left the file. */
export function DocumentLink({ removal }: { removal: RemovalRead }) {
  const params = { propertyId: removal.property_id }
  return (
    <TextLink href={filePage.href({ params, search: { document: removal.document_id } })}>
      {removal.document_title}
    </TextLink>
  )
}

/** The document and the property whose file it is of. */
export function DocumentTitle({ removal }: { removal: RemovalRead }) {
  return (
    <>
      {removal.state === 'purged' ? (
        <strong>{removal.document_title}</strong>
      ) : (
        <DocumentLink removal={removal} />
      )}
      <div>
        <TextLink href={filePage.href({ params: { propertyId: removal.property_id } })}>
          {formatAddress(removal.property_label)}
        </TextLink>
      </div>
    </>
  )
}

/** Who decided, when, and with which note. */
export function decided(removal: RemovalRead): string {
  const did = removal.state === 'refused' ? 'Refused' : 'Approved'
  const note = removal.decision_note ? `: ${removal.decision_note}` : ''
  const on = removal.decided_at ? ` on ${formatDate(removal.decided_at)}` : ''
  return `${did} by ${removal.decided_by_name ?? 'the council'}${on}${note}`
}

/** Its retention class or a hold keeps the document, whatever is decided about its removal. */
export function KeptNotice({ removal }: { removal: RemovalRead }) {
  if (!removal.kept_because) return null
  const until = removal.kept_until_on ? ` It may go from ${formatDay(removal.kept_until_on)}.` : ''
  return (
    <Notice tone="warning" title="It will not be destroyed while it has to be kept">
      {`${removal.kept_because}${until}`}
    </Notice>
  )
}

import { useQuery } from '@tanstack/react-query'
import {
  EmptyState,
  formatDate,
  formatDayAndTime,
  Loaded,
  Panel,
  RowList,
  Status,
  type StatusWord,
} from '@banksia/kit'
import { type FileRead, listSendingsOptions, type SendingRead } from '../api'

const words: Record<string, StatusWord> = {
  queued: 'Sending',
  sending: 'Sending',
  sent: 'Sent',
  refused: 'Failed',
  bounced: 'Came back',
}

/** What was sent from the file, and what became of it. */
export function Sent({ file }: { file: FileRead }) {
  const sendings = useQuery(
    listSendingsOptions({ path: { property_id: file.property_id }, query: { limit: 100 } }),
  )
  return (
    <Panel title="Sent from this file" flush>
      <Loaded query={sendings} failed="What was sent could not be loaded">
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState>
              Nothing was sent from this file. Tick documents, then choose Send to owner.
            </EmptyState>
          ) : (
            <RowList
              inset
              stack
              rows={rows.map((sending) => ({
                key: sending.id,
                title: (
                  <>
                    <strong>{sending.to_name || sending.to_email}</strong>
                    {sending.to_name ? `, ${sending.to_email}` : ''}
                  </>
                ),
                detail: <Detail sending={sending} />,
                end: <Status word={words[sending.mail_status] ?? 'Sending'} />,
              }))}
            />
          )
        }
      </Loaded>
    </Panel>
  )
}

function Detail({ sending }: { sending: SendingRead }) {
  const names = sending.documents.map(({ file_name, version_number }) =>
    version_number > 1 ? `${file_name} (version ${String(version_number)})` : file_name,
  )
  return (
    <>
      <p>{`${formatDayAndTime(sending.created_at)} by ${sending.sent_by_name}, ${becameOf(sending)}`}</p>
      <p css={{ overflowWrap: 'anywhere' }}>{new Intl.ListFormat('en-AU').format(names)}</p>
      {sending.message ? <p css={{ whiteSpace: 'pre-line' }}>{`“${sending.message}”`}</p> : null}
    </>
  )
}

function becameOf({ method, opened_at, expires_at }: SendingRead): string {
  if (method === 'attached') return 'attached to the mail'
  const opened = opened_at ? `opened ${formatDayAndTime(opened_at)}` : 'not opened yet'
  return `as a link until ${expires_at ? formatDate(expires_at) : 'it ends'}, ${opened}`
}

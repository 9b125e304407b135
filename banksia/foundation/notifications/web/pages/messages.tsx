import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  DataTable,
  EmptyState,
  ErrorPanel,
  formatDayAndTime,
  MoreButton,
  RowCard,
  SkeletonRows,
  StaffPage,
  Tag,
} from '@banksia/kit'
import { listMessagesInfiniteOptions, type MessageRead } from '../api'
import { messagePage } from '../routes'
import { states } from '../words'

const hrefOf = (message: MessageRead) => messagePage.href({ params: { messageId: message.id } })

/** Every mail that the council sent or tried to send. */
export default function MessagesPage() {
  const messages = useInfiniteQuery({
    ...listMessagesInfiniteOptions({ query: { limit: 50 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
  const rows = messages.data?.pages.flatMap((page) => page.results) ?? []
  return (
    <StaffPage title="Messages" facts="Email that was sent, or waits.">
      {messages.isError ? (
        <ErrorPanel
          title="The messages could not be loaded"
          error={messages.error}
          onRetry={() => void messages.refetch()}
        />
      ) : null}
      {messages.isPending ? <SkeletonRows /> : null}
      {messages.isSuccess && rows.length === 0 ? <EmptyState>No email has been sent yet.</EmptyState> : null}
      {rows.length > 0 ? (
        <DataTable
          caption="Messages"
          rows={rows}
          rowKey={(message) => message.id}
          rowHref={hrefOf}
          columns={[
            {
              key: 'when',
              header: 'Written',
              width: '12rem',
              cell: (message) => formatDayAndTime(message.created_at),
            },
            { key: 'to', header: 'To', cell: (message) => message.to_address },
            {
              key: 'subject',
              header: 'Subject',
              cell: (message) => (
                <>
                  <TextLink href={hrefOf(message)}>{message.subject}</TextLink>
                  <span className="detail">{message.error}</span>
                </>
              ),
            },
            {
              key: 'state',
              header: 'State',
              width: '9rem',
              cell: (message) => <Tag>{states[message.status]}</Tag>,
            },
          ]}
          card={(message) => (
            <RowCard
              top={formatDayAndTime(message.created_at)}
              title={<TextLink href={hrefOf(message)}>{message.subject}</TextLink>}
              detail={message.error}
              start={message.to_address}
              end={states[message.status]}
            />
          )}
        />
      ) : null}
      {rows.length > 0 ? (
        <MoreButton query={messages} shown={`${String(rows.length)} messages shown`} />
      ) : null}
    </StaffPage>
  )
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  formatDayAndTime,
  PagedList,
  RowCard,
  StaffPage,
  Tag,
  whenColumn,
} from '@banksia/kit'
import { listMessagesInfiniteOptions, type MessageRead } from '../api'
import { messagePage } from '../routes'
import { states } from '../words'

const hrefOf = (message: MessageRead) => messagePage.href({ params: { messageId: message.id } })

/** Every mail that the council sent or tried to send. */
export default function MessagesPage() {
  const messages = useInfiniteQuery({
    ...listMessagesInfiniteOptions({ query: { limit: 50 } }),
    ...byCursor,
  })
  return (
    <StaffPage title="Messages" facts="Email that was sent, or waits.">
      <PagedList
        query={messages}
        failed="The messages could not be loaded"
        empty="No email has been sent yet."
        shown={['message', 'messages']}
      >
        {(rows) => (
          <DataTable
            caption="Messages"
            rows={rows}
            rowKey={(message) => message.id}
            rowHref={hrefOf}
            columns={[
              whenColumn('Written', (message: MessageRead) => message.created_at),
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
        )}
      </PagedList>
    </StaffPage>
  )
}

import { useQuery } from '@tanstack/react-query'
import {
  ActionButton,
  colour,
  ErrorPanel,
  formatBytes,
  formatDayAndTime,
  Loaded,
  Notice,
  Panel,
} from '@banksia/kit'
import { listMessagesOptions, type MessageFileRead, type MessageRead } from '../api'
import { orderHeaders } from './order-token'
import { useDownload } from './use-download'
import { WriteMessage } from './write-message'

interface MessagesProps {
  orderId: string
  /** Who reads the page: its own messages stand at the right. */
  side: 'customer' | 'council'
}

/** What customer and council write to each other about an order, with files; questions of council are answered here. */
export function Messages({ orderId, side }: MessagesProps) {
  const options = listMessagesOptions({ path: { order_id: orderId }, headers: orderHeaders(orderId) })
  const list = useQuery({ ...options, refetchInterval: 60_000 })
  return (
    <Panel title={side === 'customer' ? 'Messages with council' : 'Messages with the customer'} id="messages">
      <Loaded query={list} failed="The messages could not be loaded">
        {({ messages, can_write, answers, is_mailed }) => (
          <div css={{ display: 'grid', gap: '1rem' }}>
            {answers.map((question) => (
              <Notice
                key={question}
                tone="warning"
                title={side === 'customer' ? 'Council asks you' : 'Asked of the customer'}
              >
                <p css={{ whiteSpace: 'pre-line' }}>{question}</p>
              </Notice>
            ))}
            {messages.length === 0 && answers.length === 0 ? (
              <p css={{ color: colour.foregroundMuted }}>
                {side === 'customer'
                  ? 'Nothing was written yet. Ask here about this order.'
                  : is_mailed
                    ? 'Nothing was written yet. What you write is mailed to the customer.'
                    : 'Nothing was written yet.'}
              </p>
            ) : null}
            {messages.length > 0 ? (
              <ol css={{ listStyle: 'none', display: 'grid', gap: '0.75rem' }}>
                {messages.map((message) => (
                  <Message
                    key={message.id}
                    message={message}
                    orderId={orderId}
                    own={message.from_council === (side === 'council')}
                  />
                ))}
              </ol>
            ) : null}
            {can_write ? (
              <WriteMessage orderId={orderId} side={side} asked={answers.length > 0} isMailed={is_mailed} />
            ) : null}
          </div>
        )}
      </Loaded>
    </Panel>
  )
}

function Message({ message, orderId, own }: { message: MessageRead; orderId: string; own: boolean }) {
  return (
    <li
      css={{
        padding: '0.625rem 0.875rem',
        borderLeft: `4px solid ${own ? colour.selected : colour.border}`,
        background: colour.backgroundShade,
        overflowWrap: 'anywhere',
      }}
    >
      <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
        <strong css={{ color: colour.foregroundText }}>{message.author_name}</strong>
        {message.from_council ? ', council' : ''}, {formatDayAndTime(message.at)}
      </p>
      <p css={{ whiteSpace: 'pre-line' }}>{message.text}</p>
      {message.files.length > 0 ? (
        <ul css={{ listStyle: 'none', marginTop: '0.375rem' }}>
          {message.files.map((file) => (
            <li key={file.id}>
              <FileLink file={file} orderId={orderId} />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}

function FileLink({ file, orderId }: { file: MessageFileRead; orderId: string }) {
  const { busy, failure, download } = useDownload(orderId, file.download_path, file.file_name)
  return (
    <>
      <ActionButton variant="text" size="sm" loading={busy} onClick={() => void download()}>
        {`${file.file_name} (${formatBytes(file.size_bytes)})`}
      </ActionButton>
      {failure ? <ErrorPanel title="The download failed" error={failure} /> : null}
    </>
  )
}

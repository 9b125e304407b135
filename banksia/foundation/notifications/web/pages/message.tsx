import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  ErrorPanel,
  Facts,
  formatDayAndTime,
  Loaded,
  Panel,
  StaffPage,
  useMay,
  useNavigateTo,
} from '@banksia/kit'
import { readMessageOptions, resendMessageMutation } from '../api'
import { messagePage, messagesPage } from '../routes'
import { states } from '../words'

/** One mail as it was written, and a way to send it again. */
export default function MessagePage() {
  const { messageId } = messagePage.useParams()
  const message = useQuery(readMessageOptions({ path: { message_id: messageId } }))
  const mayResend = useMay('notifications.messages.resend')
  const navigate = useNavigateTo()
  const queryClient = useQueryClient()
  const resend = useMutation({
    ...resendMessageMutation(),
    onSuccess: async (sent) => {
      await queryClient.invalidateQueries()
      navigate(messagePage.href({ params: { messageId: sent.id } }))
    },
  })
  return (
    <StaffPage
      title={message.data?.subject ?? 'Message'}
      where={<TextLink href={messagesPage.href()}>Messages</TextLink>}
      actions={
        mayResend && message.data ? (
          <ActionButton
            size="sm"
            variant="secondary"
            loading={resend.isPending}
            onClick={() => {
              resend.mutate({ path: { message_id: messageId } })
            }}
          >
            Send again
          </ActionButton>
        ) : undefined
      }
    >
      {resend.error ? <ErrorPanel title="The message was not sent again" error={resend.error} /> : null}
      <Loaded query={message} failed="The message could not be loaded">
        {(read) => (
          <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '52rem' }}>
            <Panel title="Delivery">
              <Facts
                of={[
                  ['To', read.to_address],
                  ['State', states[read.status]],
                  ['Written', formatDayAndTime(read.created_at)],
                  read.sent_at ? ['Sent', formatDayAndTime(read.sent_at)] : null,
                  read.bounced_at ? ['Came back', formatDayAndTime(read.bounced_at)] : null,
                  read.error ? ['Last error', read.error] : null,
                  read.attachments.length > 0
                    ? ['Attached', read.attachments.map(({ file_name }) => file_name).join(', ')]
                    : null,
                ]}
              />
            </Panel>
            <Panel title="Text">
              <pre css={{ whiteSpace: 'pre-wrap', fontFamily: 'inherit', margin: 0 }}>{read.text}</pre>
            </Panel>
          </div>
        )}
      </Loaded>
    </StaffPage>
  )
}

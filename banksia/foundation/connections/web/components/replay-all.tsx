import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, ErrorPanel, slimButtons } from '@banksia/kit'
import { replayDeliveriesMutation } from '../api'

/** Everything that was given up for one module goes out once more, in its order. */
export function ReplayAll({ name }: { name: string }) {
  const queryClient = useQueryClient()
  const replay = useMutation({
    ...replayDeliveriesMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <div css={{ display: 'grid', gap: '0.75rem', padding: '0.75rem 1rem', ...slimButtons }}>
      {replay.error ? <ErrorPanel title="They were not sent again" error={replay.error} /> : null}
      <p role="status">{replay.data ? sentWords(replay.data.replayed) : ''}</p>
      <p>
        <ActionButton
          size="sm"
          loading={replay.isPending}
          onClick={() => replay.mutate({ body: { module: name } })}
        >
          Send all of them again
        </ActionButton>
      </p>
    </div>
  )
}

const sentWords = (count: number) =>
  count === 0
    ? 'There was nothing to send again.'
    : `${count.toLocaleString('en-AU')} ${count === 1 ? 'event is' : 'events are'} on the way again.`

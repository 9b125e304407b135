import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  ActionButton,
  byCursor,
  DeliveryDetail,
  ErrorPanel,
  formatDayAndTime,
  may,
  PagedList,
  RowList,
  Status,
  type StatusWord,
  useUser,
} from '@banksia/kit'
import {
  listDeliveriesInfiniteOptions,
  replayDeliveryMutation,
  type ConnectedModuleDetail,
  type SentDeliveryRead,
} from '../api'
import { modulePage } from '../routes'

const STATUS = { pending: 'Sending', delivered: 'Sent', dead: 'Given up' } as const satisfies Record<
  SentDeliveryRead['status'],
  StatusWord
>

interface DeliveriesProps {
  module: ConnectedModuleDetail
  status?: SentDeliveryRead['status']
}

/** What was sent to a module, what it answered, and a way to send it again. */
export function Deliveries({ module, status }: DeliveriesProps) {
  const queryClient = useQueryClient()
  const deliveries = useInfiniteQuery({
    ...listDeliveriesInfiniteOptions({ query: { module: module.name, status, limit: 20 } }),
    ...byCursor,
    // What is on its way is answered within seconds.
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.results.some((each) => each.attempts === 0 && each.status === 'pending')
        ? 2000
        : false,
  })
  const replay = useMutation({
    ...replayDeliveryMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const manage = may(useUser(), modulePage.permission) && module.state === 'enabled'
  return (
    <>
      {replay.error ? <ErrorPanel title="It was not sent again" error={replay.error} /> : null}
      <PagedList
        query={deliveries}
        failed="The events could not be loaded"
        empty={status === 'dead' ? 'Nothing was given up.' : 'Nothing was sent to it yet.'}
        shown={['event', 'events']}
        skeleton={3}
      >
        {(rows) => (
          <RowList
            inset
            stack
            rows={rows.map((row) => ({
              key: row.id,
              title: <code css={{ overflowWrap: 'anywhere' }}>{row.event}</code>,
              detail: <DeliveryDetail delivery={row} />,
              end: (
                <>
                  <Status
                    word={row.status === 'pending' && row.attempts > 0 ? 'Failing' : STATUS[row.status]}
                  />
                  {manage && (row.status !== 'pending' || row.attempts > 0) ? (
                    <ActionButton
                      size="sm"
                      variant="secondary"
                      aria-label={`Send again: ${row.event} of ${formatDayAndTime(row.created_at)}`}
                      loading={replay.isPending && replay.variables.path.delivery_id === row.id}
                      onClick={() => replay.mutate({ path: { delivery_id: row.id } })}
                    >
                      Send again
                    </ActionButton>
                  ) : null}
                </>
              ),
            }))}
          />
        )}
      </PagedList>
    </>
  )
}

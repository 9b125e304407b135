import { useEffect } from 'react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  ActionButton,
  byCursor,
  DeliveryDetail,
  ErrorPanel,
  formatDayAndTime,
  PagedList,
  Panel,
  RowList,
  Status,
  type StatusWord,
} from '@banksia/kit'
import {
  listDeliveriesInfiniteOptions,
  readEndpointOptions,
  redeliverMutation,
  type DeliveryRead,
  type EndpointRead,
} from '../api'

const STATUS = { pending: 'Sending', delivered: 'Sent', failed: 'Failed' } as const satisfies Record<
  DeliveryRead['status'],
  StatusWord
>

/** What was sent, what was answered, and a way to send it again. */
export function Deliveries({ endpoint }: { endpoint: EndpointRead }) {
  const queryClient = useQueryClient()
  const deliveries = useInfiniteQuery({
    ...listDeliveriesInfiniteOptions({ path: { endpoint_id: endpoint.id }, query: { limit: 10 } }),
    ...byCursor,
    // What is on its way is answered within seconds.
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.results.some((each) => each.attempts === 0 && each.status === 'pending')
        ? 2000
        : false,
  })
  // Each answer can change whether the webhook counts as failing.
  const newest = deliveries.data?.pages[0]?.results[0]
  const answers = newest ? `${newest.id} ${String(newest.attempts)}` : ''
  useEffect(() => {
    void queryClient.invalidateQueries(readEndpointOptions({ path: { endpoint_id: endpoint.id } }))
  }, [queryClient, endpoint.id, answers])
  const redeliver = useMutation({
    ...redeliverMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <Panel title="Deliveries" hint="The last 30 days." flush>
      {redeliver.error ? <ErrorPanel title="It was not sent again" error={redeliver.error} /> : null}
      <PagedList
        query={deliveries}
        failed="The deliveries could not be loaded"
        empty="Nothing was sent yet. Send a test event to see that it arrives."
        shown={['delivery', 'deliveries']}
        skeleton={3}
      >
        {(rows) => (
          <RowList
            inset
            stack
            rows={rows.map((row) => ({
              key: row.id,
              title: <code css={{ overflowWrap: 'anywhere' }}>{row.type}</code>,
              detail: <DeliveryDetail delivery={row} />,
              end: (
                <>
                  <Status
                    word={row.status === 'pending' && row.attempts > 0 ? 'Failing' : STATUS[row.status]}
                  />
                  {endpoint.state === 'active' && (row.status !== 'pending' || row.attempts > 0) ? (
                    <ActionButton
                      size="sm"
                      variant="secondary"
                      aria-label={`Send again: ${row.type} of ${formatDayAndTime(row.created_at)}`}
                      loading={redeliver.isPending && redeliver.variables.path.delivery_id === row.id}
                      onClick={() =>
                        redeliver.mutate({ path: { endpoint_id: endpoint.id, delivery_id: row.id } })
                      }
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
    </Panel>
  )
}

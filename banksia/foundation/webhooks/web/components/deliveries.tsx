import { useEffect } from 'react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Details } from '@ag.ds-next/react/details'
import {
  byCursor,
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
              detail: <Detail delivery={row} />,
              end: (
                <>
                  <Status
                    word={row.status === 'pending' && row.attempts > 0 ? 'Failing' : STATUS[row.status]}
                  />
                  {endpoint.state === 'active' && (row.status !== 'pending' || row.attempts > 0) ? (
                    <Button
                      size="sm"
                      variant="secondary"
                      aria-label={`Send again: ${row.type} of ${formatDayAndTime(row.created_at)}`}
                      loading={redeliver.isPending && redeliver.variables.path.delivery_id === row.id}
                      onClick={() =>
                        redeliver.mutate({ path: { endpoint_id: endpoint.id, delivery_id: row.id } })
                      }
                    >
                      Send again
                    </Button>
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

function Detail({ delivery }: { delivery: DeliveryRead }) {
  return (
    <>
      {formatDayAndTime(delivery.created_at)}. {outcome(delivery)}
      <Details label="Message and answer" iconBefore>
        <pre css={code}>{pretty(delivery.body)}</pre>
        <p>
          webhook-id <code css={{ overflowWrap: 'anywhere' }}>{delivery.message_id}</code>
        </p>
        {delivery.response_text ? <pre css={code}>{delivery.response_text}</pre> : null}
      </Details>
    </>
  )
}

function outcome(delivery: DeliveryRead): string {
  const answered =
    delivery.response_status === null
      ? delivery.error
      : `Answered ${String(delivery.response_status)} in ${String(delivery.response_milliseconds ?? 0)} ms. ${delivery.error ?? ''}`
  const tries = delivery.attempts > 1 ? `Tried ${String(delivery.attempts)} times.` : ''
  const next =
    delivery.status === 'pending' && delivery.attempts > 0 && delivery.next_attempt_at
      ? `Next try ${formatDayAndTime(delivery.next_attempt_at)}.`
      : ''
  return [answered, tries, next].filter(Boolean).join(' ')
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

const code = { fontSize: '0.8125rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const

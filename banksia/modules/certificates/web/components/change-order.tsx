import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, ErrorPanel, formatDay, formatMoney, formatParcel, Panel, RowList } from '@banksia/kit'
import { cancelOrderMutation, readOrderOptions, upgradeLine, type OrderRead, type UpgradeOffer } from '../api'
import { orderHeaders } from './order-token'

/** Take the order back: at once while it is not paid, later by the council's rules with what comes back told first. */
export function CancelOrder({ order }: { order: OrderRead }) {
  const [asking, setAsking] = useState(false)
  const queryClient = useQueryClient()
  const options = { path: { order_id: order.id }, headers: orderHeaders(order.id) }
  const cancel = useMutation({
    ...cancelOrderMutation(),
    onSuccess: (cancelled) => {
      queryClient.setQueryData(readOrderOptions(options).queryKey, cancelled)
    },
    onError: () => queryClient.invalidateQueries(readOrderOptions(options)),
  })
  const paid = order.cancellation?.by_customer ? order.cancellation : null
  if (!order.can_cancel && !paid) return null
  const failure = cancel.error ? (
    <ErrorPanel title="The order was not cancelled" error={cancel.error} />
  ) : null
  if (!paid) {
    return (
      <div>
        {failure}
        <ActionButton
          variant="tertiary"
          loading={cancel.isPending}
          onClick={() => {
            cancel.mutate({ ...options, body: {} })
          }}
        >
          Cancel this order
        </ActionButton>
      </div>
    )
  }
  if (!asking) {
    return (
      <div>
        {failure}
        <Button variant="tertiary" onClick={() => setAsking(true)}>
          Cancel this order
        </Button>
      </div>
    )
  }
  return (
    <Panel title="Cancel this order?">
      <div css={{ display: 'grid', gap: '0.75rem' }}>
        {failure}
        <ul css={{ paddingLeft: '1.25rem' }}>
          <li>Council stops, and no certificate of this order is issued.</li>
          <li>{paid.words}</li>
          <li>It goes back the way it was paid. A card may take up to 10 working days.</li>
        </ul>
        <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem' }}>
          <ActionButton
            loading={cancel.isPending}
            onClick={() => {
              cancel.mutate({ ...options, body: { seen_refund_cents: paid.refund_cents } })
            }}
          >
            {paid.refund_cents > 0
              ? `Cancel and get ${formatMoney(paid.refund_cents)} back`
              : 'Cancel without a refund'}
          </ActionButton>
          <Button variant="secondary" onClick={() => setAsking(false)}>
            Keep the order
          </Button>
        </div>
      </div>
    </Panel>
  )
}

/** What each certificate can still become, for the difference. */
export function Upgrades({ order }: { order: OrderRead }) {
  const [busy, setBusy] = useState<UpgradeOffer>()
  const [failure, setFailure] = useState<unknown>()
  const queryClient = useQueryClient()
  const path = { order_id: order.id }
  const headers = orderHeaders(order.id)
  const take = async (offer: UpgradeOffer) => {
    setBusy(offer)
    setFailure(undefined)
    try {
      const { data } = await upgradeLine({
        path: { ...path, line_id: offer.line_id },
        headers,
        body: { product: offer.product, urgent: offer.urgent, seen_amount_cents: offer.amount_cents },
        throwOnError: true,
      })
      location.assign(data.url)
    } catch (error) {
      setFailure(error)
      setBusy(undefined)
      await queryClient.invalidateQueries(readOrderOptions({ path, headers }))
    }
  }
  if (order.upgrade_offers.length === 0) return null
  const several = order.lines.length > 1
  return (
    <Panel
      title="Need more, or sooner?"
      hint="You can change a certificate until council starts work on it. It changes when the difference is paid."
      flush
    >
      {failure ? (
        <div css={{ padding: '1rem' }}>
          <ErrorPanel title="The upgrade was not started" error={failure} />
        </div>
      ) : null}
      <RowList
        inset
        stack
        rows={order.upgrade_offers.map((offer) => {
          const line = order.lines.find(({ id }) => id === offer.line_id)
          return {
            key: `${offer.line_id} ${offer.product} ${String(offer.urgent)}`,
            title: <strong>{offer.title}</strong>,
            detail: `${line && several ? `${line.short_title}, ${formatParcel(line.property.parcel)}. ` : ''}Due by ${formatDay(offer.due_on)} if you pay today.`,
            end: (
              <ActionButton
                size="sm"
                variant="secondary"
                loading={busy === offer}
                onClick={() => void take(offer)}
                aria-label={`Pay ${formatMoney(offer.amount_cents)} more for ${offer.title}`}
              >
                {`Pay ${formatMoney(offer.amount_cents)} more`}
              </ActionButton>
            ),
          }
        })}
      />
    </Panel>
  )
}

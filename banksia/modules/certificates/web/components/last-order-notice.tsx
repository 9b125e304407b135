import { useEffect, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { ActionButton, ErrorPanel, formatAddress, formatMoney, Notice, slimButtons } from '@banksia/kit'
import { cancelOrderMutation, readOrderOptions, type OrderRead } from '../api'
import { orderPage } from '../routes'
import { forgetLastOrder, type LastOrder, useLastOrder } from './last-order'
import { openPaymentPage } from './open-payment-page'
import { orderHeaders } from './order-token'

/** For who comes back from the payment page without paying: the order that they placed, as it stands now. */
export function LastOrderNotice() {
  const last = useLastOrder()
  return last ? <AsItStands key={last.id} last={last} /> : null
}

function AsItStands({ last }: { last: LastOrder }) {
  const options = { path: { order_id: last.id }, headers: orderHeaders(last.id) }
  const {
    data: order,
    isError,
    refetch,
  } = useQuery({ ...readOrderOptions(options), refetchOnMount: 'always' })
  useEffect(() => {
    // A browser may show a page as it was left: what it says of the order is asked anew.
    const ask = (event: PageTransitionEvent) => {
      if (event.persisted) void refetch()
    }
    window.addEventListener('pageshow', ask)
    return () => window.removeEventListener('pageshow', ask)
  }, [refetch])
  const name = `Order ${last.number} for ${formatAddress(last.address)}`
  if (order?.can_pay) return <Waiting order={order} name={name} />
  const told = order ? endOf(order) : isError ? 'was placed' : null
  if (!told) return null
  return (
    <Notice tone={order?.money === 'paid' ? 'success' : 'info'} role="status" title={`${name} ${told}`}>
      <p
        css={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.5rem 1rem', ...slimButtons }}
      >
        <TextLink href={orderPage.href({ params: { orderId: last.id } })}>See the order</TextLink>
        <Button
          size="sm"
          variant="tertiary"
          onClick={() => {
            forgetLastOrder(last.id)
          }}
        >
          Hide this
        </Button>
      </p>
    </Notice>
  )
}

function endOf({ money, work }: OrderRead): string {
  if (money === 'expired') return 'was not paid in time, so it has ended. Nothing was charged'
  if (work === 'cancelled') return 'is cancelled'
  return money === 'paid' ? 'is paid' : 'is with council, which looks at its payment'
}

/** Placed and not paid: the two ways out. */
function Waiting({ order, name }: { order: OrderRead; name: string }) {
  const [opening, setOpening] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const queryClient = useQueryClient()
  const options = { path: { order_id: order.id }, headers: orderHeaders(order.id) }
  const cancel = useMutation({
    ...cancelOrderMutation(),
    onSuccess: (cancelled) => {
      queryClient.setQueryData(readOrderOptions(options).queryKey, cancelled)
    },
    onError: () => queryClient.invalidateQueries(readOrderOptions(options)),
  })
  const pay = async () => {
    setOpening(true)
    setFailure(undefined)
    try {
      await openPaymentPage(order.id)
    } catch (error) {
      setFailure(error)
      await queryClient.invalidateQueries(readOrderOptions(options))
    }
    // Whoever comes back finds the button as it was.
    setOpening(false)
  }
  return (
    <Notice tone="warning" role="status" title={`${name} waits for payment`}>
      <p>
        {formatMoney(order.left_cents)} is not paid. Council starts work once it is.{' '}
        <TextLink href={orderPage.href({ params: { orderId: order.id } })}>See the order</TextLink>
      </p>
      {(failure ?? cancel.error) ? (
        <ErrorPanel title="That did not work" error={failure ?? cancel.error} />
      ) : null}
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', marginTop: '0.5rem', ...slimButtons }}>
        <ActionButton size="sm" variant="secondary" loading={opening} onClick={() => void pay()}>
          {`Pay order ${order.number}`}
        </ActionButton>
        {order.can_cancel ? (
          <ActionButton
            size="sm"
            variant="tertiary"
            loading={cancel.isPending}
            onClick={() => {
              cancel.mutate({ ...options, body: {} })
            }}
          >
            {`Cancel order ${order.number}`}
          </ActionButton>
        ) : null}
      </div>
    </Notice>
  )
}

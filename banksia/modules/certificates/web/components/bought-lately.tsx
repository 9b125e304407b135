import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatDay, useUser } from '@banksia/kit'
import { listEarlierLinesOptions, type EarlierLine } from '../api'
import { orderPage } from '../routes'

/** `You ordered this on Thu 12 Nov, in order BH-2026-00012.`, or the colleague of a firm who did. */
export function BoughtLately({ line, href }: { line: EarlierLine; href?: string }) {
  return (
    <>
      <strong>{line.customer_name ?? line.placed_by_name ?? 'You'} ordered this</strong> on{' '}
      {formatDay(line.ordered_at)}, in order{' '}
      <TextLink href={href ?? orderPage.href({ params: { orderId: line.order_id } })}>
        {line.order_number}
      </TextLink>
      .
    </>
  )
}

/** What this customer bought for a lot lately, by product; guests have no history. */
export function useBoughtLately(propertyId: string, parcel: string): (product: string) => ReactNode {
  const user = useUser()
  const earlier = useQuery({
    ...listEarlierLinesOptions({ query: { property_id: propertyId, parcel } }),
    enabled: user !== null,
  })
  return (product) => {
    const line = earlier.data?.lines.find((each) => each.product === product)
    return line ? <BoughtLately line={line} /> : undefined
  }
}

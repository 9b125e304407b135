import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { loadedLate, useMay } from '@banksia/kit'
import type { OrderRead } from '../api'

const CancelForm = loadedLate(() => import('./cancel-paid-form'))

/** Take a paid order back for its customer: the reason, and what comes back. */
export function CancelPaid({ order }: { order: OrderRead }) {
  const may = useMay('certificates.orders.cancel')
  const [open, setOpen] = useState(false)
  if (!may || !order.cancellation) return null
  if (!open) {
    return (
      <div>
        <Button size="sm" variant="tertiary" onClick={() => setOpen(true)}>
          Cancel and refund this order
        </Button>
      </div>
    )
  }
  return <CancelForm order={order} terms={order.cancellation} onClose={() => setOpen(false)} />
}

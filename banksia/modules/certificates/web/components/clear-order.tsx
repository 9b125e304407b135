import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Dialog } from '@banksia/kit'

/** The way to begin anew, for the next person at the counter; it asks, because what was put together goes. */
export function ClearOrder({ onClear }: { onClear: () => void }) {
  const [asking, setAsking] = useState(false)
  const close = () => {
    setAsking(false)
  }
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        onClick={() => {
          setAsking(true)
        }}
      >
        Clear this order
      </Button>
      <Dialog
        open={asking}
        onClose={close}
        title="Clear this order?"
        actions={
          <>
            <Button size="sm" onClick={onClear}>
              Clear the order
            </Button>
            <Button size="sm" variant="secondary" onClick={close}>
              Keep it
            </Button>
          </>
        }
      >
        <p>Its certificates and the customer’s details go. Nothing is ordered yet.</p>
      </Dialog>
    </>
  )
}

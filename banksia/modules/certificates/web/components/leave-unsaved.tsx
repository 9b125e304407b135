import { useEffect, useState } from 'react'
import { type RouterHistory, useRouter } from '@tanstack/react-router'
import { Button } from '@ag.ds-next/react/button'
import { Dialog } from '@banksia/kit'

interface LeaveUnsavedProps {
  isChanged: boolean
  /** What is gone after leaving, a sentence. */
  loss: string
}

/** Who leaves the page, or closes it, while something is typed and not saved is asked first. */
export function LeaveUnsaved({ isChanged, loss }: LeaveUnsavedProps) {
  const decide = useLeaving(isChanged)
  const stay = () => decide?.(false)
  return (
    <Dialog
      open={decide !== undefined}
      onClose={stay}
      title="Leave without saving?"
      actions={
        <>
          <Button onClick={() => decide?.(true)}>Leave without saving</Button>
          <Button variant="secondary" onClick={stay}>
            Stay here
          </Button>
        </>
      }
    >
      <p>{loss}</p>
    </Dialog>
  )
}

/**
 * What somebody who was stopped on the way out decides; undefined while nobody was. The router's `useBlocker` does the
 * same and would be loaded with every page, since all pages share the libraries.
 */
function useLeaving(isChanged: boolean): ((leave: boolean) => void) | undefined {
  const history: RouterHistory = useRouter().history as RouterHistory
  const [decide, setDecide] = useState<(leave: boolean) => void>()
  useEffect(() => {
    if (!isChanged) return
    return history.block({
      enableBeforeUnload: true,
      blockerFn: async ({ currentLocation, nextLocation }) => {
        if (currentLocation.pathname === nextLocation.pathname) return false
        const leave = await new Promise<boolean>((resolve) => {
          setDecide(() => resolve)
        })
        setDecide(undefined)
        return !leave
      },
    })
  }, [history, isChanged])
  return decide
}

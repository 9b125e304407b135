import { Button } from '@ag.ds-next/react/button'
import { ErrorPanel, Notice, problemOf, slimButtons } from '@banksia/kit'

interface OfficerChangedProps {
  error: unknown
  /** Take it all the same, now that one knows who has it; null when nobody does. */
  onTakeOver: (officerId: string | null) => void
}

/** A certificate was not assigned; where somebody else was faster, it can be taken over. */
export function OfficerChanged({ error, onTakeOver }: OfficerChangedProps) {
  if (!error) return null
  const { type, detail, document } = problemOf(error)
  if (type !== 'urn:banksia:certificates:officer-changed')
    return <ErrorPanel title="The certificate was not assigned" error={error} />
  const has = typeof document.officer_id === 'string' ? document.officer_id : null
  return (
    <Notice tone="warning" role="alert" title={detail}>
      <p css={slimButtons}>
        <Button
          size="sm"
          variant="secondary"
          onClick={() => {
            onTakeOver(has)
          }}
        >
          {has ? 'Take it over' : 'Take it all the same'}
        </Button>
      </p>
    </Notice>
  )
}

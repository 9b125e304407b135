import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { formatMoney } from '@banksia/kit'

const PIECES = [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5] as const

/** How much so many notes and coins make, in cents; null while something is no number. */
export function countedCents(counts: Readonly<Record<number, string>>): number | null {
  let cents = 0
  for (const piece of PIECES) {
    const typed = (counts[piece] ?? '').trim()
    if (!/^\d{0,5}$/.test(typed)) return null
    cents += piece * Number(typed || '0')
  }
  return cents
}

/** Count notes and coins by piece instead of typing the sum; what it makes goes into the field above. */
export function CashCount({ onCount }: { onCount: (cents: number) => void }) {
  const [open, setOpen] = useState(false)
  const [counts, setCounts] = useState<Record<number, string>>({})
  if (!open)
    return (
      <div>
        <Button
          size="sm"
          variant="secondary"
          onClick={() => {
            setOpen(true)
          }}
        >
          Count by notes and coins
        </Button>
      </div>
    )
  const sum = countedCents(counts)
  return (
    <fieldset css={{ border: 0, margin: 0, padding: 0 }}>
      <legend css={{ fontWeight: 'bold', padding: 0, marginBottom: '0.5rem' }}>Notes and coins</legend>
      <div
        css={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fill, minmax(6.5rem, 1fr))',
          gap: '0.75rem',
        }}
      >
        {PIECES.map((piece) => (
          <TextInput
            key={piece}
            label={formatMoney(piece)}
            hideOptionalLabel
            inputMode="numeric"
            block
            value={counts[piece] ?? ''}
            onChange={(event) => {
              const next = { ...counts, [piece]: event.target.value }
              setCounts(next)
              const cents = countedCents(next)
              if (cents !== null) onCount(cents)
            }}
          />
        ))}
      </div>
      <p role="status" css={{ marginTop: '0.5rem' }}>
        {sum === null ? 'Enter whole numbers.' : `That makes ${formatMoney(sum)}.`}
      </p>
    </fieldset>
  )
}

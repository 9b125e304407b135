import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { Money } from '../display/sums'
import { formatMoney, moneyInput } from '../format/money'
import { colour } from '../theme/tokens'

interface CounterCashProps {
  due: number
  received: string
  onReceived: (typed: string) => void
  /** Null until enough was handed over. */
  change: number | null
}

/** The cash that was handed over, and the change to give. */
export function CounterCash({ due, received, onReceived, change }: CounterCashProps) {
  const fifty = Math.ceil(due / 5000) * 5000
  const offers = due > 0 ? [...new Set([due, fifty, fifty + 5000])] : []
  return (
    <div css={{ display: 'grid', gap: '0.75rem' }}>
      <div css={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '0.75rem', alignItems: 'end' }}>
        <TextInput
          label="Cash received"
          hideOptionalLabel
          inputMode="decimal"
          block
          value={received}
          onChange={(event) => {
            onReceived(event.target.value)
          }}
        />
        <div role="status" css={{ background: colour.selectedMuted, padding: '0.5rem 0.75rem' }}>
          <span css={{ fontSize: '0.8125rem', fontWeight: 'bold' }}>Give change</span>
          <div css={{ fontSize: '1.5rem', fontWeight: 'bold' }}>
            {change !== null && change >= 0 ? <Money cents={change} /> : '–'}
          </div>
        </div>
      </div>
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
        {offers.map((cents) => (
          <Button
            key={cents}
            size="sm"
            variant="secondary"
            onClick={() => {
              onReceived(moneyInput(cents))
            }}
          >
            {cents === due ? `${formatMoney(cents)}, exact` : formatMoney(cents)}
          </Button>
        ))}
      </div>
    </div>
  )
}

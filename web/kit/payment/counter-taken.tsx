import { Button } from '@ag.ds-next/react/button'
import { RowList } from '../display/row-list'
import { Money } from '../display/sums'
import { formatMoney } from '../format/money'
import { slimButtons } from '../theme/tokens'
import { type CounterPart, methodWords } from './counter-parts'

interface TakenPartsProps {
  parts: readonly CounterPart[]
  onRemove: (index: number) => void
}

/** The parts that were handed over already; they are recorded with the last one. */
export function TakenParts({ parts, onRemove }: TakenPartsProps) {
  if (parts.length === 0) return null
  return (
    <RowList
      rows={parts.map((part, index) => ({
        key: String(index),
        title: `${methodWords[part.method]}, handed over`,
        detail: (
          <>
            {detailOf(part)}
            <div css={slimButtons}>
              <Button
                size="sm"
                variant="tertiary"
                onClick={() => {
                  onRemove(index)
                }}
              >
                {`Take back ${formatMoney(part.amount_cents)}`}
              </Button>
            </div>
          </>
        ),
        end: <Money cents={part.amount_cents} />,
      }))}
    />
  )
}

function detailOf({ reference, drawer, tendered_cents, amount_cents, surcharge_cents }: CounterPart): string {
  const change = tendered_cents === null ? 0 : tendered_cents - amount_cents
  return [
    reference,
    drawer,
    change > 0 ? `give ${formatMoney(change)} change` : '',
    surcharge_cents > 0 ? `${formatMoney(surcharge_cents)} surcharge` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

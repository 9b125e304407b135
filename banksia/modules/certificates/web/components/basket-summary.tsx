import type { ReactNode } from 'react'
import { TextLink } from '@ag.ds-next/react/text-link'
import { DecisionPanel, formatDay, formatParcel, Sums } from '@banksia/kit'
import type { CatalogueRead } from '../api'
import { homePage } from '../routes'
import { removeLine } from './basket'
import { gstNote, type PricedLine, totalOf } from './prices'

interface BasketSummaryProps {
  lines: readonly PricedLine[]
  catalogue: CatalogueRead
  /** The one button. */
  action: ReactNode
  addAnother?: boolean
  /** What paying by card costs on top, where the next step is to pay. */
  surcharge?: { label: string; cents: number }
}

/** What is ordered and what it costs; it never scrolls away. */
export function BasketSummary({
  lines,
  catalogue,
  action,
  addAnother = true,
  surcharge,
}: BasketSummaryProps) {
  const first = lines[0]
  const sold = catalogue.products.filter(({ code }) => lines.some((line) => line.product === code))
  return (
    <div css={{ position: 'sticky', top: '1rem', display: 'grid', gap: '0.75rem' }}>
      <DecisionPanel title="Your order">
        {first ? (
          <>
            <Sums
              sums={[
                ...lines.map((line) => ({
                  label: line.title,
                  detail: <LineDetail line={line} removable={addAnother} />,
                  cents: line.cents,
                })),
                ...(surcharge ? [surcharge] : []),
              ]}
              total={{ label: 'Total', cents: totalOf(lines) + (surcharge?.cents ?? 0) }}
              note={gstNote(sold)}
            />
          </>
        ) : (
          <p css={{ marginBottom: '1rem' }}>Nothing is chosen yet.</p>
        )}
        <div css={{ display: 'grid', gap: '0.75rem', marginTop: '1rem', textAlign: 'center' }}>
          {action}
          {addAnother && first ? <TextLink href={homePage.href()}>Add another property</TextLink> : null}
        </div>
      </DecisionPanel>
      {catalogue.refund_sentence ? <p css={{ fontSize: '0.875rem' }}>{catalogue.refund_sentence}</p> : null}
    </div>
  )
}

function LineDetail({ line, removable }: { line: PricedLine; removable: boolean }) {
  return (
    <>
      {line.address}
      <br />
      {formatParcel(line.parcel)}
      <br />
      {line.urgent ? 'Urgent' : 'Standard'}
      {line.dueOn ? `, due by ${formatDay(line.dueOn)}` : ''}{' '}
      {removable ? (
        <button
          type="button"
          onClick={() => {
            removeLine(line)
          }}
          css={{
            background: 'none',
            border: 0,
            padding: '0.25rem',
            font: 'inherit',
            textDecoration: 'underline',
            cursor: 'pointer',
            color: 'inherit',
          }}
          aria-label={`Remove ${line.title} for ${formatParcel(line.parcel)}`}
        >
          Remove
        </button>
      ) : null}
    </>
  )
}

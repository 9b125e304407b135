import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatDay, Loaded, Panel, RowList } from '@banksia/kit'
import { readStraightThroughShareOptions, type ProductShare, type ShareRead } from '../api'
import { reportsPage } from '../staff-routes'

const DAYS = 30

/** The last 30 days: how many went out by themselves, how soon, and why the others did not. */
export function StraightThroughShare() {
  const share = useQuery(readStraightThroughShareOptions({ query: { days: DAYS } }))
  return (
    <Loaded query={share} failed="The last 30 days could not be counted">
      {(read) => (
        <div css={{ display: 'grid', gap: '1.25rem' }}>
          <Panel
            title="Last 30 days"
            hint={`Paid since ${formatDay(read.from_on)}.`}
            action={
              <TextLink href={reportsPage.href({ search: { show: 'straight_through' } })}>
                See the report
              </TextLink>
            }
            flush
          >
            <RowList
              inset
              rows={[
                {
                  key: 'all',
                  title: <strong>All certificates</strong>,
                  detail: soonIn(read),
                  end: shareOf(read),
                },
                ...read.products.map((product) => ({
                  key: product.product,
                  title: product.title,
                  detail: product.is_on ? soonIn(product) : 'Issued by officers now.',
                  end: shareOf(product),
                })),
              ]}
            />
          </Panel>
          <Panel title="Why an officer looked" flush={read.reasons.length > 0}>
            {read.reasons.length > 0 ? (
              <RowList
                inset
                rows={read.reasons.map(({ code, title, count }) => ({
                  key: code,
                  title,
                  end: String(count),
                }))}
              />
            ) : (
              <p>Nothing was sent to an officer by these rules.</p>
            )}
          </Panel>
        </div>
      )}
    </Loaded>
  )
}

type Counted = Pick<
  ShareRead | ProductShare,
  'paid_count' | 'issued_count' | 'median_minutes' | 'promised_days'
>

/** `12 of 40, 30%`. */
function shareOf({ paid_count, issued_count }: Counted): string {
  if (paid_count === 0) return 'None paid'
  return `${String(issued_count)} of ${String(paid_count)}, ${String(Math.round((100 * issued_count) / paid_count))}%`
}

/** What customers gained by it. */
function soonIn({ issued_count, median_minutes, promised_days }: Counted): string {
  if (issued_count === 0 || median_minutes === null) return 'None went out without an officer.'
  const minutes = median_minutes < 1 ? 'under a minute' : `${String(median_minutes)} minutes`
  const days = `${String(promised_days)} working ${promised_days === 1 ? 'day' : 'days'}`
  return `Half of them within ${minutes} of the payment; ${days} were promised for all of them.`
}

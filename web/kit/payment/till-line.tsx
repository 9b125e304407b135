import { queryOptions, useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Money } from '../display/sums'
import { fetchJson, useMay } from '../session/session'
import { colour, RADIUS } from '../theme/tokens'

export const TILL_PAGE = '/payments/staff/till'

interface OpenTill {
  id: string
  till_name: string
  location_name: string
  sums: { method: 'cash' | 'eftpos' | 'cheque'; expected_cents: number }[]
}

/** The till that you have open, and whether one is needed: GET /api/payments/current-till. */
export const currentTillQuery = queryOptions({
  queryKey: ['payments', 'current-till'],
  queryFn: ({ signal }) =>
    fetchJson<{ required: boolean; session: OpenTill | null }>('/api/payments/current-till', signal),
})

/** `Front counter, Till 2: $412.30 in cash`, on every page of the counter; nothing at a council without tills. */
export function TillLine() {
  const may = useMay('payments.counter.take')
  const { data } = useQuery({ ...currentTillQuery, enabled: may })
  if (!data || (!data.session && !data.required)) return null
  const cash = data.session?.sums.find(({ method }) => method === 'cash')
  return (
    <p
      role="status"
      css={{
        padding: '0.5rem 0.75rem',
        border: `1px solid ${colour.borderMuted}`,
        borderLeft: data.session ? undefined : `4px solid ${colour.systemWarning}`,
        borderRadius: RADIUS.panel,
        background: colour.backgroundShade,
      }}
    >
      {data.session ? (
        <>
          <TextLink href={TILL_PAGE}>{`${data.session.location_name}, ${data.session.till_name}`}</TextLink>:{' '}
          <strong>
            <Money cents={cash?.expected_cents ?? 0} /> in cash
          </strong>
        </>
      ) : (
        <>
          You have no till open. <TextLink href={TILL_PAGE}>Open your till</TextLink> before you take money.
        </>
      )}
    </p>
  )
}

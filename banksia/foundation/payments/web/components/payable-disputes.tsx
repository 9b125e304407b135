import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatDay, Money, Panel, RowList, Tag } from '@banksia/kit'
import { listDisputesOptions, type PayableRead } from '../api'
import { disputePage } from '../provider-routes'
import { disputeWords, spoken } from './words'

/** What a payer's bank wanted back of it, and how that ended. Only a card can be disputed. */
export function PayableDisputes({ payable }: { payable: PayableRead }) {
  const found = useQuery({
    ...listDisputesOptions({ query: { payable_id: payable.id, limit: 20 } }),
    enabled: payable.payments.some(({ method }) => method === 'card'),
  })
  const disputes = found.data?.results ?? []
  if (disputes.length === 0) return null
  return (
    <Panel title="Disputed" flush>
      <RowList
        inset
        rows={disputes.map((dispute) => ({
          key: dispute.id,
          title: (
            <>
              <TextLink href={disputePage.href({ params: { disputeId: dispute.id } })}>
                {spoken(dispute.reason)}
              </TextLink>{' '}
              <Tag>{disputeWords[dispute.state]}</Tag>
            </>
          ),
          detail: `Opened ${formatDay(dispute.opened_at)}`,
          end: <Money cents={dispute.state === 'won' ? 0 : -dispute.amount_cents} />,
        }))}
      />
    </Panel>
  )
}

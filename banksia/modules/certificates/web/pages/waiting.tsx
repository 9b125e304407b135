import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  formatAddress,
  formatDay,
  formatParcelShort,
  KeyHints,
  PagedList,
  RowCard,
  StaffPage,
  TillLine,
} from '@banksia/kit'
import { listWaitingInfiniteOptions, type WaitingLine } from '../api'
import { staffOrderPage } from '../staff-routes'

const hrefOf = (line: WaitingLine) =>
  `${staffOrderPage.href({ params: { orderId: line.order_id } })}#hand-over`
const place = (line: WaitingLine) => formatAddress(line.address) || line.parcel

/** Certificates on paper that somebody comes for. */
export default function WaitingPage() {
  const lines = useInfiniteQuery({ ...listWaitingInfiniteOptions({ query: { limit: 50 } }), ...byCursor })
  return (
    <StaffPage
      title="To hand over"
      facts="Issued, and collected on paper at the counter. Open one to print it and to note who took it."
    >
      <div css={{ display: 'grid', gap: '0.75rem' }}>
        <TillLine />
        <PagedList
          query={lines}
          failed="The certificates could not be loaded"
          empty="No certificate waits to be collected."
          shown={['certificate', 'certificates']}
          beside={
            <KeyHints
              hints={[
                { keys: ['J', 'K'], does: 'move' },
                { keys: ['Enter'], does: 'open' },
              ]}
            />
          }
        >
          {(rows) => <WaitingTable rows={rows} />}
        </PagedList>
      </div>
    </StaffPage>
  )
}

function WaitingTable({ rows }: { rows: readonly WaitingLine[] }) {
  return (
    <DataTable
      caption="Certificates to hand over"
      rows={rows}
      rowKey={(line) => line.line_id}
      rowHref={hrefOf}
      columns={[
        {
          key: 'customer',
          header: 'Customer',
          cell: (line) => (
            <>
              <TextLink href={hrefOf(line)}>{line.customer_name}</TextLink>
              <span className="detail">{[line.phone, line.reference].filter(Boolean).join(', ')}</span>
            </>
          ),
        },
        {
          key: 'certificate',
          header: 'Certificate',
          cell: (line) => (
            <>
              {line.title}
              <span className="detail">{line.certificate_number}</span>
            </>
          ),
        },
        {
          key: 'property',
          header: 'Property',
          cell: (line) => (
            <>
              {place(line)}
              <span className="detail">{formatParcelShort(line.parcel)}</span>
            </>
          ),
        },
        { key: 'order', header: 'Order', wideOnly: true, cell: (line) => line.order_number },
        { key: 'issued', header: 'Issued', width: '8rem', cell: (line) => formatDay(line.issued_at) },
      ]}
      card={(line) => (
        <RowCard
          top={`Issued ${formatDay(line.issued_at)}`}
          title={<TextLink href={hrefOf(line)}>{line.customer_name}</TextLink>}
          detail={`${line.title}, ${place(line)}`}
          start={line.order_number}
          end={line.certificate_number}
        />
      )}
    />
  )
}

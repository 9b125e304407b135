import { useInfiniteQuery } from '@tanstack/react-query'
import { byCursor, PagedList } from '@banksia/kit'
import { listHistoryInfiniteOptions } from '../api'
import { HistoryList } from '../components/history-list'
import { PropertyFrame } from '../components/property-frame'

/** Everything that happened to a property, the newest first. */
export default function HistoryPage() {
  return <PropertyFrame view="history">{(property) => <History propertyId={property.id} />}</PropertyFrame>
}

function History({ propertyId }: { propertyId: string }) {
  const history = useInfiniteQuery({
    ...listHistoryInfiniteOptions({ path: { property_id: propertyId }, query: { limit: 50 } }),
    ...byCursor,
  })
  return (
    <PagedList
      query={history}
      failed="The history could not be loaded"
      empty="Nothing that happened to this property is recorded."
      shown={(rows) => (rows.length === 1 ? '1 entry shown' : `${rows.length} entries shown`)}
    >
      {(rows) => <HistoryList propertyId={propertyId} rows={rows} />}
    </PagedList>
  )
}

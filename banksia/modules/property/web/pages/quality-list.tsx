import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { EmptyState, StaffPage } from '@banksia/kit'
import { qualityListPage, qualityPage } from '../admin-routes'
import { readQualityOptions } from '../api'
import { ConflictList } from '../components/quality-conflicts'
import { QualityRecords } from '../components/quality-records'
import { UnmatchedList } from '../components/quality-unmatched'

const RECORDS = [
  'shared_addresses',
  'parcels_in_two_assessments',
  'parcels_without_address',
  'addresses_without_parcel',
] as const

/** One work list of data quality. */
export default function QualityListPage() {
  const { kind } = qualityListPage.useParams()
  const list = useQuery(readQualityOptions()).data?.lists.find((each) => each.kind === kind)
  return (
    <StaffPage
      title={list?.title ?? 'Data quality'}
      where={<TextLink href={qualityPage.href()}>Data quality</TextLink>}
      facts={list?.help}
    >
      <List key={kind} kind={kind} />
    </StaffPage>
  )
}

function List({ kind }: { kind: string }) {
  const records = RECORDS.find((each) => each === kind)
  if (records) return <QualityRecords kind={records} />
  if (kind === 'unmatched_owners') return <UnmatchedList of="owner" />
  if (kind === 'unmatched_attributes') return <UnmatchedList of="attribute" />
  if (kind === 'conflicts') return <ConflictList />
  return (
    <EmptyState action={<TextLink href={qualityPage.href()}>See all work lists</TextLink>}>
      There is no such work list.
    </EmptyState>
  )
}

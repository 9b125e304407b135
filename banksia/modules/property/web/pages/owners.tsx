import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, colour, DataTable, formatDate, PagedList, Panel, RowCard, Tag } from '@banksia/kit'
import { listOwnersInfiniteOptions, type OwnerRead } from '../api'
import { PropertyFrame } from '../components/property-frame'
import { sourceOf } from '../components/words'
import { ownersPage } from '../routes'

/** Who owns a property, and owned it; opening it is written down. */
export default function OwnersPage() {
  return (
    <PropertyFrame view="owners">
      {(property, asAt) => <Owners propertyId={property.id} asAt={asAt} />}
    </PropertyFrame>
  )
}

function Owners({ propertyId, asAt }: { propertyId: string; asAt: string | undefined }) {
  const { ended } = ownersPage.useSearch()
  const owners = useInfiniteQuery({
    ...listOwnersInfiniteOptions({
      path: { property_id: propertyId },
      query: { as_at: asAt, ended: ended === 'yes', limit: 50 },
    }),
    ...byCursor,
    // Each reading is written down, so nothing reads again by itself.
    refetchOnWindowFocus: false,
    staleTime: 5 * 60_000,
  })
  const other = ownersPage.href({
    params: { propertyId },
    search: { as_at: asAt, ended: ended ? undefined : 'yes' },
  })
  return (
    <Panel
      title="Owners"
      hint="Personal data. That you opened this page is recorded in the audit log."
      action={
        asAt ? null : <TextLink href={other}>{ended ? 'Only present owners' : 'Also former owners'}</TextLink>
      }
      flush
    >
      <PagedList
        query={owners}
        failed="The owners could not be loaded"
        empty={asAt ? 'No owner is recorded on that day.' : 'No owner of this property is recorded.'}
        shown={['owner', 'owners']}
      >
        {(rows) => <OwnerTable rows={rows} />}
      </PagedList>
    </Panel>
  )
}

function OwnerTable({ rows }: { rows: readonly OwnerRead[] }) {
  return (
    <DataTable
      caption="Owners"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', header: 'Name', cell: (owner) => <Name owner={owner} /> },
        {
          key: 'address',
          header: 'Postal address',
          cell: ({ postal_address }) => postal_address ?? 'None known',
        },
        { key: 'email', header: 'Email', cell: ({ email }) => <Email email={email} /> },
        { key: 'since', header: 'Owner', cell: sinceOf },
        {
          key: 'source',
          header: 'Source',
          cell: ({ source }) => <span css={{ color: colour.foregroundMuted }}>{sourceOf(source)}</span>,
        },
      ]}
      card={(owner) => (
        <RowCard
          title={<Name owner={owner} />}
          detail={
            <>
              <div>{owner.postal_address ?? 'No postal address known'}</div>
              <Email email={owner.email} />
            </>
          }
          start={`${sinceOf(owner)}. ${sourceOf(owner.source)}`}
        />
      )}
    />
  )
}

function Name({ owner }: { owner: OwnerRead }) {
  return (
    <>
      <strong>{owner.name}</strong> {owner.valid_to ? <Tag>Former</Tag> : null}
    </>
  )
}

function Email({ email }: { email: string | null }) {
  return email ? <TextLink href={`mailto:${email}`}>{email}</TextLink> : 'None known'
}

function sinceOf({ owned_since_on, valid_to }: OwnerRead): string {
  const since = owned_since_on ? `since ${formatDate(owned_since_on)}` : 'since a day that is not known'
  return valid_to ? `${since.replace('since', 'from')} to ${formatDate(valid_to)}` : since
}

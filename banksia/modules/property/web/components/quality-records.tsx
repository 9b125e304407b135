import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  formatAddress,
  formatParcelShort,
  PagedList,
  propertyTitle,
  RowCard,
  useMay,
} from '@banksia/kit'
import { listQualityInfiniteOptions, type ListQualityData, type QualityRow } from '../api'
import { correctPage, propertyPage } from '../routes'

type RecordKind = ListQualityData['path']['kind']
type Found = QualityRow['properties'][number]

const nameOf = (row: QualityRow) =>
  row.record_kind === 'address' ? formatAddress(row.label) : formatParcelShort(row.label)

/** How a person ends a row of the list; most are mended where the data comes from. */
const MEND: Record<RecordKind, string> = {
  shared_addresses:
    'Give the lots one assessment in the rates system and import it again, or correct the address that is wrong.',
  parcels_in_two_assessments:
    'End the assessment that is out of date in the rates system and import it again.',
  parcels_without_address:
    'Many need none, such as paddocks and reserves. Add the others in the rates system.',
  addresses_without_parcel:
    'Import the lots of this part, or give the row its lot and plan in the rates system.',
}

/** Addresses or parcels that do not fit, each with its properties and the way to mend it. */
export function QualityRecords({ kind }: { kind: RecordKind }) {
  const mayCorrect = useMay('property.corrections.propose')
  const records = useInfiniteQuery({
    ...listQualityInfiniteOptions({ path: { kind }, query: { limit: 50 } }),
    ...byCursor,
  })
  return (
    <PagedList
      query={records}
      failed="The list could not be loaded"
      empty="Nothing is on this list. It is made again after each import and correction."
      shown={['row', 'rows']}
    >
      {(rows) => (
        <>
          <p css={{ maxWidth: '42em' }}>{MEND[kind]}</p>
          <DataTable
            caption="Work list"
            rows={rows}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'label',
                header: rows[0]?.record_kind === 'parcel' ? 'Lot' : 'Address',
                width: '35%',
                cell: (row) => <strong>{nameOf(row)}</strong>,
              },
              {
                key: 'properties',
                header: 'Belongs to',
                cell: ({ properties }) => <Properties properties={properties} mayCorrect={mayCorrect} />,
              },
            ]}
            card={(row) => (
              <RowCard
                title={<strong>{nameOf(row)}</strong>}
                detail={<Properties properties={row.properties} mayCorrect={mayCorrect} />}
              />
            )}
          />
        </>
      )}
    </PagedList>
  )
}

function Properties({ properties, mayCorrect }: { properties: readonly Found[]; mayCorrect: boolean }) {
  if (properties.length === 0) return 'No property'
  return (
    <ul css={{ listStyle: 'none', display: 'grid', gap: '0.375rem' }}>
      {properties.map((property) => {
        const title = propertyTitle(property)
        const params = { propertyId: property.id }
        const facts = [
          property.parcels.map(formatParcelShort).join(', '),
          property.assessment ? `assessment ${property.assessment}` : 'no assessment',
        ]
        return (
          <li key={property.id}>
            <TextLink href={propertyPage.href({ params })}>{title}</TextLink>
            <span className="detail">
              {facts.filter(Boolean).join(', ')}
              {mayCorrect ? (
                <>
                  {' · '}
                  <TextLink href={correctPage.href({ params })} aria-label={`Correct ${title}`}>
                    Correct
                  </TextLink>
                </>
              ) : null}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

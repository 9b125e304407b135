import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  Facts,
  formatDate,
  Loaded,
  Panel,
  parcelsInWords,
  propertyTitle,
  RowList,
  StaffPage,
  Status,
  Tag,
  useMay,
  formatAddress,
} from '@banksia/kit'
import { getPropertyOptions, type PropertyRead } from '../api'
import { findPage, propertyPage } from '../routes'

const STATES = { current: 'Current', proposed: 'Proposed', historic: 'Historic' } as const

/** What council knows of a property, with where it knows it from. */
export default function PropertyPage() {
  const { propertyId } = propertyPage.useParams()
  const property = useQuery(getPropertyOptions({ path: { property_id: propertyId } }))
  if (property.data) return <Property property={property.data} />
  return (
    <StaffPage title="Property" where={<TextLink href={findPage.href()}>Properties</TextLink>}>
      <Loaded query={property} failed="The property could not be opened">
        {() => null}
      </Loaded>
    </StaffPage>
  )
}

function Property({ property }: { property: PropertyRead }) {
  const parcels = property.parcels.map(({ text }) => text)
  const mayLodge = useMay('certificates.orders.lodge')
  const mayRead = useMay('files.documents.read')
  return (
    <StaffPage
      title={propertyTitle({ address: property.address, parcels })}
      where={<TextLink href={findPage.href()}>Properties</TextLink>}
      badge={<Status word={STATES[property.status]} />}
      facts={
        <>
          <strong>{parcelsInWords(parcels) || 'No lot is known'}</strong>
          {property.assessment ? ` · Assessment ${property.assessment}` : ''}
        </>
      }
      actions={
        <>
          {mayRead ? (
            <ButtonLink size="sm" variant="secondary" href={`/files/staff/${property.id}`}>
              Open file
            </ButtonLink>
          ) : null}
          {mayLodge ? (
            <ButtonLink size="sm" href={`/certificates/staff/counter?property=${property.id}`}>
              New order
            </ButtonLink>
          ) : null}
        </>
      }
    >
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '60rem' }}>
        <Panel title="Identity">
          <Facts
            of={[
              [
                'Addresses',
                property.addresses.length > 0 ? (
                  <Lines key="a" lines={property.addresses.map(({ text }) => formatAddress(text))} />
                ) : (
                  'None known'
                ),
              ],
              ['Assessment', property.assessment ?? 'None known'],
              ['Source', sourceOf(property.source)],
            ]}
          />
        </Panel>
        <Panel title="Land" flush>
          <RowList
            inset
            rows={property.parcels.map((parcel) => ({
              key: parcel.id,
              title: (
                <>
                  <strong>{parcel.title}</strong> {parcel.is_synthetic ? <Tag>Synthetic</Tag> : null}
                </>
              ),
              detail: [
                parcel.area_square_metres
                  ? `${Math.round(parcel.area_square_metres).toLocaleString('en-AU')} m²`
                  : 'Area unknown',
                sourceOf(parcel.source),
              ].join(', '),
              end: <Status word={STATES[parcel.status]} />,
            }))}
          />
        </Panel>
      </div>
    </StaffPage>
  )
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul css={{ listStyle: 'none' }}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function sourceOf(source: PropertyRead['source']): string {
  if (!source) return 'No source is recorded'
  const when = source.imported_at ? `, imported ${formatDate(source.imported_at)}` : ''
  return `${source.file_name ?? 'Entered by council'}${when}`
}

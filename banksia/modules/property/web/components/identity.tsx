import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, Facts, formatAddress, formatLongDate, Panel, Tag, useMay } from '@banksia/kit'
import { type LineageRead, listCorrectionsOptions, type PropertyRead, readLineageOptions } from '../api'
import { correctionsPage, correctPage } from '../routes'
import { LINEAGE_KINDS, sourceOf } from './words'

/** Which property this is, and where council knows it from. */
export function Identity({ property, asAt }: { property: PropertyRead; asAt: string | undefined }) {
  const mayPropose = useMay('property.corrections.propose')
  const lineage = useQuery(readLineageOptions({ path: { property_id: property.id } }))
  const made = lineage.data ? madeBy(lineage.data) : undefined
  return (
    <Panel
      title="Identity"
      action={
        mayPropose && !asAt ? (
          <TextLink href={correctPage.href({ params: { propertyId: property.id } })}>
            Propose a correction
          </TextLink>
        ) : null
      }
    >
      <Facts
        of={[
          ['Addresses', <Addresses key="addresses" property={property} />],
          ['Assessment', property.assessment ?? 'None known'],
          made && [
            'Created',
            <Detailed
              key="created"
              text={formatLongDate(made.occurred_on)}
              detail={`by ${LINEAGE_KINDS[made.kind].toLowerCase()}, ${made.plan}`}
            />,
          ],
          [
            'Source',
            <span key="source">
              {sourceOf(property.source)} {property.is_synthetic ? <Tag>Synthetic land</Tag> : null}
            </span>,
          ],
        ]}
      />
      {asAt ? null : <Waiting propertyId={property.id} />}
    </Panel>
  )
}

function Addresses({ property }: { property: PropertyRead }) {
  const { addresses } = property
  if (addresses.length === 0) return 'None known'
  return (
    <ul css={{ listStyle: 'none' }}>
      {addresses.map((address, index) => (
        <li key={address.id}>
          <Detailed
            text={formatAddress(address.text)}
            detail={[
              index === 0 && addresses.length > 1 ? 'principal' : '',
              address.source?.file_name ?? (address.source ? 'entered by council' : ''),
            ]
              .filter(Boolean)
              .join(', ')}
          />
        </li>
      ))}
    </ul>
  )
}

function Detailed({ text, detail }: { text: string; detail: string }) {
  return (
    <>
      {text} <span css={{ fontSize: '0.8125rem', color: colour.foregroundMuted }}>{detail}</span>
    </>
  )
}

/** Corrections of this property that nobody has decided yet. */
function Waiting({ propertyId }: { propertyId: string }) {
  const waiting = useQuery(
    listCorrectionsOptions({ query: { property_id: propertyId, state: 'proposed', limit: 20 } }),
  )
  const count = waiting.data?.results.length ?? 0
  if (count === 0) return null
  const words = count === 1 ? '1 correction waits' : `${count} corrections wait`
  return (
    <p css={{ paddingTop: '0.75rem', fontSize: '0.875rem' }}>
      <TextLink href={correctionsPage.href({ search: { property: propertyId } })}>
        {words} for a decision
      </TextLink>
    </p>
  )
}

/** What made the property's own lots, the last time. */
function madeBy({ parcels, events }: LineageRead) {
  const own = new Set(parcels.flatMap(({ id, is_own }) => (is_own ? [id] : [])))
  return events
    .filter(({ child_ids }) => child_ids.some((id) => own.has(id)))
    .sort((a, b) => b.occurred_on.localeCompare(a.occurred_on))[0]
}

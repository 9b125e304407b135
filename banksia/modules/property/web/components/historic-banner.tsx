import { Fragment } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatLongDate, Notice } from '@banksia/kit'
import { type LineageRead, type PropertyRead, readLineageOptions } from '../api'
import { hrefOfLot } from './words'

interface HistoricBannerProps {
  property: PropertyRead
  asAt: string | undefined
}

/** A lot that is no more says so and leads to what it became. */
export function HistoricBanner({ property, asAt }: HistoricBannerProps) {
  const ended = property.status === 'historic' || property.parcels.some(({ status }) => status === 'historic')
  const lineage = useQuery({
    ...readLineageOptions({ path: { property_id: property.id } }),
    enabled: ended && !asAt,
  })
  if (!ended || asAt) return null
  const endings = lineage.data ? endingsOf(lineage.data) : []
  if (endings.length === 0)
    return property.status === 'historic' ? (
      <Notice tone="warning" title="This property no longer exists">
        <p>Council has no record of what it became.</p>
      </Notice>
    ) : null
  return (
    <Notice tone="warning" title={endings.map(({ title }) => `${title} no longer exists.`).join(' ')}>
      {endings.map(({ id, title, became, on }) => (
        <p key={id}>
          {endings.length > 1 ? title : 'It'} became{' '}
          {became.slice(0, SHOWN).map((lot, index) => (
            <Fragment key={lot.id}>
              {index === 0 ? '' : index === became.length - 1 ? ' and ' : ', '}
              {lot.href ? <TextLink href={lot.href}>{lot.title}</TextLink> : lot.title}
            </Fragment>
          ))}
          {became.length > SHOWN ? ` and ${became.length - SHOWN} more lots` : ''} on {formatLongDate(on)}.
        </p>
      ))}
    </Notice>
  )
}

const SHOWN = 6

function endingsOf({ parcels, events }: LineageRead) {
  const byId = new Map(parcels.map((parcel) => [parcel.id, parcel]))
  const ended = parcels.filter(({ is_own, status }) => is_own && status === 'historic')
  return ended.flatMap((parcel) => {
    const event = events.find(({ parent_ids }) => parent_ids.includes(parcel.id))
    if (!event) return []
    const became = event.child_ids.flatMap((id) => byId.get(id) ?? [])
    return {
      id: parcel.id,
      title: parcel.title,
      on: event.occurred_on,
      became: became.map(({ id, title, property_id }) => ({ id, title, href: hrefOfLot(property_id) })),
    }
  })
}

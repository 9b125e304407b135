import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, parcelsInWords, StaffPage, Status, useMay, type View, Views } from '@banksia/kit'
import { getPropertyOptions, type PropertyRead } from '../api'
import { findPage, propertyPage } from '../routes'
import { AsAtBanner } from './as-at'
import { HistoricBanner } from './historic-banner'
import { PropertyActions } from './property-actions'
import { type PropertyView, viewHref } from './view-href'
import { areaOf, STATES, titleOf } from './words'

interface PropertyFrameProps {
  /** Which of its views is open. */
  view: PropertyView
  aside?: (property: PropertyRead) => ReactNode
  children: (property: PropertyRead, asAt: string | undefined) => ReactNode
}

/** What stands around every view of a property: which it is, what can be done with it, and as at when it is shown. */
export function PropertyFrame({ view, aside, children }: PropertyFrameProps) {
  const { propertyId } = propertyPage.useParams()
  const { as_at: asAt } = propertyPage.useSearch()
  const property = useQuery({
    ...getPropertyOptions({ path: { property_id: propertyId }, query: { as_at: asAt } }),
    placeholderData: (before) => (before?.id === propertyId ? before : undefined),
  })
  const where = <TextLink href={findPage.href()}>Properties</TextLink>
  if (!property.data)
    return (
      <StaffPage title="Property" where={where}>
        {asAt ? <AsAtBanner day={asAt} view={view} /> : null}
        <Loaded query={property} failed="The property could not be opened">
          {() => null}
        </Loaded>
      </StaffPage>
    )
  return (
    <StaffPage
      title={titleOf(property.data)}
      where={where}
      badge={<Status word={STATES[property.data.status]} outlined />}
      facts={<PropertyLine property={property.data} />}
      actions={<PropertyActions property={property.data} view={view} asAt={asAt} />}
      views={<PropertyViews propertyId={propertyId} view={view} asAt={asAt} />}
      aside={aside?.(property.data)}
    >
      {asAt ? <AsAtBanner day={asAt} view={view} /> : null}
      <HistoricBanner property={property.data} asAt={asAt} />
      {children(property.data, asAt)}
    </StaffPage>
  )
}

/** `Lot 13 DP 1242624 · Assessment 107310 · 1,012 m²`. */
function PropertyLine({ property }: { property: PropertyRead }) {
  const { parcels, assessment } = property
  const shown = parcels.slice(0, 3).map(({ text }) => text)
  const [only] = parcels.length === 1 ? parcels : []
  const facts = [
    assessment ? `Assessment ${assessment}` : '',
    only?.area_square_metres ? areaOf(only.area_square_metres) : '',
  ].filter(Boolean)
  return (
    <>
      <strong>
        {parcels.length > 3
          ? `${parcelsInWords(shown.slice(0, 2))} and ${parcels.length - 2} more lots`
          : parcelsInWords(shown) || 'No lot is known'}
      </strong>
      {facts.map((fact) => ` · ${fact}`)}
    </>
  )
}

function PropertyViews({
  propertyId,
  view,
  asAt,
}: Pick<PropertyFrameProps, 'view'> & { propertyId: string; asAt: string | undefined }) {
  const mayOwners = useMay('property.owners.read')
  const at = (label: string, of: PropertyView): View => ({
    label,
    href: viewHref(of, propertyId, asAt),
  })
  const views = [
    at('Overview', 'overview'),
    ...(mayOwners ? [at('Owners', 'owners')] : []),
    at('Map and neighbours', 'map'),
    at('History', 'history'),
  ]
  return <Views label="Property" views={views} active={viewHref(view, propertyId, asAt)} />
}

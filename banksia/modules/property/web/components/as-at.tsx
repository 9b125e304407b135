import { TextLink } from '@ag.ds-next/react/text-link'
import { formatLongDate, Notice } from '@banksia/kit'
import { propertyPage } from '../routes'
import { type PropertyView, viewHref } from './view-href'

/** Says as loud as it must that this is not today's truth, and leads back to it. */
export function AsAtBanner({ day, view }: { day: string; view: PropertyView }) {
  const { propertyId } = propertyPage.useParams()
  return (
    <Notice tone="warning" title={`As at ${formatLongDate(day)}`}>
      <p>
        {WORDS[view]} <TextLink href={viewHref(view, propertyId, undefined)}>Back to today</TextLink>
      </p>
    </Notice>
  )
}

const WORDS: Record<PropertyView, string> = {
  overview:
    'Addresses, lots and what council knows are shown as they were at the end of that day. Map, lineage and other modules are of today.',
  owners: 'The owners are shown as they were at the end of that day.',
  map: 'The map shows the lots of today.',
  history: 'The history goes on to today.',
}

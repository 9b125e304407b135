import { historyPage, mapPage, ownersPage, propertyPage } from '../routes'

export type PropertyView = 'overview' | 'owners' | 'history' | 'map'

const PAGES = { overview: propertyPage, owners: ownersPage, history: historyPage, map: mapPage }

/** The address of a view of a property, as at today or another day. */
export function viewHref(view: PropertyView, propertyId: string, asAt: string | undefined): string {
  return PAGES[view].href({ params: { propertyId }, search: { as_at: asAt } })
}

import { formatAddress } from '../format/address'
import { formatParcelShort } from '../format/parcel'
import { fetchJson } from '../session/session'
import { Highlighted, type Ranges, wordRanges } from './highlight'
import { MatchLines } from './match-list'
import { SearchCombobox, type SearchComboboxProps } from './search-combobox'

/** A match of GET /api/property/search, which is the same for the portal and the back office. */
export interface PropertyMatch {
  id: string
  address: string | null
  parcels: string[]
  assessment: string | null
  status: 'proposed' | 'current' | 'historic'
  /** What the lots of a historic property became. */
  successors?: string[]
  /** Where the address matched, when the server says it. */
  highlights?: Ranges | null
}

export async function findProperties(text: string, signal: AbortSignal, limit = 8): Promise<PropertyMatch[]> {
  const answer = await fetchJson<{ results: PropertyMatch[] }>('/api/property/search', signal, {
    q: text,
    limit,
  })
  return answer.results
}

/** `54 Williwa Street, Portland`, or the land when there is no address. */
export function propertyTitle({ address, parcels }: Pick<PropertyMatch, 'address' | 'parcels'>): string {
  return address ? formatAddress(address) : parcels.map(formatParcelShort).join(', ')
}

/** `Lot 2 Sec 2 DP 2288, assessment 104882`, with what is not current said in words. */
export function propertyDetail({ address, parcels, assessment, status, successors }: PropertyMatch): string {
  const shown = parcels.slice(0, 3).map(formatParcelShort)
  if (parcels.length > 3) shown.push(`${parcels.length - 3} more`)
  const land = address ? shown.join(', ') || 'no lot is known here' : ''
  const became = successors?.length ? `, now ${successors.slice(0, 3).map(formatParcelShort).join(', ')}` : ''
  const state = status === 'current' ? '' : `${status}${became}`
  return [land, assessment ? `assessment ${assessment}` : '', state].filter(Boolean).join(', ')
}

export function PropertyLines({ match, query }: { match: PropertyMatch; query: string }) {
  const title = propertyTitle(match)
  const ranges = match.address && match.highlights ? match.highlights : wordRanges(title, query)
  return <MatchLines title={<Highlighted text={title} ranges={ranges} />} detail={propertyDetail(match)} />
}

export function noProperty(query: string): string {
  return `No property matches ${query}. Check the number, or search by lot and plan.`
}

type Own = 'name' | 'find' | 'keyOf' | 'textOf' | 'renderMatch' | 'nothing'

/** The search for a property by address, lot and plan, or assessment number. */
export function PropertySearch(props: Omit<SearchComboboxProps<PropertyMatch>, Own>) {
  return (
    <SearchCombobox
      {...props}
      name="properties"
      find={findProperties}
      keyOf={(match) => `${match.id} ${match.address ?? ''}`}
      textOf={propertyTitle}
      renderMatch={(match, query) => <PropertyLines match={match} query={query} />}
      nothing={noProperty}
    />
  )
}

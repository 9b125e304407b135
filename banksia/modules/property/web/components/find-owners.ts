import { formatAddress, propertyLine, type StaffMatch } from '@banksia/kit'
import { searchOwners } from '../api'
import { propertyPage } from '../routes'

/**
 * Owners for the search box of the back office. Each reading of owners is written down, so only what can be a name is
 * looked up: words without numbers, once there are three letters.
 */
export async function findOwners(text: string, signal: AbortSignal): Promise<StaffMatch[]> {
  if (!/\p{L}{3}/u.test(text) || /\d/.test(text)) return []
  const { data } = await searchOwners({ query: { q: text, limit: 5 }, signal, throwOnError: true })
  return data.results.map((match) => ({
    id: `${match.id} ${match.owner}`,
    label: match.owner,
    detail: [match.address ? formatAddress(match.address) : '', propertyLine(match)]
      .filter(Boolean)
      .join(', '),
    href: propertyPage.href({ params: { propertyId: match.id } }),
  }))
}

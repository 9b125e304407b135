import type { StatusWord } from '@banksia/kit'
import type { ImportRunRead, ImportSourceRead } from '../api'

type Format = ImportSourceRead['format']

export const formatWords: Record<Format, string> = {
  csv: 'CSV of a rates system',
  gnaf: 'G-NAF, all tables',
  'gnaf-core': 'G-NAF Core',
  'nsw-lots': 'NSW lots (GeoJSON or shapefile)',
  owners: 'Owners, as CSV',
  attributes: 'Attributes, as CSV',
}

/** What a file of the format looks like, for the place where it is dropped. */
export const fileHints: Record<Format, string> = {
  csv: 'CSV with a line of headings; comma, semicolon, tab or | between the cells. It may be packed as .gz or .zip.',
  gnaf: 'The zip of a G-NAF release, as the publisher sends it.',
  'gnaf-core': 'The G-NAF Core file, as .psv, .csv or .zip.',
  'nsw-lots': 'The Lot layer as .geojson, or its shapefile as .zip.',
  owners: 'CSV with the lot or assessment, the name, and what else is known of the owner.',
  attributes: 'CSV with the lot or assessment, and a column for each attribute or one row for each value.',
}

/** Formats whose columns are named by their file, and can be mapped. */
export const isMapped = (format: Format) => format === 'csv' || format === 'owners' || format === 'attributes'

export const stateWords: Record<ImportRunRead['state'], StatusWord> = {
  received: 'Received',
  checking: 'Checking',
  checked: 'To review',
  applying: 'Applying',
  applied: 'Applied',
  reverting: 'Reverting',
  reverted: 'Reverted',
  failed: 'Failed',
  discarded: 'Discarded',
}

/** Work goes on in the background; the page looks again by itself. */
export const isRunning = ({ state }: Pick<ImportRunRead, 'state'>) =>
  state === 'checking' || state === 'applying' || state === 'reverting'

const fields: Record<string, string> = {
  address: 'Full address',
  parcel: 'Lot and plan in one',
  lot: 'Lot',
  section: 'Section',
  plan: 'Plan',
  assessment: 'Assessment number',
  area: 'Area (m²)',
  x: 'Easting (X)',
  y: 'Northing (Y)',
}

const kinds: Record<string, string> = {
  parcel: 'Lot',
  parcels: 'Lots',
  shapes: 'Outlines',
  links: 'Links between them',
  text: 'Address',
}

/** The kind of a record, or a column of one, in words. */
export const kindInWords = (kind: string) => kinds[kind] ?? capitalised(kind)

/** A field of ours in words: `street_name` is `Street name`. */
export const inWords = (name: string) => fields[name] ?? capitalised(name)

function capitalised(name: string): string {
  const spaced = name.replaceAll('_', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** `1,204 new`, for sentences and buttons. */
export const number = (value: number) => value.toLocaleString('en-AU')

const ACTS = ['new', 'changed', 'ended', 'reopened'] as const
export type Sums = Record<(typeof ACTS)[number], number>
export type CountRow = Sums & { kind: string }

const KINDS = ['properties', 'assessments', 'parcels', 'addresses', 'shapes', 'owners', 'attributes', 'links']

type Counts = ImportRunRead['counts']

/** Counts such as `parcels_new` by what they count, without what nothing happens to. */
export function countRows(counts: Counts): CountRow[] {
  const sums = (kind: string) =>
    Object.fromEntries(ACTS.map((act) => [act, counts[`${kind}_${act}`] ?? 0])) as Sums
  return KINDS.map((kind) => ({ kind, ...sums(kind) })).filter((row) => ACTS.some((act) => row[act] > 0))
}

/** The sums over all kinds. */
export function totalsOf(counts: Counts): Sums {
  const rows = countRows(counts)
  const sum = (act: keyof Sums) => rows.reduce((total, row) => total + row[act], 0)
  return Object.fromEntries(ACTS.map((act) => [act, sum(act)])) as Sums
}

/** `200 new, 22 changed, 313 ended`, and what had ended and is back, where there is any. */
export function sumsInWords(sums: Sums): string {
  const back = sums.reopened > 0 ? `, ${number(sums.reopened)} back again` : ''
  return `${number(sums.new)} new, ${number(sums.changed)} changed, ${number(sums.ended)} ended${back}`
}

/** `1 row`, `12 rows`. */
export const rowsInWords = (count: number) => `${number(count)} row${count === 1 ? '' : 's'}`

/** Whether the truth stays as it is, whatever is counted. */
export const changesNothing = (counts: Counts) =>
  !Object.entries(counts).some(([name, count]) => count > 0 && ACTS.some((act) => name.endsWith(`_${act}`)))

const PARCEL = /^([^/]*)\/([^/]*)\/([A-Z]+)(\d+)$/

/** `2/2/DP2288` as `Lot 2 Section 2 DP 2288`; text that is no parcel comes back as it is. */
export function formatParcel(parcel: string, section = 'Section'): string {
  const match = PARCEL.exec(parcel)
  if (!match) return parcel
  const [, lot = '', number = '', type = '', plan = ''] = match
  const name = lot === 'CP' ? 'Common property' : `Lot ${lot}`
  return `${name}${number ? ` ${section} ${number}` : ''} ${type} ${plan}`
}

/** The short form for lists of matches: `Lot 2 Sec 2 DP 2288`. */
export function formatParcelShort(parcel: string): string {
  return formatParcel(parcel, 'Sec')
}

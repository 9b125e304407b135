const STATES = new Set(['NSW', 'ACT', 'QLD', 'VIC', 'SA', 'WA', 'TAS', 'NT'])

/** `54 WILLIWA STREET PORTLAND`, as registers write it, as a person does: `54 Williwa Street Portland`. */
export function formatAddress(text: string): string {
  if (text !== text.toUpperCase()) return text
  return text.replaceAll(/[\p{L}\d'’]+/gu, (word) =>
    /\d/.test(word) || STATES.has(word) ? word : capitalised(word),
  )
}

function capitalised(word: string): string {
  const lower = word.charAt(0) + word.slice(1).toLowerCase()
  return lower
    .replace(/^Mc(\p{L})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`)
    .replace(
      /^([OD])(['’])(\p{L})/u,
      (_, first: string, mark: string, letter: string) => first + mark + letter.toUpperCase(),
    )
}

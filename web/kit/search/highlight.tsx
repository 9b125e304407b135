import { Fragment, type ReactNode } from 'react'
import { editsBetween } from './edits'

/** Where a text matched, as the server says it: start and end of each part. */
export type Ranges = readonly (readonly [start: number, end: number])[]

const fold = (text: string) => text.toLocaleLowerCase('en-AU')

/**
 * Where the words of a query stand in a text, for answers that do not say it themselves: as beginnings of words, each
 * once (the 54 inside 154 is no match of `54`), and a whole word where the query has it with a typing error.
 */
export function wordRanges(text: string, query: string): Ranges {
  const words = [...fold(text).matchAll(/[\p{L}\p{N}]+/gu)].map((word) => ({
    text: word[0],
    start: word.index,
  }))
  const terms = [...fold(query).matchAll(/[\p{L}\p{N}]+/gu)].map(([term]) => term)
  const found = new Map<number, number>()
  const missing: string[] = []
  let next = 0
  for (const term of terms) {
    const free = (index: number) => !found.has(index) && words[index]?.text.startsWith(term)
    const ahead = words.findIndex((_, index) => index >= next && free(index))
    const place = ahead >= 0 ? ahead : words.findIndex((_, index) => free(index))
    if (place < 0) {
      missing.push(term)
      continue
    }
    found.set(place, term.length)
    next = place + 1
  }
  for (const term of missing) {
    const place = words.findIndex((word, index) => !found.has(index) && isMisspelt(term, word.text))
    if (place >= 0) found.set(place, words[place]?.text.length ?? 0)
  }
  return [...found]
    .map(([place, length]) => {
      const start = words[place]?.start ?? 0
      return [start, start + length] as const
    })
    .sort(([one], [other]) => one - other)
}

/** One edit in words of five letters, two from eight; numbers are never misspelt. */
function isMisspelt(term: string, word: string): boolean {
  if (word.length < 5 || !/^\p{L}+$/u.test(term)) return false
  const limit = term.length < 8 ? 1 : 2
  return editsBetween(term, word, limit) <= limit
}

/** A text with what matched in bold. */
export function Highlighted({ text, ranges }: { text: string; ranges: Ranges }) {
  const parts = ranges.reduce<{ at: number; nodes: ReactNode[] }>(
    ({ at, nodes }, [start, end]) => ({
      at: end,
      nodes: [...nodes, text.slice(at, start), <strong key={start}>{text.slice(start, end)}</strong>],
    }),
    { at: 0, nodes: [] },
  )
  return (
    <Fragment>
      {parts.nodes}
      {text.slice(parts.at)}
    </Fragment>
  )
}

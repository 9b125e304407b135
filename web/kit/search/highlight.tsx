import { Fragment, type ReactNode } from 'react'

/** Where a text matched, as the server says it: start and end of each part. */
export type Ranges = readonly (readonly [start: number, end: number])[]

const fold = (text: string) => text.toLocaleLowerCase('en-AU')

/**
 * Where the words of a query begin words of a text, for answers that do not say it themselves. Only beginnings of
 * words, each once and in order: the 54 inside 154 is no match of `54`.
 */
export function wordRanges(text: string, query: string): Ranges {
  const words = [...fold(text).matchAll(/[\p{L}\p{N}]+/gu)]
  const found: [number, number][] = []
  let next = 0
  for (const [term] of fold(query).matchAll(/[\p{L}\p{N}]+/gu)) {
    const at = words.findIndex((word, index) => index >= next && matches(word[0], term))
    if (at < 0) continue
    const start = words[at]?.index ?? 0
    found.push([start, start + term.length])
    next = at + 1
  }
  return found
}

function matches(word: string, term: string): boolean {
  // A number stands for itself while it is longer than what was typed only as a number still being typed.
  return word.startsWith(term)
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

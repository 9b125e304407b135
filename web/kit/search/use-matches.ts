import { useEffect, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'

/** A value once it has rested for a moment, so that not every keystroke asks the server. */
export function useRested<Value>(value: Value, milliseconds = 120): Value {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return rested
}

/** What matches a text as it is typed; older matches stay until newer ones come, and late answers are dropped. */
export function useMatches<Match>(
  name: string,
  text: string,
  find: (text: string, signal: AbortSignal) => Promise<Match[]>,
) {
  const wanted = useRested(text.trim())
  const query = useQuery({
    queryKey: ['search', name, wanted],
    queryFn: ({ signal }) => find(wanted, signal),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const current = wanted !== '' && text.trim() !== ''
  return {
    matches: current ? (query.data ?? []) : [],
    /** The text that the matches are of. */
    searched: wanted,
    settled: current && query.isSuccess && !query.isPlaceholderData && wanted === text.trim(),
    error: query.error,
  }
}

import { useCallback, useSyncExternalStore } from 'react'
import { PHONE_QUERY, WIDE_QUERY } from './tokens'

/** Whether a media query holds now, and again when it changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

export const useIsPhone = () => useMedia(PHONE_QUERY)
export const useIsWide = () => useMedia(WIDE_QUERY)

let width = 1280
const listeners = new Set<() => void>()

/** Width queries answer for a window of this many pixels, also while a page is shown; 1280 unless a test says 390. */
export function setWidth(pixels: number): void {
  width = pixels
  listeners.forEach((listener) => {
    listener()
  })
}

export function resetMedia(): void {
  width = 1280
  listeners.clear()
}

function matches(query: string): boolean {
  const limit = /\((min|max)-width:\s*(\d+)px\)/.exec(query)
  if (!limit) return false
  return limit[1] === 'min' ? width >= Number(limit[2]) : width <= Number(limit[2])
}

// Only what is used of a MediaQueryList; its old listeners are left out.
window.matchMedia = ((query: string) => ({
  matches: matches(query),
  media: query,
  onchange: null,
  addEventListener: (_: string, listener: () => void) => listeners.add(listener),
  removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  dispatchEvent: () => false,
})) as unknown as typeof window.matchMedia

import { vi } from 'vitest'

let width = 1280

/** Width queries answer for a window of this many pixels; 1280 unless a test says 390. */
export function setWidth(pixels: number): void {
  width = pixels
}

export function resetMedia(): void {
  width = 1280
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
  addEventListener: vi.fn(),
  removeEventListener: vi.fn(),
  dispatchEvent: () => false,
})) as unknown as typeof window.matchMedia

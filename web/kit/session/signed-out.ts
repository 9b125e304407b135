const listeners = new Set<() => void>()

/** Have something forgotten when the person signs out: what a page keeps in its memory about them. */
export function onSignedOut(forget: () => void): void {
  listeners.add(forget)
}

/** The person is gone from this browser, and so is what this tab kept for them: the next one at it may be another. */
export function forgetPerson(): void {
  try {
    sessionStorage.clear()
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
  listeners.forEach((forget) => {
    forget()
  })
}

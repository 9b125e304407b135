import { onSignedOut } from '@banksia/kit'

// What is kept under each name, as it was read or written last. It stays in the tab: on a shared computer the next
// person has no business with it.
const kept = new Map<string, unknown>()
const listeners = new Set<() => void>()

const tell = () => {
  listeners.forEach((each) => {
    each()
  })
}

onSignedOut(() => {
  kept.clear()
  tell()
})

/** What was stored under a name, if it is something that can be used. */
function load<Value>(name: string, asValue: (stored: unknown) => Value): Value {
  try {
    return asValue(JSON.parse(sessionStorage.getItem(name) ?? 'null'))
  } catch {
    return asValue(null)
  }
}

/** What the tab keeps under a name, made of what was stored once; of null when nothing was. */
export function readKept<Value>(name: string, asValue: (stored: unknown) => Value): Value {
  if (!kept.has(name)) kept.set(name, load(name, asValue))
  return kept.get(name) as Value
}

/** Keep something across pages and a reload, until the person signs out; null forgets it. */
export function keepInTab(name: string, value: object | null): void {
  if (value) kept.set(name, value)
  else kept.delete(name)
  try {
    if (value) sessionStorage.setItem(name, JSON.stringify(value))
    else sessionStorage.removeItem(name)
  } catch {
    // A browser that keeps nothing: it lives as long as the page.
  }
  tell()
}

/** Be told when something that is kept changes. */
export function subscribeKept(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

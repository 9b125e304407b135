import { useEffect, useRef, useSyncExternalStore } from 'react'

export interface Shortcut {
  /** As `KeyboardEvent.key` says it: `j`, `/`, `?`, `Enter`. */
  key: string
  /** What it does, for the list under `?`. */
  label: string
  run: () => void
  unlessOnControl?: boolean
}

// One list for the page: components add theirs while they are shown, the newest first.
let registered: readonly (readonly Shortcut[])[] = []
const listeners = new Set<() => void>()

/** What one holds a key for: the next row, and the next. */
const MOVING = new Set(['j', 'k', 'ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'])

function publish(next: typeof registered) {
  registered = next
  for (const listener of listeners) listener()
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'))
  )
}

function handle(event: KeyboardEvent) {
  // A key that is held says itself again and again: what it does is done once, moving up and down aside.
  if (event.repeat && !MOVING.has(event.key)) return
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return
  if (document.querySelector('dialog[open], [role=dialog], [role=alertdialog]')) return
  const shortcut = registered.flat().find(({ key }) => key === event.key)
  if (!shortcut) return
  if (
    shortcut.unlessOnControl &&
    event.target instanceof Element &&
    event.target.closest('a, button, input, summary')
  )
    return
  event.preventDefault()
  shortcut.run()
}

/** Offer keys while this component is shown; they rest while someone types or a dialog is open. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  const names = shortcuts.map(({ key, label }) => `${key} ${label}`).join('\n')
  useEffect(() => {
    const own = latest.current.map((shortcut, index) => ({
      ...shortcut,
      run: () => latest.current[index]?.run(),
    }))
    if (registered.length === 0) document.addEventListener('keydown', handle)
    publish([own, ...registered])
    return () => {
      publish(registered.filter((each) => each !== own))
      if (registered.length === 0) document.removeEventListener('keydown', handle)
    }
  }, [names])
}

/** Every key that works now, for the list under `?`. */
export function useShortcutList(): readonly Shortcut[] {
  const groups = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => registered,
  )
  const seen = new Set<string>()
  return groups.flat().filter(({ key }) => !seen.has(key) && seen.add(key))
}

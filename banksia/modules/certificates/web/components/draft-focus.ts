import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

const CONTROL = 'button, input, textarea, select, a[href]'
const isLost = () => document.activeElement === null || document.activeElement === document.body

/** Go to the first question that nothing answers, after a place of the page or from its top; false when none is left. */
export function goToOpenValue(after?: Element | null): boolean {
  const open = [...document.querySelectorAll<HTMLElement>('[data-open-value]')]
  const next =
    open.find((each) => after && after.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) ??
    open[0]
  const control = next?.querySelector<HTMLElement>(CONTROL) ?? next
  control?.focus()
  return Boolean(control)
}

/** Go to what was answered and is not stored: beside somebody else's where there are two, else at its question. */
export function goToAnswer(key: string): void {
  const place = document.getElementById(`two-answers-${key}`) ?? document.getElementById(`field-${key}`)
  place?.focus()
}

/** Go to the button that commits: send, check or issue; false where there is none. */
export function goToDecision(): boolean {
  const button = document.querySelector<HTMLElement>('#decision button')
  button?.focus()
  return Boolean(button)
}

/** The button that was pressed is gone with what it did: the keyboard goes on at what comes next. */
export function useFocusAfterStep(step: string): void {
  const before = useRef(step)
  useEffect(() => {
    if (before.current === step) return
    before.current = step
    // A dialog that closes gives the focus back first, to a button that may be gone.
    const timer = setTimeout(() => {
      if (isLost() && !goToOpenValue() && !goToDecision()) document.querySelector('h1')?.focus()
    }, 100)
    return () => {
      clearTimeout(timer)
    }
  }, [step])
}

/** An answer that was saved by keyboard leads to the next open question; one that was changed, back to its button. */
export function useFocusAfterAnswer(box: RefObject<HTMLElement | null>, open: boolean, editing: boolean) {
  const before = useRef({ open, editing })
  useLayoutEffect(() => {
    const { open: wasOpen, editing: wasEditing } = before.current
    before.current = { open, editing }
    if (!wasOpen || open || !isLost()) return
    if (!wasEditing && (goToOpenValue(box.current) || goToDecision())) return
    box.current?.querySelector<HTMLElement>('button')?.focus()
  }, [box, open, editing])
}

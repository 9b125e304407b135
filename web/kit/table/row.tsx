import { type MouseEvent, type PropsWithChildren, useEffect, useRef } from 'react'
import { colour } from '../theme/tokens'
import { useNavigateTo } from '../theme/navigate'

interface RowProps {
  /** Under the keyboard. */
  active: boolean
  /** Its details are shown beside the table. */
  open?: boolean
  edge?: 'late' | 'today'
  href?: string
}

export function Row({ active, open: shown = false, edge, href, children }: PropsWithChildren<RowProps>) {
  const navigate = useNavigateTo()
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  // For the pointer only: the cell's own link is what keyboards and readers use.
  const open = (event: MouseEvent<HTMLElement>) => {
    const inControl = (event.target as Element).closest('a, button, input, label, select, textarea')
    if (href && !inControl && !getSelection()?.toString()) navigate(href)
  }
  const stripe =
    edge === 'late'
      ? colour.systemError
      : edge === 'today'
        ? colour.systemWarning
        : shown
          ? colour.selected
          : undefined
  return (
    <tr
      ref={row}
      aria-current={active ? true : undefined}
      onClick={open}
      css={{
        cursor: href ? 'pointer' : undefined,
        background: active || shown ? colour.selectedMuted : undefined,
        outline: active ? `2px solid ${colour.selected}` : undefined,
        outlineOffset: -2,
        '&:hover': href ? { background: colour.selectedMuted } : undefined,
        '& > td:first-of-type': stripe ? { boxShadow: `inset 4px 0 ${stripe}` } : undefined,
      }}
    >
      {children}
    </tr>
  )
}

import { type MouseEvent, type PropsWithChildren, useEffect, useRef } from 'react'
import { colour } from '../theme/tokens'
import { useNavigateTo } from '../theme/navigate'

interface RowProps {
  /** Under the keyboard. */
  active: boolean
  /** Its details are shown beside the table. */
  open?: boolean
  edge?: 'late' | 'today'
  /** Where it leads, asked for when it is pressed. */
  hrefOf?: () => string
}

export function Row({ active, open: shown = false, edge, hrefOf, children }: PropsWithChildren<RowProps>) {
  const navigate = useNavigateTo()
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  // For the pointer only: the cell's own link is what keyboards and readers use.
  const open = (event: MouseEvent<HTMLElement>) => {
    const inControl = (event.target as Element).closest('a, button, input, label, select, textarea')
    if (hrefOf && !inControl && !getSelection()?.toString()) navigate(hrefOf())
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
        cursor: hrefOf ? 'pointer' : undefined,
        background: active || shown ? colour.selectedMuted : undefined,
        outline: active ? `2px solid ${colour.selected}` : undefined,
        outlineOffset: -2,
        // The head stays at the upper edge, and what is done with ticked rows at the lower one.
        scrollMarginBlock: '2.5rem 4rem',
        '&:hover': hrefOf ? { background: colour.selectedMuted } : undefined,
        '& > td:first-of-type': stripe ? { boxShadow: `inset 4px 0 ${stripe}` } : undefined,
      }}
    >
      {children}
    </tr>
  )
}

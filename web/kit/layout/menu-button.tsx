import type { ComponentType } from 'react'
import type { IconProps } from '@ag.ds-next/react/icon'
import { colour, focusRing } from '../theme/tokens'

interface MenuButtonProps {
  icon: ComponentType<IconProps>
  label: string
  onClick: () => void
  expanded?: boolean
}

/** An icon with its word under it: Menu, Search. */
export function MenuButton({ icon: Icon, label, onClick, expanded }: MenuButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-expanded={expanded}
      css={{
        display: 'inline-flex',
        flexDirection: 'column',
        alignItems: 'center',
        minWidth: 44,
        minHeight: 44,
        padding: 0,
        border: 0,
        background: 'none',
        color: colour.foregroundText,
        font: 'inherit',
        fontSize: '0.8125rem',
        lineHeight: 1.2,
        cursor: 'pointer',
        ...focusRing,
      }}
    >
      <Icon />
      {label}
    </button>
  )
}

import type { ComponentType } from 'react'
import type { IconProps } from '@ag.ds-next/react/icon'
import { colour, focusRing } from '../theme/tokens'

interface ToolButtonProps {
  icon: ComponentType<IconProps>
  label: string
  onClick: () => void
  disabled?: boolean
}

/** A small button that is only an icon, with its name for readers and as a tooltip. */
export function ToolButton({ icon: Icon, label, onClick, disabled = false }: ToolButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      // Still focusable: the focus would otherwise fall off at the last page.
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) onClick()
      }}
      css={{
        display: 'inline-flex',
        padding: '0.375rem',
        border: 0,
        borderRadius: 4,
        background: 'none',
        color: disabled ? colour.borderMuted : colour.foregroundAction,
        cursor: disabled ? 'default' : 'pointer',
        '&:hover': { background: colour.backgroundShade },
        ...focusRing,
      }}
    >
      <Icon size="sm" />
    </button>
  )
}

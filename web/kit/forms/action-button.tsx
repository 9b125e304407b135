import type { ComponentProps } from 'react'
import { Button } from '@ag.ds-next/react/button'

type ActionButtonProps = ComponentProps<typeof Button> & { 'aria-disabled'?: boolean }

/**
 * A button that does something on the server. While the answer is under way the dots stand in it, and pressing it again
 * does nothing: AgDS's own button only draws the dots.
 */
export function ActionButton({ loading, onClick, 'aria-disabled': disabled, ...rest }: ActionButtonProps) {
  return (
    <Button
      {...rest}
      // eslint-disable-next-line no-restricted-syntax -- here it is guarded
      loading={loading}
      aria-disabled={loading || disabled}
      onClick={(event) => (loading ? event.preventDefault() : onClick?.(event))}
    />
  )
}

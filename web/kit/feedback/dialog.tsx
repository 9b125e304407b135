import { type PropsWithChildren, type ReactNode, useEffect, useId, useRef } from 'react'
import { CloseIcon } from '@ag.ds-next/react/icon'
import { colour, focusRing, RADIUS } from '../theme/tokens'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: ReactNode
  /** The buttons at its end. */
  actions?: ReactNode
  /** At the left edge over the whole height, for the menu of a phone. */
  side?: boolean
}

/**
 * The browser's own dialog: it keeps the focus, closes on Escape, and gives the focus back. For the few acts that
 * need a second thought; most explain themselves beside their button instead.
 */
export function Dialog({
  open,
  onClose,
  title,
  actions,
  side = false,
  children,
}: PropsWithChildren<DialogProps>) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    if (!open || !element) return
    element.showModal()
    return () => element.close()
  }, [open])
  if (!open) return null
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      css={{
        boxSizing: 'border-box',
        padding: '1.25rem',
        border: 0,
        color: colour.foregroundText,
        background: colour.backgroundBody,
        '&::backdrop': { background: colour.overlay },
        ...(side ? sideways : centred),
      }}
    >
      <header
        css={{
          display: 'flex',
          justifyContent: 'space-between',
          alignItems: 'center',
          gap: '1rem',
          marginBottom: '1rem',
        }}
      >
        <h2 id={titleId} css={{ fontSize: '1.25rem' }}>
          {title}
        </h2>
        <button type="button" onClick={onClose} css={closeButton}>
          <CloseIcon aria-hidden="false" aria-label="Close" />
        </button>
      </header>
      {children}
      {actions ? (
        <footer css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem', marginTop: '1.5rem' }}>
          {actions}
        </footer>
      ) : null}
    </dialog>
  )
}

const centred = { width: 'min(36rem, calc(100vw - 2rem))', borderRadius: RADIUS.panel } as const
const sideways = {
  width: 'min(20rem, calc(100vw - 3rem))',
  height: '100dvh',
  maxHeight: 'none',
  margin: 0,
} as const
const closeButton = {
  display: 'inline-flex',
  padding: '0.5rem',
  border: 0,
  background: 'none',
  color: colour.foregroundAction,
  cursor: 'pointer',
  ...focusRing,
} as const

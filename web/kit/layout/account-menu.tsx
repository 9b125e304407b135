import { type MouseEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Box } from '@ag.ds-next/react/box'
import { ChevronDownIcon } from '@ag.ds-next/react/icon'
import { colour, focusRing, RADIUS } from '../theme/tokens'
import { useIsPhone } from '../theme/use-media'

interface AccountMenuProps {
  name: string
  /** Under the name: the role. */
  detail?: string
  /** Links and buttons. */
  children: ReactNode
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word))
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0]?.toUpperCase() ?? '')
    .join('')
}

/** Who is signed in, with what they can do about it: a menu in the header, a list within the menu of a phone. */
export function AccountMenu(props: AccountMenuProps) {
  return useIsPhone() ? <AccountList {...props} /> : <AccountDropdown {...props} />
}

function AccountList({ name, detail, children }: AccountMenuProps) {
  return (
    <div>
      <p css={{ fontWeight: 'bold' }}>{name}</p>
      {detail ? <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>{detail}</p> : null}
      <div css={{ marginTop: '0.5rem', '& a, & button': { ...entry, padding: '0.625rem 0' } }}>
        {children}
      </div>
    </div>
  )
}

function AccountDropdown({ name, detail, children }: AccountMenuProps) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      button.current?.focus()
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    document.addEventListener('keydown', escape)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
      document.removeEventListener('keydown', escape)
    }
  }, [open])
  return (
    <div ref={box} css={{ position: 'relative', color: colour.foregroundText }}>
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        css={trigger}
      >
        <span aria-hidden css={avatar}>
          {initials(name)}
        </span>
        <span css={{ lineHeight: 1.25, textAlign: 'left' }}>
          <span css={{ display: 'block', fontWeight: detail ? 'bold' : 'normal' }}>{name}</span>
          {detail ? (
            <span css={{ display: 'block', fontSize: '0.8125rem', color: colour.foregroundMuted }}>
              {detail}
            </span>
          ) : null}
        </span>
        <ChevronDownIcon size="sm" />
      </button>
      {open ? (
        <Box
          palette="light"
          id={id}
          css={panel}
          onClickCapture={(event: MouseEvent) => event.target instanceof HTMLAnchorElement && setOpen(false)}
        >
          {children}
        </Box>
      ) : null}
    </div>
  )
}

const trigger = {
  display: 'inline-flex',
  alignItems: 'center',
  gap: '0.5rem',
  minHeight: 44,
  padding: 0,
  border: 0,
  background: 'none',
  color: 'inherit',
  font: 'inherit',
  fontSize: '0.9375rem',
  cursor: 'pointer',
  ...focusRing,
} as const
const avatar = {
  display: 'inline-flex',
  alignItems: 'center',
  justifyContent: 'center',
  width: '2rem',
  height: '2rem',
  boxSizing: 'border-box',
  border: `1px solid ${colour.foregroundAction}`,
  borderRadius: '50%',
  background: colour.backgroundShade,
  color: colour.foregroundAction,
  fontSize: '0.875rem',
  fontWeight: 'bold',
} as const
const entry = {
  display: 'block',
  boxSizing: 'border-box',
  width: '100%',
  border: 0,
  background: 'none',
  color: colour.foregroundText,
  font: 'inherit',
  textAlign: 'left',
  textDecoration: 'none',
  cursor: 'pointer',
  '&:hover': { textDecoration: 'underline' },
  ...focusRing,
} as const
const panel = {
  position: 'absolute',
  zIndex: 200,
  right: 0,
  top: 'calc(100% + 0.25rem)',
  minWidth: '14rem',
  padding: '0.5rem',
  border: `1px solid ${colour.borderMuted}`,
  borderRadius: RADIUS.panel,
  background: colour.backgroundBody,
  boxShadow: '0 8px 24px rgba(0, 0, 0, 0.2)',
  '& a, & button': { ...entry, padding: '0.625rem 0.75rem' },
} as const

import type { PropsWithChildren } from 'react'
import { RouterLink } from '../theme/router-link'
import { colour, focusRing, RADIUS } from '../theme/tokens'
import type { LineageLot } from './layout'

const STATES = { proposed: 'Proposed', current: 'Current', historic: 'Historic' } as const

/** `This property, current, 1,012 m²`. */
export function lotFacts(lot: LineageLot): string {
  const state = STATES[lot.state]
  return [...(lot.own ? ['This property', state.toLowerCase()] : [state]), lot.detail]
    .filter(Boolean)
    .join(', ')
}

/** A lot in the graph: dashed when it is historic, filled when it is of the property of the page. */
export function LotBox({ lot }: { lot: LineageLot }) {
  const { own, state } = lot
  return (
    <Frame href={own ? undefined : lot.href} own={own} dashed={state !== 'current'}>
      <strong css={{ fontSize: '0.8125rem', ...cut }}>{lot.title}</strong>
      <span css={{ fontSize: '0.75rem', ...cut }}>
        {own ? ['This property', lot.detail].filter(Boolean).join(', ') : lotFacts(lot)}
      </span>
    </Frame>
  )
}

function Frame({
  href,
  own,
  dashed,
  children,
}: PropsWithChildren<{ href?: string; own: boolean; dashed: boolean }>) {
  const look = {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    boxSizing: 'border-box',
    width: '100%',
    height: '100%',
    padding: '0 0.625rem',
    border: `${dashed ? '1px dashed' : '1px solid'} ${own ? colour.selected : colour.border}`,
    borderRadius: RADIUS.control,
    background: own ? colour.selected : colour.backgroundBody,
    color: own ? colour.backgroundBody : colour.foregroundText,
    lineHeight: 1.35,
    textDecoration: 'none',
  } as const
  if (!href) return <span css={look}>{children}</span>
  return (
    <RouterLink
      href={href}
      css={{
        ...look,
        '& strong': { color: colour.foregroundAction, textDecoration: 'underline' },
        '&:hover': { background: colour.selectedMuted },
        ...focusRing,
      }}
    >
      {children}
    </RouterLink>
  )
}

const cut = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const

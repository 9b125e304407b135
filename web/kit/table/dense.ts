import type { CSSObject } from '@emotion/react'
import { colour, RADIUS, WIDE } from '../theme/tokens'

/** AgDS's table, its fixed padding and its own 4 px line overridden once for all dense tables. */
export const dense: CSSObject = {
  border: `1px solid ${colour.borderMuted}`,
  borderRadius: RADIUS.panel,
  background: colour.backgroundBody,
  // Below the width of a desk a wide table scrolls within itself; above it, the head can stick to the page.
  overflowX: 'auto',
  [WIDE]: { overflowX: 'visible' },
  // In a panel the panel's own border does.
  'section > div > &': { border: 0, borderRadius: 0 },
  table: { fontSize: '0.875rem', lineHeight: 1.35 },
  thead: { borderBottom: `1px solid ${colour.border}` },
  'thead th': {
    background: colour.backgroundShade,
    borderBottom: 0,
    fontSize: '0.8125rem',
    whiteSpace: 'nowrap',
    [WIDE]: { position: 'sticky', top: 0, zIndex: 1, boxShadow: `inset 0 -1px ${colour.border}` },
  },
  'thead th:not(:has(button))': { padding: '0.5rem 0.625rem' },
  'thead th button': {
    padding: '0.5rem 0.625rem',
    fontSize: 'inherit',
    gap: '0.25rem',
    svg: { width: '1rem', height: '1rem' },
  },
  'thead th[aria-sort]': { boxShadow: `inset 0 -2px ${colour.selected}` },
  'tbody td': { padding: '0.5rem 0.625rem', fontSize: '0.875rem', lineHeight: 1.35 },
  'tbody tr:last-of-type td': { borderBottom: 0 },
  'tr > :first-of-type': { paddingLeft: '1rem' },
  'tr > :last-child': { paddingRight: '1rem' },
  'td .detail, .detail': { display: 'block', color: colour.foregroundMuted, fontSize: '0.8125rem' },
}

import { boxPalette } from '@ag.ds-next/react/core'

export { boxPalette as colour } from '@ag.ds-next/react/core'
export { visuallyHiddenStyles as visuallyHidden } from '@ag.ds-next/react/a11y'

/** One column; tables become cards. */
export const PHONE_QUERY = '(max-width: 767px)'
/** The staff navigation stands at the left. */
export const WIDE_QUERY = '(min-width: 1200px)'
export const PHONE = `@media ${PHONE_QUERY}`
export const WIDE = `@media ${WIDE_QUERY}`

export const RADIUS = { panel: 6, control: 4 } as const
/** Words in warning colour: the tone itself has only 4.4:1 on white. */
export const WARNING_WORDS = '#7a4100'

/** For links and buttons written by hand: the same ring as AgDS draws. */
export const focusRing = {
  '&:focus-visible': { outline: `3px solid ${boxPalette.foregroundFocus}`, outlineOffset: 2 },
} as const

/** Around small buttons: 2 pixel borders in place of AgDS's 3, and words that do not wrap. */
export const slimButtons = { '& a, & button': { borderWidth: 2, whiteSpace: 'nowrap' } } as const

export const tabularFigures = { fontVariantNumeric: 'tabular-nums' } as const

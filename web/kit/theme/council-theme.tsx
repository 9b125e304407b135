import type { PropsWithChildren } from 'react'
import { Core, type LinkProps } from '@ag.ds-next/react/core'
import { Global } from '@emotion/react'
import { type CouncilColours, themeOf } from './council-colours'
import { defaultTheme } from './default-theme'
import { colour } from './tokens'
import { RouterLink } from './router-link'

// AgDS types its link component by its own default, a forwarded ref; a function component with a ref prop is the same.
type LinkComponent = NonNullable<Parameters<typeof Core>[0]['linkComponent']>
const linkComponent = RouterLink as unknown as LinkComponent
export type { LinkProps }

/** The council's colours over Banksia's, for every component below and, as `--agds-*`, for third-party pages. */
export function CouncilTheme({ theme, children }: PropsWithChildren<{ theme: Partial<CouncilColours> }>) {
  return (
    <Core theme={{ ...defaultTheme, ...themeOf(theme) }} linkComponent={linkComponent}>
      <Global
        styles={{
          ':root': { colorScheme: 'light' },
          // AgDS reserves the scrollbar's width, which shows as a white strip beside the header of a short page.
          html: { scrollbarGutter: 'auto' },
          // Plain text is black unless the body says otherwise.
          body: {
            color: colour.foregroundText,
            fontSize: '1rem',
            lineHeight: 1.5,
            overflowWrap: 'break-word',
          },
          'h1, h2, h3, h4, p, dl, dd, ul, ol, figure': { margin: 0 },
          'ul, ol': { padding: 0 },
          // They take the focus after a move between pages, and are not controls.
          'main:focus, h1:focus': { outline: 'none' },
          '@media (prefers-reduced-motion: reduce)': {
            '*, ::before, ::after': {
              animationDuration: '0.01ms !important',
              transitionDuration: '0.01ms !important',
            },
          },
        }}
      />
      {children}
    </Core>
  )
}

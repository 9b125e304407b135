import { type PropsWithChildren, type ReactNode, useState } from 'react'
import { Box } from '@ag.ds-next/react/box'
import { CloseIcon, MenuIcon, SearchIcon } from '@ag.ds-next/react/icon'
import { Dialog } from '../feedback/dialog'
import { colour, PHONE } from '../theme/tokens'
import { useIsPhone, useIsWide } from '../theme/use-media'
import type { Organisation } from '../session/organisation'
import { Brand } from './brand'
import { MenuButton } from './menu-button'

interface StaffLayoutProps {
  organisation: Organisation
  /** Under the council's name: `Back office`, or the module of a workspace. */
  subline: string
  /** The one search box. */
  search: ReactNode
  /** Help, person and role. */
  account: ReactNode
  /** The navigation; a workspace shows it as a rail of icons. */
  navigation: (rail: boolean) => ReactNode
  workspace?: boolean
}

/** The back office: a header of 56 pixels, the navigation at the left, or behind Menu below 1200 pixels. */
export function StaffLayout({
  organisation,
  subline,
  search,
  account,
  navigation,
  workspace = false,
  children,
}: PropsWithChildren<StaffLayoutProps>) {
  const phone = useIsPhone()
  const wide = useIsWide()
  const [menu, setMenu] = useState(false)
  const [searching, setSearching] = useState(false)
  return (
    <div
      css={{
        minHeight: '100vh',
        display: 'grid',
        gridTemplateRows: 'auto 1fr',
        gridTemplateColumns: 'minmax(0, 1fr)',
      }}
    >
      <Box as="header" palette="dark" background="body" css={{ borderBottom: `3px solid ${colour.accent}` }}>
        <div
          css={{
            boxSizing: 'border-box',
            minHeight: 56,
            display: 'flex',
            alignItems: 'center',
            gap: '1rem',
            padding: '0 1.25rem 0 1.125rem',
            [PHONE]: { padding: '0 0.75rem' },
          }}
        >
          {wide ? null : (
            <MenuButton icon={MenuIcon} label="Menu" expanded={menu} onClick={() => setMenu(true)} />
          )}
          <div css={{ flex: '1 1 0', minWidth: 0 }}>
            <Brand
              compact
              href="/staff"
              name={organisation.name}
              subline={subline}
              logoUrl={organisation.logo_url}
            />
          </div>
          {phone ? (
            <MenuButton
              icon={searching ? CloseIcon : SearchIcon}
              label={searching ? 'Close' : 'Search'}
              expanded={searching}
              onClick={() => setSearching(!searching)}
            />
          ) : (
            <>
              <Box palette="light" css={{ flex: '0 1 27rem' }}>
                {search}
              </Box>
              <div
                css={{
                  flex: '1 1 0',
                  display: 'flex',
                  justifyContent: 'flex-end',
                  alignItems: 'center',
                  gap: '1rem',
                }}
              >
                {account}
              </div>
            </>
          )}
        </div>
        {phone && searching ? (
          <Box palette="light" css={{ padding: '0 1rem 0.75rem' }}>
            {search}
          </Box>
        ) : null}
      </Box>
      <div css={{ display: 'flex', minWidth: 0 }}>
        {wide ? (
          <nav
            id="navigation"
            aria-label="Back office"
            css={{
              flexShrink: 0,
              boxSizing: 'border-box',
              width: workspace ? '3.75rem' : '13.5rem',
              borderRight: `1px solid ${colour.borderMuted}`,
              paddingTop: '0.5rem',
            }}
          >
            {navigation(workspace)}
          </nav>
        ) : null}
        <main id="main" tabIndex={-1} css={{ flexGrow: 1, minWidth: 0 }}>
          {children}
        </main>
      </div>
      <Dialog side open={!wide && menu} onClose={() => setMenu(false)} title="Menu">
        <div
          onClickCapture={(event) =>
            event.target instanceof Element && event.target.closest('a') && setMenu(false)
          }
        >
          <nav aria-label="Back office" css={{ margin: '0 -1.25rem' }}>
            {navigation(false)}
          </nav>
          {phone ? (
            <div
              css={{ marginTop: '1rem', paddingTop: '1rem', borderTop: `1px solid ${colour.borderMuted}` }}
            >
              {account}
            </div>
          ) : null}
        </div>
      </Dialog>
    </div>
  )
}

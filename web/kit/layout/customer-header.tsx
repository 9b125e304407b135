import { type ReactNode, useState } from 'react'
import { Box } from '@ag.ds-next/react/box'
import { MenuIcon } from '@ag.ds-next/react/icon'
import { Dialog } from '../feedback/dialog'
import type { Organisation } from '../session/organisation'
import { RouterLink } from '../theme/router-link'
import { colour, focusRing, PHONE } from '../theme/tokens'
import { useIsPhone } from '../theme/use-media'
import { Brand } from './brand'
import { container } from './container'
import type { LayoutLink } from './customer-footer'
import { MenuButton } from './menu-button'

interface CustomerHeaderProps {
  organisation: Organisation
  links: readonly LayoutLink[]
  /** The sign-in link, or who is signed in. */
  account: ReactNode
}

/** 68 pixels, 60 on a phone, where the links stand behind one Menu button. AgDS's own header is 230. */
export function CustomerHeader({ organisation, links, account }: CustomerHeaderProps) {
  const phone = useIsPhone()
  const [open, setOpen] = useState(false)
  const list = <LinkList links={links} vertical={phone} />
  return (
    <Box as="header" palette="dark" background="body" css={{ borderBottom: `4px solid ${colour.accent}` }}>
      <div
        css={{
          ...container,
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: '1rem',
          minHeight: 68,
          [PHONE]: { minHeight: 60, paddingLeft: '1rem', paddingRight: '1rem' },
        }}
      >
        <Brand
          href="/"
          name={organisation.name}
          subline={organisation.service_name}
          logoUrl={organisation.logo_url}
        />
        {phone ? (
          <MenuButton icon={MenuIcon} label="Menu" expanded={open} onClick={() => setOpen(true)} />
        ) : (
          <nav
            id="navigation"
            aria-label="Main"
            css={{ display: 'flex', alignItems: 'center', gap: '1.5rem' }}
          >
            {list}
            {account}
          </nav>
        )}
      </div>
      <Box palette="light">
        <Dialog side open={phone && open} onClose={() => setOpen(false)} title="Menu">
          {/* All that stands here leads to another page, over which an open menu would lie. */}
          <nav
            aria-label="Main"
            onClickCapture={(event) =>
              event.target instanceof Element && event.target.closest('a, button') && setOpen(false)
            }
            css={{ display: 'grid', gap: '1.5rem' }}
          >
            {list}
            {account}
          </nav>
        </Dialog>
      </Box>
    </Box>
  )
}

function LinkList({ links, vertical }: { links: readonly LayoutLink[]; vertical: boolean }) {
  return (
    <ul
      css={{
        listStyle: 'none',
        display: 'flex',
        flexDirection: vertical ? 'column' : 'row',
        gap: vertical ? 0 : '1.5rem',
      }}
    >
      {links.map(({ label, href }) => (
        <li key={href}>
          <RouterLink
            href={href}
            css={{
              display: 'block',
              padding: vertical ? '0.75rem 0' : '0.5rem 0',
              color: colour.foregroundText,
              fontSize: vertical ? '1rem' : '0.9375rem',
              textDecoration: 'none',
              '&:hover': { textDecoration: 'underline' },
              ...focusRing,
            }}
          >
            {label}
          </RouterLink>
        </li>
      ))}
    </ul>
  )
}

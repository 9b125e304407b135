import type { PropsWithChildren } from 'react'
import { Box } from '@ag.ds-next/react/box'
import type { Organisation } from '../session/organisation'
import { RouterLink } from '../theme/router-link'
import { colour, focusRing, PHONE } from '../theme/tokens'
import { container } from './container'

export interface LayoutLink {
  label: string
  href: string
}

interface CustomerFooterProps {
  organisation: Organisation
  links: readonly LayoutLink[]
}

/** Where the counter is, how to reach council, and its acknowledgement of Country. */
export function CustomerFooter({ organisation, links }: CustomerFooterProps) {
  const { name, address, counter_hours: hours, abn, phone, email, acknowledgement } = organisation
  return (
    <Box as="footer" palette="dark" background="body" css={{ fontSize: '0.875rem' }}>
      <div
        css={{
          ...container,
          paddingTop: '2.5rem',
          paddingBottom: '2rem',
          [PHONE]: { paddingLeft: '1rem', paddingRight: '1rem' },
        }}
      >
        <div
          css={{
            display: 'grid',
            gridTemplateColumns: '2fr 1.3fr 1.2fr',
            gap: '1.5rem 2rem',
            [PHONE]: { gridTemplateColumns: '1fr' },
          }}
        >
          <Column title={name} large>
            <span css={{ color: colour.foregroundMuted, whiteSpace: 'pre-line' }}>
              {[address, hours ? `Counter open ${hours}` : '', abn ? `ABN ${abn}` : '']
                .filter(Boolean)
                .join('\n')}
            </span>
          </Column>
          <Column title="Contact">
            {phone ? <FooterLink href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</FooterLink> : null}
            {email ? <FooterLink href={`mailto:${email}`}>{email}</FooterLink> : null}
          </Column>
          {links.length > 0 ? (
            <Column title="About this service">
              {links.map(({ label, href }) => (
                <FooterLink key={href} href={href}>
                  {label}
                </FooterLink>
              ))}
            </Column>
          ) : null}
        </div>
        {acknowledgement ? (
          <p
            css={{
              marginTop: '1.5rem',
              paddingTop: '1rem',
              borderTop: `1px solid ${colour.borderMuted}`,
              color: colour.foregroundMuted,
            }}
          >
            <span css={{ display: 'block', maxWidth: '42em' }}>{acknowledgement}</span>
          </p>
        ) : null}
      </div>
    </Box>
  )
}

function Column({ title, large = false, children }: PropsWithChildren<{ title: string; large?: boolean }>) {
  return (
    <div css={{ display: 'grid', gap: '0.375rem', alignContent: 'start', justifyItems: 'start' }}>
      <h2 css={{ fontSize: large ? '1rem' : '0.875rem', color: colour.foregroundText }}>{title}</h2>
      {children}
    </div>
  )
}

function FooterLink({ href, children }: PropsWithChildren<{ href: string }>) {
  return (
    <RouterLink href={href} css={{ color: colour.foregroundText, ...focusRing }}>
      {children}
    </RouterLink>
  )
}

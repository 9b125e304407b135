import type { ComponentType } from 'react'
import { FileIcon, type IconProps } from '@ag.ds-next/react/icon'
import { Count } from '../display/count'
import { RouterLink } from '../theme/router-link'
import { colour, focusRing, visuallyHidden } from '../theme/tokens'

export interface StaffNavLink {
  label: string
  href: string
  icon?: ComponentType<IconProps>
  count?: { value: number; alert?: boolean }
}

interface StaffNavProps {
  groups: readonly (readonly StaffNavLink[])[]
  /** The address that is open; the entry with the longest match is marked. */
  path: string
  /** Icons only, each with its name as a tooltip. */
  rail: boolean
}

/** The entry that a path belongs to: the longest address that it begins with, whole segments only. */
export function activeHref(hrefs: readonly string[], path: string): string | undefined {
  const matching = hrefs.filter((href) => path === href || path.startsWith(`${href}/`))
  return matching.sort((a, b) => b.length - a.length)[0]
}

export function StaffNav({ groups, path, rail }: StaffNavProps) {
  const active = activeHref(
    groups.flat().map(({ href }) => href),
    path,
  )
  return groups.map((links, index) => (
    <ul
      key={index}
      css={{
        listStyle: 'none',
        padding: '0.5rem 0',
        borderTop: index > 0 ? `1px solid ${colour.borderMuted}` : undefined,
      }}
    >
      {links.map((link) => (
        <li key={link.href}>
          <NavLink link={link} open={link.href === active} rail={rail} />
        </li>
      ))}
    </ul>
  ))
}

function NavLink({ link, open, rail }: { link: StaffNavLink; open: boolean; rail: boolean }) {
  const { label, href, icon: Icon = FileIcon, count } = link
  return (
    <RouterLink
      href={href}
      aria-current={open ? 'page' : undefined}
      title={rail ? label : undefined}
      css={{
        display: 'flex',
        alignItems: 'center',
        gap: '0.625rem',
        minHeight: '2.625rem',
        boxSizing: 'border-box',
        padding: '0.25rem 0.75rem',
        borderLeft: `4px solid ${open ? colour.selected : 'transparent'}`,
        background: open ? colour.selectedMuted : undefined,
        color: colour.foregroundText,
        fontSize: '0.9375rem',
        fontWeight: open ? 'bold' : 'normal',
        textDecoration: 'none',
        '&:hover': {
          background: open ? colour.selectedMuted : colour.backgroundShade,
          textDecoration: 'underline',
        },
        '&:focus-visible': { ...focusRing['&:focus-visible'], outlineOffset: -3 },
      }}
    >
      <Icon color={open ? 'text' : 'muted'} />
      <span css={rail ? visuallyHidden : { flexGrow: 1, minWidth: 0 }}>{label}</span>
      {count && count.value > 0 && !rail ? (
        <Count value={count.value} tone={count.alert ? 'alert' : 'neutral'} />
      ) : null}
    </RouterLink>
  )
}

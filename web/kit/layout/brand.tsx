import { colour, focusRing, PHONE } from '../theme/tokens'
import { RouterLink } from '../theme/router-link'

interface BrandProps {
  href: string
  name: string
  subline: string
  logoUrl: string | null
  /** The staff header is lower than the customers'. */
  compact?: boolean
}

/** Crest, council and service: the way home. */
export function Brand({ href, name, subline, logoUrl, compact = false }: BrandProps) {
  const size = compact ? 32 : 40
  return (
    <RouterLink
      href={href}
      css={{
        display: 'inline-flex',
        verticalAlign: 'middle',
        alignItems: 'center',
        gap: '0.75rem',
        color: colour.foregroundText,
        textDecoration: 'none',
        minWidth: 0,
        ...focusRing,
      }}
    >
      <span
        css={{
          flexShrink: 0,
          display: 'inline-flex',
          [PHONE]: { display: compact ? 'none' : 'inline-flex' },
        }}
      >
        {logoUrl ? (
          <img src={logoUrl} alt="" height={size} css={{ maxWidth: size * 3, objectFit: 'contain' }} />
        ) : (
          <Crest size={size} />
        )}
      </span>
      <span css={{ minWidth: 0, lineHeight: 1.25 }}>
        <span
          css={{
            display: 'block',
            fontWeight: 'bold',
            fontSize: compact ? '1rem' : '1.125rem',
            [PHONE]: { fontSize: '1rem' },
          }}
        >
          {name}
        </span>
        <span
          css={{
            display: 'block',
            fontSize: compact ? '0.8125rem' : '0.875rem',
            color: colour.foregroundMuted,
          }}
        >
          {subline}
        </span>
      </span>
    </RouterLink>
  )
}

/** Stands in for the crest of a council that has not given its own. */
function Crest({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 40 40" aria-hidden focusable={false}>
      <path
        d="M20 2 35 6v14c0 9-6.5 14.5-15 18C11.500 34.500 5 29 5 20V6z"
        fill={colour.backgroundShade}
        stroke="currentColor"
        strokeWidth="2"
      />
      <circle cx="20" cy="13" r="4" fill={colour.accent} />
      <path
        d="M7 24c3-4 6-5 9-3 3-5 8-5 11 0 2-1 4-.5 6 1-1.500 7-6 11-13 14-7-3-11.500-6.500-13-12z"
        fill="currentColor"
      />
    </svg>
  )
}

import type { ReactNode } from 'react'
import { formatAddress } from '../format/address'
import { formatParcel } from '../format/parcel'
import { colour, PHONE, RADIUS } from '../theme/tokens'
import { Facts } from './facts'

export interface PropertyFacts {
  /** `54 Williwa Street, Portland NSW 2847`; the part after the first comma goes on a line of its own. */
  address: string | null
  /** `2/2/DP2288`; those that the order is for. */
  parcels: readonly string[]
  assessment?: string | null
  area?: string | null
  alsoKnownAs?: readonly string[]
}

/** `Lot 2 Section 2 DP 2288 and Lot 3 Section 2 DP 2288`. */
export function parcelsInWords(parcels: readonly string[]): string {
  return new Intl.ListFormat('en-AU').format(parcels.map((parcel) => formatParcel(parcel)))
}

/** `Lot 2 Section 2 DP 2288, assessment 104882`: the line under an address that is a title. */
export function propertyLine({ parcels, assessment }: Pick<PropertyFacts, 'parcels' | 'assessment'>): string {
  return [parcelsInWords(parcels), assessment ? `assessment ${assessment}` : ''].filter(Boolean).join(', ')
}

interface PropertyIdentityProps extends PropertyFacts {
  /** A link at the right of the address: Change. */
  action?: ReactNode
  /** A small map beside it. */
  aside?: ReactNode
  level?: 2 | 3
}

/** The property in full, in the one order used everywhere: address, land, assessment, area. */
export function PropertyIdentity({ action, aside, level = 2, ...property }: PropertyIdentityProps) {
  const { parcels, assessment, area, alsoKnownAs = [] } = property
  const address = property.address && formatAddress(property.address)
  const Heading = `h${level}` as const
  const comma = address?.indexOf(', ') ?? -1
  const lines =
    address && comma > 0
      ? [address.slice(0, comma), address.slice(comma + 2)]
      : [address ?? 'No street address']
  return (
    <div
      css={{
        display: 'flex',
        border: `1px solid ${colour.borderMuted}`,
        borderRadius: RADIUS.panel,
        overflow: 'hidden',
        [PHONE]: { flexDirection: 'column' },
      }}
    >
      <div css={{ flexGrow: 1, padding: '1rem 1.25rem', minWidth: 0 }}>
        <div css={{ display: 'flex', justifyContent: 'space-between', gap: '1rem', marginBottom: '0.75rem' }}>
          <Heading css={{ fontSize: '1.25rem', lineHeight: 1.25 }}>
            {lines.map((line) => (
              <span key={line} css={{ display: 'block' }}>
                {line}
              </span>
            ))}
          </Heading>
          {action}
        </div>
        <Facts
          labels="8rem"
          of={[
            [
              'Land',
              <strong key="land">
                {parcels.length > 0 ? parcelsInWords(parcels) : 'No lot is known here'}
              </strong>,
            ],
            !!assessment && ['Assessment', assessment],
            !!area && ['Area', area],
            alsoKnownAs.length > 0 && ['Also known as', alsoKnownAs.join('; ')],
          ]}
        />
      </div>
      {aside}
    </div>
  )
}

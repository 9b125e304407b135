import type { ReactNode } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatMoney, formatParcel, Notice } from '@banksia/kit'
import type { BasketLineRead, BasketRead, CatalogueRead, SuccessorRead } from '../api'
import { choosePage } from '../routes'
import { type BasketLine, changeLines, removeLine } from './basket'
import { BoughtLately } from './bought-lately'
import { priced, repriced, unsold } from './prices'

interface BasketNoticesProps {
  lines: readonly BasketLine[]
  read: BasketRead | undefined
  catalogue: CatalogueRead
}

/** What a customer must know of the basket before paying: each sentence with its way out beside it. */
export function BasketNotices({ lines, read, catalogue }: BasketNoticesProps) {
  const found = read?.lines.length === lines.length ? read.lines : []
  const titleOf = (code: string, line?: BasketLineRead) =>
    catalogue.products.find((product) => product.code === code)?.short_title ?? line?.product_title ?? code
  const left = unsold(lines, catalogue)
  return (
    <>
      <NewFees lines={lines} catalogue={catalogue} />
      {lines.map((line, index) => {
        const each = found[index]
        const name = `${titleOf(line.product, each)} for ${formatParcel(line.parcel)}`
        return each ? (
          <LineNotice
            key={`${line.propertyId} ${line.parcel} ${line.product}`}
            line={line}
            name={name}
            read={each}
            container={each.contained_in === null ? undefined : lines[each.contained_in]}
            titleOf={titleOf}
            isLeftOut={left.includes(line)}
          />
        ) : null
      })}
    </>
  )
}

/** The fees that changed while the basket was open: old and new, and the step that accepts them. */
function NewFees({ lines, catalogue }: Pick<BasketNoticesProps, 'lines' | 'catalogue'>) {
  const changed = repriced(lines, catalogue)
  if (changed.length === 0) return null
  return (
    <Notice tone="warning" role="alert" title="The fees have changed since you chose">
      <ul css={{ paddingLeft: '1.25rem' }}>
        {changed.map((line) => (
          <li key={`${line.propertyId} ${line.parcel} ${line.product}`}>
            {line.title} for {formatParcel(line.parcel)}: was {formatMoney(line.seenCents ?? 0)}, is now{' '}
            <strong>{formatMoney(line.cents)}</strong>
          </li>
        ))}
      </ul>
      <WayOut
        onClick={() => {
          changeLines((kept) =>
            kept.map((line) => ({
              ...line,
              seenCents: priced([line], catalogue)[0]?.cents ?? line.seenCents,
            })),
          )
        }}
      >
        Accept the new fees
      </WayOut>
    </Notice>
  )
}

interface LineNoticeProps {
  line: BasketLine
  name: string
  read: BasketLineRead
  container: BasketLine | undefined
  titleOf: (code: string) => string
  /** Its product is not sold: the rest is ordered without it. */
  isLeftOut: boolean
}

function LineNotice({ line, name, read, container, titleOf, isLeftOut }: LineNoticeProps) {
  const [obstacle] = read.obstacles
  const remove = () => {
    removeLine(line)
  }
  if (obstacle) {
    const merges = obstacle.kind === 'contained' && container
    return (
      <Notice tone="error" title={merges ? `${name} is included already` : `${name} cannot be ordered`}>
        <p>
          {obstacle.message}
          {isLeftOut ? ' It is not part of what you order now.' : ''}
        </p>
        <SuccessorLinks successors={read.successors} product={line.product} />
        <WayOut onClick={remove}>
          {merges ? `Keep only ${titleOf(container.product)}` : `Remove ${name}`}
        </WayOut>
      </Notice>
    )
  }
  if (read.earlier) {
    return (
      <Notice tone="warning" title={`${name} may be a second time`}>
        <p>
          <BoughtLately line={read.earlier} /> Order it again only if you need a new one.
        </p>
        <WayOut onClick={remove}>{`Remove ${name}`}</WayOut>
      </Notice>
    )
  }
  if (read.also_at === null) return null
  return (
    <Notice tone="warning" title={`${name} is in your order twice`}>
      <p>The lot stands under two properties. Keep both only if you need one for each.</p>
      <WayOut onClick={remove}>Remove the second</WayOut>
    </Notice>
  )
}

/** The lots that a historic one became, each with its page. */
export function SuccessorLinks({
  successors,
  product,
}: {
  successors: readonly SuccessorRead[]
  product?: string
}) {
  if (successors.length === 0) return null
  return (
    <>
      <p>It became:</p>
      {/* Each is a target of its own: a finger must not meet its neighbour. */}
      <ul css={{ paddingLeft: '1.25rem', display: 'grid', gap: '0.5rem', marginTop: '0.25rem' }}>
        {successors.map((each) => (
          <li key={each.parcel}>
            {each.property_id ? (
              <TextLink
                href={choosePage.href({
                  params: { propertyId: each.property_id },
                  search: { parcel: each.parcel, product },
                })}
              >
                {each.parcel_title}
              </TextLink>
            ) : (
              each.parcel_title
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function WayOut({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <p css={{ marginTop: '0.5rem' }}>
      {/* It names a certificate and its lot, and takes two lines where one is too short for them. */}
      <Button size="sm" variant="secondary" onClick={onClick} css={{ borderWidth: 2, textAlign: 'left' }}>
        {children}
      </Button>
    </p>
  )
}

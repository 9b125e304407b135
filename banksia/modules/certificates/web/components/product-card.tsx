import type { PropsWithChildren, ReactNode } from 'react'
import { Checkbox } from '@ag.ds-next/react/checkbox'
import { Radio } from '@ag.ds-next/react/radio'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, formatDay, formatMoney, formatTime, Money, PHONE, RADIUS } from '@banksia/kit'
import type { CatalogueProductRead } from '../api'

interface ProductCardProps {
  product: CatalogueProductRead
  chosen: boolean
  urgent: boolean
  /** Why it cannot be chosen now, with the way out. */
  refused?: { sentence: string; way: string; take: () => void } | null
  /** When this customer bought the same for this lot lately. */
  earlier?: ReactNode
  onChoose: (chosen: boolean) => void
  onUrgent: (urgent: boolean) => void
}

/** One certificate that can be ordered for this land, with its fee and due dates. */
export function ProductCard({
  product,
  chosen,
  urgent,
  refused,
  earlier,
  onChoose,
  onUrgent,
}: ProductCardProps) {
  const disabled = Boolean(product.closed) || Boolean(refused) || product.fee_cents === null
  return (
    <Card chosen={chosen}>
      <div css={{ display: 'flex', justifyContent: 'space-between', gap: '1rem' }}>
        <Checkbox
          checked={chosen}
          disabled={disabled}
          onChange={(event) => {
            onChoose(event.target.checked)
          }}
        >
          <strong>{product.title}</strong>
        </Checkbox>
        <strong css={{ paddingTop: '0.5rem' }}>
          {product.fee_cents === null ? null : <Money cents={product.fee_cents} />}
        </strong>
      </div>
      <div css={{ paddingLeft: '2.75rem', fontSize: '0.9375rem', display: 'grid', gap: '0.375rem' }}>
        <p>{product.description}</p>
        {product.closed ? <Closed product={product} /> : null}
        {earlier ? <p>{earlier}</p> : null}
        {refused ? (
          <p>
            {refused.sentence}{' '}
            <TextLink
              href="#choose"
              onClick={(event) => {
                event.preventDefault()
                refused.take()
              }}
            >
              {refused.way}
            </TextLink>
          </p>
        ) : null}
        {chosen ? (
          <Speed product={product} urgent={urgent} onUrgent={onUrgent} />
        ) : (
          <StandardDue product={product} />
        )}
      </div>
    </Card>
  )
}

function Card({ chosen, children }: PropsWithChildren<{ chosen: boolean }>) {
  return (
    <li
      css={{
        padding: '0.75rem 1.25rem 1rem 1rem',
        border: `${chosen ? '2px' : '1px'} solid ${chosen ? colour.foregroundAction : colour.borderMuted}`,
        margin: chosen ? 0 : 1,
        borderRadius: RADIUS.panel,
        background: chosen ? colour.selectedMuted : colour.backgroundBody,
      }}
    >
      {children}
    </li>
  )
}

function StandardDue({ product }: { product: CatalogueProductRead }) {
  if (product.closed || !product.standard_due_on) return null
  return (
    <p>
      Due by <strong>{formatDay(product.standard_due_on)}</strong>
    </p>
  )
}

/** The reason says when it opens again, where that day is set. */
function Closed({ product }: { product: CatalogueProductRead }) {
  return (
    <p>
      <strong>Closed now.</strong> {product.closed?.reason}
    </p>
  )
}

/** Something that is lodged elsewhere: a link, not a sale. */
export function LinkCard({ product }: { product: CatalogueProductRead }) {
  return (
    <Card chosen={false}>
      <p css={{ paddingTop: '0.5rem' }}>
        <strong>{product.title}</strong>
      </p>
      <p css={{ fontSize: '0.9375rem' }}>
        {product.description}{' '}
        <TextLink href={product.link_url ?? ''}>Go to {hostOf(product.link_url)}</TextLink>
      </p>
    </Card>
  )
}

function hostOf(url: string | null): string {
  try {
    return new URL(url ?? '').hostname.replace(/^www\./, '')
  } catch {
    return 'the other site'
  }
}

interface SpeedProps {
  product: CatalogueProductRead
  urgent: boolean
  onUrgent: (urgent: boolean) => void
}

function Speed({ product, urgent, onUrgent }: SpeedProps) {
  if (product.urgent_fee_cents === null || !product.urgent_due_on) return <StandardDue product={product} />
  const name = `speed-${product.code}`
  const cutOff = product.cut_off
    ? ` Pay by ${formatTime(product.cut_off)} on a working day for it to count from that day.`
    : ''
  return (
    <fieldset
      css={{
        border: 0,
        borderTop: `1px solid ${colour.borderMuted}`,
        margin: 0,
        padding: '0.5rem 0 0',
        display: 'grid',
        gap: '0.5rem 1.5rem',
        gridTemplateColumns: '1fr 1fr',
        [PHONE]: { gridTemplateColumns: '1fr' },
      }}
    >
      <legend css={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
        How soon: {product.title}
      </legend>
      <div>
        <Radio
          name={name}
          size="sm"
          checked={!urgent}
          onChange={() => {
            onUrgent(false)
          }}
        >
          Standard
          {product.standard_due_on ? (
            <>
              , due by <strong>{formatDay(product.standard_due_on)}</strong>
            </>
          ) : null}
        </Radio>
        <p css={{ fontSize: '0.875rem', paddingLeft: '2rem' }}>Included in the fee</p>
      </div>
      <div>
        <Radio
          name={name}
          size="sm"
          checked={urgent}
          onChange={() => {
            onUrgent(true)
          }}
        >
          Urgent, due by <strong>{formatDay(product.urgent_due_on)}</strong>
        </Radio>
        <p css={{ fontSize: '0.875rem', paddingLeft: '2rem' }}>
          {formatMoney(product.urgent_fee_cents)} more.{cutOff}
        </p>
      </div>
    </fieldset>
  )
}

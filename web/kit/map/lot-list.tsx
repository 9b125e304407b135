import { useEffect, useRef, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour } from '../theme/tokens'
import { useIsPhone } from '../theme/use-media'
import type { MapLot } from './lots'

interface LotListProps {
  lots: readonly MapLot[]
  active: string | undefined
  onActive: (id: string | undefined) => void
}

/** The same lots in words: what the pointer or the keyboard is on stands out on the map. */
export function LotList({ lots, active, onActive }: LotListProps) {
  const own = lots.filter((lot) => lot.own)
  const others = lots.filter((lot) => !lot.own)
  return (
    <div css={{ overflowY: 'auto', maxHeight: '34rem', '@media (max-width: 1023px)': { maxHeight: 'none' } }}>
      <Part title="This property" lots={own} active={active} onActive={onActive} />
      <Part
        title={others.length === 1 ? '1 lot nearby' : `${others.length} lots nearby`}
        lots={others}
        active={active}
        onActive={onActive}
      />
    </div>
  )
}

/** So many rows of a part stand on a phone until all are asked for: elsewhere the list scrolls within itself. */
const FIRST = 12

function Part({ title, lots, active, onActive }: LotListProps & { title: string }) {
  const phone = useIsPhone()
  const [all, setAll] = useState(false)
  if (lots.length === 0) return null
  const shown = phone && !all ? lots.slice(0, FIRST) : lots
  return (
    <>
      <h3
        css={{
          padding: '0.5rem 1rem',
          background: colour.backgroundShade,
          borderBottom: `1px solid ${colour.borderMuted}`,
          fontSize: '0.8125rem',
        }}
      >
        {title}
      </h3>
      <ul css={{ listStyle: 'none' }}>
        {shown.map((lot) => (
          <LotRow key={lot.id} lot={lot} active={lot.id === active} onActive={onActive} />
        ))}
      </ul>
      {shown.length < lots.length ? (
        <div css={{ padding: '0.75rem 1rem' }}>
          <Button size="sm" variant="secondary" onClick={() => setAll(true)}>
            {`Show all ${lots.length}`}
          </Button>
        </div>
      ) : null}
    </>
  )
}

interface LotRowProps {
  lot: MapLot
  active: boolean
  onActive: LotListProps['onActive']
}

function LotRow({ lot, active, onActive }: LotRowProps) {
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <li
      ref={row}
      aria-current={active ? true : undefined}
      onPointerEnter={() => onActive(lot.id)}
      onPointerLeave={() => onActive(undefined)}
      onFocus={() => onActive(lot.id)}
      onBlur={() => onActive(undefined)}
      css={{
        padding: '0.5rem 1rem',
        borderBottom: `1px solid ${colour.borderMuted}`,
        background: active ? colour.selectedMuted : undefined,
        boxShadow: active ? `inset 3px 0 ${colour.selected}` : undefined,
      }}
    >
      <div css={{ fontWeight: lot.own ? 'bold' : 'normal' }}>
        {lot.href ? <TextLink href={lot.href}>{lot.title}</TextLink> : lot.title}
      </div>
      <div css={{ fontSize: '0.8125rem', color: colour.foregroundMuted }}>
        {[lot.detail, lot.geometry ? '' : 'no boundary is known'].filter(Boolean).join(', ')}
      </div>
    </li>
  )
}

import { Button } from '@ag.ds-next/react/button'
import {
  colour,
  formatAddress,
  formatDay,
  formatParcel,
  Money,
  PHONE,
  slimButtons,
  Tag,
  UrgentTag,
} from '@banksia/kit'
import type { BulkRow, BulkRowRead, CatalogueRead } from '../api'
import { BoughtLately } from './bought-lately'
import { BulkCorrection } from './bulk-correction'
import { writtenLand } from './bulk-rows'

interface BulkRowCardProps {
  read: BulkRowRead
  catalogue: CatalogueRead
  busy: boolean
  isOut: boolean
  onCorrect: (row: BulkRow) => void
  onLeave: (row: BulkRowRead) => void
  onTakeBack: (row: BulkRowRead) => void
}

const VERDICTS: Record<BulkRowRead['verdict'], string> = {
  ready: 'Ready',
  unreadable: 'Cannot be read',
  not_found: 'Not found',
  several: 'Several match',
  historic: 'No longer exists',
  proposed: 'Not registered yet',
  product_unknown: 'Unknown certificate',
  product_closed: 'Closed now',
  not_urgent: 'Not urgent',
  contained: 'Included in another',
  twice: 'Twice',
}

/** One row: what was written, what it means, and when it is not ready, what to choose from. */
export function BulkRowCard({ read, isOut, onLeave, onTakeBack, ...correction }: BulkRowCardProps) {
  const isReady = read.verdict === 'ready'
  return (
    <li
      css={{
        display: 'grid',
        gridTemplateColumns: '3rem minmax(0, 1fr) auto',
        gap: '0.25rem 1rem',
        padding: '0.75rem 1rem',
        borderTop: `1px solid ${colour.borderMuted}`,
        '&:first-of-type': { borderTop: 0 },
        fontSize: '0.9375rem',
        [PHONE]: { gridTemplateColumns: '2.5rem minmax(0, 1fr)' },
      }}
    >
      <span css={{ color: colour.foregroundMuted }}>
        <span css={{ fontSize: '0.75rem', display: 'block' }}>Row</span>
        {read.row}
      </span>
      <div css={{ minWidth: 0, display: 'grid', gap: '0.25rem' }}>
        <Land read={read} />
        <p>
          <strong>{read.product_title ?? (read.product || 'No certificate')}</strong>{' '}
          {read.is_urgent ? <UrgentTag /> : null}
          {read.due_on ? ` Due by ${formatDay(read.due_on)}.` : ''}
          {read.matter ? (
            <span css={{ color: colour.foregroundMuted }}>{` Matter ${read.matter}`}</span>
          ) : null}
        </p>
        {read.message ? <p>{read.message}</p> : null}
        {isReady && read.earlier ? (
          <p>
            <BoughtLately line={read.earlier} />
          </p>
        ) : null}
        {isReady && read.also_row !== null ? (
          <p>
            <strong>Row {read.also_row} orders the same</strong> under another matter.
          </p>
        ) : null}
        {isReady || isOut ? null : <BulkCorrection read={read} {...correction} />}
      </div>
      <div
        css={{
          display: 'grid',
          justifyItems: 'end',
          alignContent: 'start',
          gap: '0.25rem',
          [PHONE]: { gridColumn: 2, justifyItems: 'start' },
          ...slimButtons,
        }}
      >
        {isReady && read.cents !== null ? <Money cents={read.cents} /> : <Tag>{VERDICTS[read.verdict]}</Tag>}
        <Button
          size="sm"
          variant="tertiary"
          onClick={() => {
            if (isOut) onTakeBack(read)
            else onLeave(read)
          }}
          aria-label={`${isOut ? 'Put back' : 'Leave out'} row ${String(read.row)}`}
        >
          {isOut ? 'Put back' : 'Leave out'}
        </Button>
      </div>
    </li>
  )
}

/** The lot that was found, in full; else what was written. */
function Land({ read }: { read: BulkRowRead }) {
  if (!read.found_parcel) return <p>{writtenLand(read)}</p>
  return (
    <p>
      {read.found_address ? `${formatAddress(read.found_address)}, ` : ''}
      <strong>{formatParcel(read.found_parcel)}</strong>
    </p>
  )
}

import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Panel, slimButtons } from '@banksia/kit'
import type { BulkRow, BulkRowRead, CatalogueRead } from '../api'
import { BulkRowCard } from './bulk-row'
import type { BulkTable } from './bulk-rows'
import type { Leave } from './use-bulk-checks'

const AT_ONCE = 50

interface BulkRowListProps {
  table: BulkTable
  catalogue: CatalogueRead
  busy: boolean
  /** Look at the rows again: with others left out, or one of them corrected. */
  onChange: (leave: Leave, correction?: BulkRow) => Promise<void>
}

/** The rows of a list: what has to be corrected comes first, then what is ready, then what is left out. */
export function BulkRowList({ table, catalogue, busy, onChange }: BulkRowListProps) {
  const { read, leftOut } = table
  const isOut = ({ row }: BulkRowRead) => leftOut.includes(row)
  const active = read.rows.filter((row) => !isOut(row))
  const parts = [
    { title: 'To correct', rows: active.filter(({ verdict }) => verdict !== 'ready'), edge: true },
    { title: 'Ready', rows: active.filter(({ verdict }) => verdict === 'ready'), edge: false },
    { title: 'Left out', rows: read.rows.filter(isOut), edge: false },
  ]
  return (
    <div css={{ display: 'grid', gap: '1.5rem' }} aria-busy={busy}>
      {parts.map(({ title, rows, edge }) =>
        rows.length > 0 ? (
          <Part
            key={title}
            title={`${title}: ${String(rows.length)}`}
            hint={title === 'To correct' ? table.fileName : undefined}
            edge={edge}
            rows={rows}
            catalogue={catalogue}
            busy={busy}
            isOut={title === 'Left out'}
            onCorrect={(row) => void onChange((left) => [...left], row)}
            onLeave={(row) => void onChange(withRows([row]))}
            onTakeBack={({ row }) => void onChange((left) => left.filter((each) => each !== row))}
            onLeaveAll={edge ? () => void onChange(withRows(rows)) : undefined}
          />
        ) : null,
      )}
    </div>
  )
}

/** The rows that are left out and these with them, each once. */
function withRows(rows: readonly BulkRowRead[]): Leave {
  return (leftOut) => [...new Set([...leftOut, ...rows.map(({ row }) => row)])]
}

interface PartProps {
  title: string
  hint?: string
  edge: boolean
  rows: readonly BulkRowRead[]
  catalogue: CatalogueRead
  busy: boolean
  isOut: boolean
  onCorrect: (row: BulkRow) => void
  onLeave: (row: BulkRowRead) => void
  onTakeBack: (row: BulkRowRead) => void
  onLeaveAll?: () => void
}

function Part({ title, hint, edge, rows, onLeaveAll, ...row }: PartProps) {
  const [shown, setShown] = useState(AT_ONCE)
  return (
    <Panel
      title={title}
      hint={hint}
      edge={edge ? 'warning' : undefined}
      flush
      action={
        onLeaveAll && rows.length > 1 ? (
          <Button size="sm" variant="tertiary" onClick={onLeaveAll}>
            Leave all of these out
          </Button>
        ) : undefined
      }
    >
      <ul css={{ listStyle: 'none' }}>
        {rows.slice(0, shown).map((each) => (
          <BulkRowCard key={each.row} read={each} {...row} />
        ))}
      </ul>
      {rows.length > shown ? (
        <p css={{ padding: '0.75rem 1rem', ...slimButtons }}>
          <Button
            size="sm"
            variant="secondary"
            onClick={() => {
              setShown(shown + AT_ONCE)
            }}
          >
            {`Show ${String(Math.min(AT_ONCE, rows.length - shown))} more`}
          </Button>
        </p>
      ) : null}
    </Panel>
  )
}

import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { DataTable, EmptyState, Loaded, Panel, RowCard, slimButtons, Tag } from '@banksia/kit'
import { listClassesOptions, type RetentionClassRead } from '../../api'
import { ClassForm } from './class-form'
import { periodOfClass } from './words'

/** The classes of the disposal authority, with a form for a new one or the one that is changed. */
export function Classes() {
  const classes = useQuery(listClassesOptions())
  const [open, setOpen] = useState<RetentionClassRead | 'new'>()
  const close = () => {
    setOpen(undefined)
  }
  return (
    <>
      {open ? (
        <Panel title={open === 'new' ? 'New class' : `Change ${open.code}`}>
          <ClassForm
            key={open === 'new' ? 'new' : open.id}
            read={open === 'new' ? undefined : open}
            onDone={close}
          />
        </Panel>
      ) : (
        <div css={slimButtons}>
          <Button
            size="sm"
            onClick={() => {
              setOpen('new')
            }}
          >
            Add a class
          </Button>
        </div>
      )}
      <Loaded query={classes} failed="The classes could not be loaded">
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState>No class yet. Add those of the disposal authority that the council uses.</EmptyState>
          ) : (
            <ClassTable rows={rows} onChange={setOpen} />
          )
        }
      </Loaded>
    </>
  )
}

interface ClassTableProps {
  rows: readonly RetentionClassRead[]
  onChange: (read: RetentionClassRead) => void
}

function ClassTable({ rows, onChange }: ClassTableProps) {
  const change = (row: RetentionClassRead) => (
    <span css={slimButtons}>
      <Button
        size="sm"
        variant="tertiary"
        aria-label={`Change ${row.code}`}
        onClick={() => {
          onChange(row)
        }}
      >
        Change
      </Button>
    </span>
  )
  return (
    <DataTable
      caption="Retention classes"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { key: 'title', header: 'Class', cell: (row) => <Title row={row} /> },
        { key: 'period', header: 'Kept', width: '22rem', cell: periodOfClass },
        { key: 'authority', header: 'Authority and code', width: '12rem', cell: authorityOf },
        { key: 'change', header: 'Change', width: '6rem', cell: change },
      ]}
      card={(row) => (
        <RowCard
          title={<Title row={row} />}
          detail={periodOfClass(row)}
          start={`${row.authority}, ${row.code}`}
          end={change(row)}
        />
      )}
    />
  )
}

const authorityOf = ({ authority, code }: RetentionClassRead) => (
  <>
    {authority}
    <span className="detail">{code}</span>
  </>
)

function Title({ row }: { row: RetentionClassRead }) {
  return (
    <>
      <strong>{row.title}</strong> {row.is_active ? null : <Tag>Not in use</Tag>}
      <span className="detail">{row.action}</span>
    </>
  )
}

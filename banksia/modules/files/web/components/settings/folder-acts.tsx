import { Button } from '@ag.ds-next/react/button'
import { ArrowDownIcon, ArrowUpIcon } from '@ag.ds-next/react/icon'
import { colour, focusRing, RADIUS, slimButtons } from '@banksia/kit'
import type { TreeRow } from './tree'

interface FolderActsProps {
  row: TreeRow
  /** Its form is open under it. */
  open: boolean
  moving: boolean
  onMove: (by: -1 | 1) => void
  onChange: () => void
}

/** Move a folder among those beside it, or open it for changes. */
export function FolderActs({ row, open, moving, onMove, onChange }: FolderActsProps) {
  const { folder, beside } = row
  const place = beside.indexOf(folder)
  return (
    <div css={{ display: 'flex', flexShrink: 0, alignItems: 'center', gap: '0.375rem', ...slimButtons }}>
      <Move name={folder.name} by={-1} end={place === 0} moving={moving} onMove={onMove} />
      <Move name={folder.name} by={1} end={place === beside.length - 1} moving={moving} onMove={onMove} />
      <Button
        size="sm"
        variant="tertiary"
        aria-expanded={open}
        aria-label={`Change ${folder.name}`}
        onClick={onChange}
      >
        Change
      </Button>
    </div>
  )
}

interface MoveProps extends Pick<FolderActsProps, 'moving' | 'onMove'> {
  name: string
  by: -1 | 1
  /** There is nothing further that way. It stays focusable, so that who pressed it last keeps the place. */
  end: boolean
}

function Move({ name, by, end, moving, onMove }: MoveProps) {
  const Icon = by < 0 ? ArrowUpIcon : ArrowDownIcon
  const words = `Move ${name} ${by < 0 ? 'up' : 'down'}`
  return (
    <button
      type="button"
      aria-label={words}
      title={words}
      aria-disabled={end || moving}
      onClick={() => {
        if (!end && !moving) onMove(by)
      }}
      css={{
        display: 'inline-flex',
        padding: '0.375rem',
        border: `1px solid ${colour.borderMuted}`,
        borderRadius: RADIUS.control,
        background: colour.backgroundBody,
        color: end ? colour.borderMuted : colour.foregroundAction,
        cursor: end ? 'default' : 'pointer',
        svg: { width: '1.125rem', height: '1.125rem' },
        ...focusRing,
      }}
    >
      <Icon color="inherit" />
    </button>
  )
}

import { type ReactNode, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Panel } from '../display/panel'
import { colour } from '../theme/tokens'
import type { Upload } from './upload-queue'
import { UploadRow } from './upload-row'

interface UploadRowsProps {
  uploads: readonly Upload[]
  onRemove: (...ids: readonly string[]) => void
  onRetry: (id: string) => void
  /** What can be done about one that failed, where trying again is not the answer. */
  wayOut?: (upload: Upload) => ReactNode
}

/** So many files are drawn row by row. */
const FEW = 10
/** So many rows of one state are drawn at most. */
const MOST = 50

/** `1 stored, 1 uploading, 1 needs you`. */
export function uploadSummary(uploads: readonly Upload[]): string {
  const words = [
    ['stored', 'stored'],
    ['uploading', 'uploading'],
    ['waiting', 'waiting'],
    ['failed', 'needs you'],
  ] as const
  const counted = words.map(
    ([state, word]) => [uploads.filter((upload) => upload.state === state).length, word] as const,
  )
  return counted
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString('en-AU')} ${word}`)
    .join(', ')
}

/**
 * The files under way, each with how far it is and what it needs. Of more than a few, those that wait and those that are
 * stored are one line each, which opens: a drop has thousands.
 */
export function UploadRows({ uploads, onRemove, onRetry, wayOut }: UploadRowsProps) {
  if (uploads.length === 0) return null
  const count = uploads.length.toLocaleString('en-AU')
  const title = uploads.length === 1 ? 'Adding 1 file' : `Adding ${count} files`
  const of = (state: Upload['state']) => uploads.filter((upload) => upload.state === state)
  const rowOf = (upload: Upload) => (
    <UploadRow
      key={upload.id}
      upload={upload}
      onRemove={() => onRemove(upload.id)}
      onRetry={() => onRetry(upload.id)}
      wayOut={upload.state === 'failed' ? wayOut?.(upload) : undefined}
    />
  )
  const folds = { rowOf, onRemove }
  return (
    <Panel flush title={title} action={<span role="status">{uploadSummary(uploads)}</span>}>
      <ul css={list}>
        {uploads.length <= FEW ? (
          uploads.map(rowOf)
        ) : (
          <>
            <Capped uploads={of('failed')} rowOf={rowOf} word="need you" />
            {of('uploading').map(rowOf)}
            <Fold uploads={of('waiting')} word="waiting" clear="Cancel all that wait" {...folds} />
            <Fold uploads={of('stored')} word="stored" clear="Hide all that are stored" {...folds} />
          </>
        )}
      </ul>
    </Panel>
  )
}

interface CappedProps {
  uploads: readonly Upload[]
  rowOf: (upload: Upload) => ReactNode
  word: string
}

/** As many rows as a person reads, and how many more there are. */
function Capped({ uploads, rowOf, word }: CappedProps) {
  const more = uploads.length - MOST
  return (
    <>
      {uploads.slice(0, MOST).map(rowOf)}
      {more > 0 ? <li css={words}>{`${more.toLocaleString('en-AU')} more ${word}.`}</li> : null}
    </>
  )
}

interface FoldProps extends CappedProps {
  /** What takes all of them off the list. */
  clear: string
  onRemove: (...ids: readonly string[]) => void
}

/** `1,470 waiting`: one line for all of a state, which opens. */
function Fold({ uploads, rowOf, word, clear, onRemove }: FoldProps) {
  const [open, setOpen] = useState(false)
  if (uploads.length === 0) return null
  return (
    <>
      <li css={{ ...words, display: 'flex', flexWrap: 'wrap', gap: '0.25rem 1rem' }}>
        <Button variant="text" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          {`${uploads.length.toLocaleString('en-AU')} ${word}`}
        </Button>
        <Button variant="text" size="sm" onClick={() => onRemove(...uploads.map(({ id }) => id))}>
          {clear}
        </Button>
      </li>
      {open ? <Capped uploads={uploads} rowOf={rowOf} word={word} /> : null}
    </>
  )
}

const list = {
  listStyle: 'none',
  '& > li + li': { borderTop: `1px solid ${colour.borderMuted}` },
} as const
const words = {
  padding: '0.375rem 0.75rem',
  fontSize: '0.875rem',
  '& button, & button *': { fontSize: 'inherit' },
} as const

import { lazy, Suspense } from 'react'
import { colour, PHONE, RADIUS, SkeletonRows, useIsPhone } from '@banksia/kit'
import type { FileRead } from '../api'
import { filePage } from '../routes'
import { Uploading } from './adding'
import { Documents } from './documents'
import { Folders, FolderSelect, NewApplication } from './folders'

const Details = lazy(async () => ({ default: (await import('./details')).Details }))
const UNDER = '@media (max-width: 1023px)'

/**
 * Folders, documents and details beside each other on a desk; on a phone the details are a page of their own. They stay
 * the same part of the page at every width: who turns a tablet, or enlarges the page, goes on in the form that is open.
 */
export function Workspace({ file }: { file: FileRead }) {
  const { document } = filePage.useSearch()
  const phone = useIsPhone()
  const alone = phone && document !== undefined
  return (
    <div css={{ ...desk, gridTemplateColumns: `13.5rem minmax(0, 1fr)${document ? ' 19rem' : ''}` }}>
      {alone ? null : phone ? <FoldersOfPhone file={file} /> : <FoldersOfDesk file={file} />}
      {alone ? <Uploading propertyId={file.property_id} /> : <List file={file} />}
      {document ? (
        <div css={details}>
          <div css={{ position: 'sticky', top: 0, maxHeight: '100vh', overflowY: 'auto', [UNDER]: flowing }}>
            <Suspense fallback={<SkeletonRows />}>
              <Details key={document} file={file} documentId={document} />
            </Suspense>
          </div>
        </div>
      ) : null}
    </div>
  )
}

function FoldersOfDesk({ file }: { file: FileRead }) {
  return (
    <div
      css={{
        background: colour.backgroundShade,
        borderRight: `1px solid ${colour.borderMuted}`,
        borderRadius: `${String(RADIUS.panel)}px 0 0 ${String(RADIUS.panel)}px`,
        [UNDER]: { gridRow: 'span 2' },
      }}
    >
      <Folders file={file} />
    </div>
  )
}

function FoldersOfPhone({ file }: { file: FileRead }) {
  const { as_at } = filePage.useSearch()
  return (
    <div>
      <FolderSelect file={file} />
      {as_at ? null : <NewApplication propertyId={file.property_id} />}
    </div>
  )
}

function List({ file }: { file: FileRead }) {
  const { folder: folderId } = filePage.useSearch()
  const folder = file.folders.find(({ id }) => id === folderId)
  return (
    <div css={{ padding: '1rem', minWidth: 0, [PHONE]: { padding: 0 } }}>
      <Documents key={folderId ?? 'all'} file={file} folder={folder} />
    </div>
  )
}

const desk = {
  display: 'grid',
  border: `1px solid ${colour.borderMuted}`,
  borderRadius: RADIUS.panel,
  minHeight: '32rem',
  [UNDER]: { gridTemplateColumns: '13.5rem minmax(0, 1fr)', gridTemplateRows: 'auto 1fr' },
  [PHONE]: {
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateRows: 'auto',
    gap: '1rem',
    border: 0,
    minHeight: 0,
  },
} as const
const details = {
  borderLeft: `1px solid ${colour.borderMuted}`,
  minWidth: 0,
  [UNDER]: { gridColumn: 2, borderLeft: 0 },
  [PHONE]: { gridColumn: 1 },
} as const
const flowing = { position: 'static', maxHeight: 'none', overflowY: 'visible' } as const

import { lazy, Suspense } from 'react'
import { colour, RADIUS, SkeletonRows, useIsPhone, useMedia } from '@banksia/kit'
import type { FileRead } from '../api'
import { filePage } from '../routes'
import { Documents } from './documents'
import { Folders, FolderSelect, NewApplication } from './folders'

const Details = lazy(async () => ({ default: (await import('./details')).Details }))

/** Folders, documents and details beside each other on a desk; on a phone the details are a page of their own. */
export function Workspace({ file }: { file: FileRead }) {
  const { folder: folderId, document, as_at } = filePage.useSearch()
  const phone = useIsPhone()
  const narrow = useMedia('(max-width: 1023px)')
  const folder = file.folders.find(({ id }) => id === folderId)
  const documents = <Documents key={folderId ?? 'all'} file={file} folder={folder} />
  if (phone) {
    return (
      <div css={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <div>
          <FolderSelect file={file} />
          {as_at ? null : <NewApplication propertyId={file.property_id} />}
        </div>
        {documents}
      </div>
    )
  }
  const beside = document && !narrow
  return (
    <div
      css={{
        display: 'grid',
        gridTemplateColumns: `13.5rem minmax(0, 1fr)${beside ? ' 19rem' : ''}`,
        border: `1px solid ${colour.borderMuted}`,
        borderRadius: RADIUS.panel,
        minHeight: '32rem',
      }}
    >
      <div
        css={{
          background: colour.backgroundShade,
          borderRight: `1px solid ${colour.borderMuted}`,
          borderRadius: `${String(RADIUS.panel)}px 0 0 ${String(RADIUS.panel)}px`,
        }}
      >
        <Folders file={file} />
      </div>
      <div css={{ padding: '1rem', minWidth: 0 }}>
        {documents}
        {document && narrow ? (
          <Suspense fallback={<SkeletonRows />}>
            <Details key={document} file={file} documentId={document} />
          </Suspense>
        ) : null}
      </div>
      {beside ? (
        <div css={{ borderLeft: `1px solid ${colour.borderMuted}`, minWidth: 0 }}>
          <div css={{ position: 'sticky', top: 0, maxHeight: '100vh', overflowY: 'auto' }}>
            <Suspense fallback={<SkeletonRows />}>
              <Details key={document} file={file} documentId={document} />
            </Suspense>
          </div>
        </div>
      ) : null}
    </div>
  )
}

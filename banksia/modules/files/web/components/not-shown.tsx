import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, ErrorPanel, formatDayAndTime, Notice, problemOf, rowsOf } from '@banksia/kit'
import { type DocumentDetail, type FileRead, readDocumentLogInfiniteOptions } from '../api'
import { filePage } from '../routes'
import { CloseDetails } from './close-details'

interface NotShownProps {
  file: FileRead
  error: unknown
  onRetry: () => void
}

/** In place of a document that cannot be shown: it has left the file, or something went wrong. */
export function NotShown({ file, error, onRetry }: NotShownProps) {
  return (
    <div css={{ display: 'flex', alignItems: 'flex-start', gap: '0.5rem' }}>
      <div css={{ flexGrow: 1, minWidth: 0 }}>
        {[404, 410, 422].includes(problemOf(error).status) ? (
          <Notice tone="info" title="This document is not in the file">
            <p>
              It was removed, or it lies where you may not look. <LogLink file={file} />
            </p>
          </Notice>
        ) : (
          <ErrorPanel error={error} title="The document could not be loaded" onRetry={onRetry} />
        )}
      </div>
      <CloseDetails />
    </div>
  )
}

function LogLink({ file }: { file: FileRead }) {
  const search = { view: 'log', kind: 'removal' } as const
  const href = filePage.href({ params: { propertyId: file.property_id }, search })
  return <TextLink href={href}>See who removed what, and when</TextLink>
}

/** Over a document that has left its file: when, and who decided it. */
export function Removed({ read }: { read: DocumentDetail }) {
  const log = useInfiniteQuery({
    ...readDocumentLogInfiniteOptions({ path: { document_id: read.id }, query: { limit: 50 } }),
    ...byCursor,
  })
  const entry = rowsOf(log.data).find(({ action }) => action === 'document_isolated')
  return (
    <Notice
      tone="warning"
      title={
        entry
          ? `Removed on ${formatDayAndTime(entry.created_at)} by ${entry.actor_name}`
          : 'Removed from the file'
      }
    >
      <p>
        {read.state === 'purged'
          ? 'It was destroyed since. Its title, its hash and its log stay.'
          : 'An administrator can restore it under In isolation.'}
      </p>
    </Notice>
  )
}

import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, ButtonLink } from '@ag.ds-next/react/button'
import { DownloadIcon } from '@ag.ds-next/react/icon'
import { byCursor, Loaded, PHONE, rowsOf, slimButtons, useMay, Views } from '@banksia/kit'
import { type DocumentDetail, type FileRead, listCommentsInfiniteOptions, readDocumentOptions } from '../api'
import { filePage } from '../routes'
import { CloseDetails } from './close-details'
import { Comments } from './comments'
import { DocumentFacts } from './document-facts'
import { DocumentLog } from './document-log'
import { EditDocument } from './edit-document'
import { NotShown, Removed } from './not-shown'
import { Preview } from './preview'
import { SendDialog } from './send-dialog'
import { printedAt } from './shown'
import { isUnsafe, UnsafeDownload } from './unsafe-download'
import { contentOf, smallWords } from './words'

/** One document: what it is, its versions, what was said and done about it. */
export function Details({ file, documentId }: { file: FileRead; documentId: string }) {
  const document = useQuery(readDocumentOptions({ path: { document_id: documentId } }))
  return (
    <section
      aria-label="Details of the document"
      css={{ padding: '1rem', minWidth: 0, [PHONE]: { padding: 0 } }}
    >
      {document.isError && document.data === undefined ? (
        <NotShown file={file} error={document.error} onRetry={() => void document.refetch()} />
      ) : (
        <Loaded query={document}>{(read) => <Shown file={file} read={read} />}</Loaded>
      )}
    </section>
  )
}

function Shown({ file, read }: { file: FileRead; read: DocumentDetail }) {
  const search = filePage.useSearch()
  const maySend = useMay('files.documents.send')
  const [asking, setAsking] = useState<'send' | 'edit'>()
  const close = () => {
    setAsking(undefined)
  }
  const printed = printedAt(read)
  return (
    <div css={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {asking === 'edit' ? (
        <EditDocument document={read} onClose={close} />
      ) : (
        <Title read={read} onEdit={() => setAsking('edit')} />
      )}
      {read.state === 'present' ? null : <Removed read={read} />}
      <Preview key={`${read.id} ${String(read.latest.number)}`} document={read} />
      {isUnsafe(read) ? <UnsafeDownload read={read} /> : null}
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', ...slimButtons }}>
        {isUnsafe(read) ? null : (
          <ButtonLink size="sm" iconBefore={DownloadIcon} href={contentOf(read.id, read.latest.number)}>
            Download
          </ButtonLink>
        )}
        {printed ? (
          <ButtonLink size="sm" variant="secondary" href={printed} target="_blank" rel="noreferrer">
            Print
          </ButtonLink>
        ) : null}
        {maySend ? (
          <Button size="sm" variant="secondary" onClick={() => setAsking('send')}>
            Send to owner
          </Button>
        ) : null}
      </div>
      <Tabs file={file} read={read} />
      {search.tab === 'comments' ? (
        <Comments key={read.id} propertyId={read.property_id} subject={{ document_id: read.id }} />
      ) : search.tab === 'log' ? (
        <DocumentLog key={read.id} documentId={read.id} />
      ) : (
        <DocumentFacts key={read.id} file={file} read={read} />
      )}
      {asking === 'send' ? (
        <SendDialog propertyId={file.property_id} documents={[read]} onClose={close} />
      ) : null}
    </div>
  )
}

interface TitleProps {
  read: DocumentDetail
  onEdit: () => void
}

function Title({ read, onEdit }: TitleProps) {
  const mayAdd = useMay('files.documents.add')
  return (
    <div>
      <div css={{ display: 'flex', justifyContent: 'space-between', gap: '0.5rem' }}>
        <h2 css={{ fontSize: '1rem', lineHeight: 1.4, overflowWrap: 'anywhere' }}>{read.title}</h2>
        <CloseDetails />
      </div>
      {read.description ? <p css={{ whiteSpace: 'pre-line' }}>{read.description}</p> : null}
      {mayAdd ? (
        <div css={smallWords}>
          <Button size="sm" variant="text" onClick={onEdit}>
            Edit title, description, date
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function Tabs({ file, read }: { file: FileRead; read: DocumentDetail }) {
  const search = filePage.useSearch()
  const comments = useInfiniteQuery({
    ...listCommentsInfiniteOptions({
      path: { property_id: read.property_id },
      query: { document_id: read.id, limit: 50 },
    }),
    ...byCursor,
  })
  const hrefOf = (tab: 'details' | 'comments' | 'log') =>
    filePage.href({ params: { propertyId: file.property_id }, search: { ...search, tab } })
  return (
    <Views
      label="About the document"
      active={hrefOf(search.tab)}
      views={[
        { label: 'Details', href: hrefOf('details') },
        { label: 'Comments', href: hrefOf('comments'), count: rowsOf(comments.data).length || null },
        { label: 'Log', href: hrefOf('log') },
      ]}
    />
  )
}

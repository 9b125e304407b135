import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  DropArea,
  formatBytes,
  formatDate,
  PagedList,
  RowCard,
  sha256Of,
  UploadRows,
  uploadFile,
  useMay,
  useUploads,
} from '@banksia/kit'
import { listDocumentsInfiniteOptions, type DocumentRead, type FileRead, type FolderSummary } from '../api'
import { filePage } from '../routes'

interface DocumentsProps {
  file: FileRead
  folder: FolderSummary | undefined
}

/** The documents of a folder, the last changed first, and the place where files are dropped. */
export function Documents({ file, folder }: DocumentsProps) {
  const mayAdd = useMay('files.documents.add')
  const search = filePage.useSearch()
  const documents = useInfiniteQuery({
    ...listDocumentsInfiniteOptions({
      path: { property_id: file.property_id },
      query: { folder_id: folder?.id, limit: 50 },
    }),
    ...byCursor,
  })
  const hrefOf = (document: DocumentRead) =>
    filePage.href({ params: { propertyId: file.property_id }, search: { ...search, document: document.id } })
  const folderName = (id: string) => file.folders.find((each) => each.id === id)?.name ?? ''
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      <h2 css={{ fontSize: '1rem' }}>{folder?.name ?? 'All documents'}</h2>
      {mayAdd && folder ? <Adding file={file} folder={folder} /> : null}
      {mayAdd && !folder ? <p>Open a folder to add documents to it.</p> : null}
      <PagedList
        query={documents}
        failed="The documents could not be loaded"
        empty={
          folder
            ? `No documents in ${folder.name} yet.${mayAdd ? ' Drop files here or choose files.' : ''}`
            : 'No documents in this file yet.'
        }
        shown={['document', 'documents']}
      >
        {(rows) => (
          <DataTable
            caption="Documents"
            rows={rows}
            rowKey={(document) => document.id}
            rowHref={hrefOf}
            columns={[
              {
                key: 'title',
                header: 'Title',
                cell: (document) => (
                  <>
                    <TextLink href={hrefOf(document)}>{document.title}</TextLink>
                    <span className="detail">
                      {[
                        folder ? '' : folderName(document.folder_id),
                        document.latest.number > 1 ? `version ${String(document.latest.number)}` : '',
                        document.latest.file_name,
                      ]
                        .filter(Boolean)
                        .join(', ')}
                    </span>
                  </>
                ),
              },
              {
                key: 'added',
                header: 'Added',
                width: '11rem',
                cell: (document) => (
                  <>
                    {formatDate(document.latest.created_at)}
                    <span className="detail">{document.latest.added_by_name}</span>
                  </>
                ),
              },
              {
                key: 'size',
                header: 'Size',
                align: 'right',
                width: '7rem',
                cell: (document) => formatBytes(document.latest.size),
              },
            ]}
            card={(document) => (
              <RowCard
                top={folderName(document.folder_id)}
                title={<TextLink href={hrefOf(document)}>{document.title}</TextLink>}
                detail={document.latest.file_name}
                start={`${formatDate(document.latest.created_at)}, ${document.latest.added_by_name}`}
                end={formatBytes(document.latest.size)}
              />
            )}
          />
        )}
      </PagedList>
    </div>
  )
}

function Adding({ file, folder }: { file: FileRead; folder: FolderSummary }) {
  const queryClient = useQueryClient()
  const { uploads, add, remove, retry } = useUploads<DocumentRead>({
    send: async (chosen, { onProgress, signal }) => {
      const query = new URLSearchParams({ folder_id: folder.id, file_name: chosen.name })
      const headers = { 'X-Content-SHA256': await sha256Of(chosen) }
      return uploadFile(`/api/files/properties/${file.property_id}/documents?${query.toString()}`, chosen, {
        onProgress,
        signal,
        headers,
      })
    },
    onStored: () => void queryClient.invalidateQueries(),
  })
  return (
    <>
      <DropArea onFiles={add}>Any type of file. It is stored with your name and today’s date.</DropArea>
      <UploadRows uploads={uploads} onRemove={remove} onRetry={retry} />
    </>
  )
}

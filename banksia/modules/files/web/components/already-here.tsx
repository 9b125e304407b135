import { useMutation } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, ErrorPanel, formatAddress, type Upload } from '@banksia/kit'
import { linkDocument } from '../api'
import { filePage } from '../routes'
import { useRefresh } from './refresh'
import { addAnyway, type FileUploads, folderOf, giveUp } from './uploads'

interface AlreadyHereProps {
  row: Upload
  uploads: FileUploads
}

/** What can be done about a file that failed: the same bytes may be a document already, here or in another file. */
export function AlreadyHere({ row, uploads }: AlreadyHereProps) {
  const there = documentOf(row)
  if (there) return <There row={row} uploads={uploads} there={there} />
  return (
    <>
      {row.message}{' '}
      <Button
        variant="text"
        size="sm"
        onClick={() => {
          uploads.queue.retry(row.id)
        }}
      >
        Try again
      </Button>
    </>
  )
}

interface DocumentThere {
  id: string
  title: string
  /** The property whose file it lies in, where that is another one. */
  elsewhere: string | null
}

function documentOf({ problem }: Upload): DocumentThere | null {
  if (!problem?.type.endsWith(':document-already-here')) return null
  const { document_id, document_title, title, property_label, in_this_file } = problem.document
  if (typeof document_id !== 'string') return null
  const named = [document_title, /“(.+?)”/.exec(problem.detail)?.[1], title].find(
    (each) => typeof each === 'string',
  )
  return {
    id: document_id,
    title: typeof named === 'string' ? named : 'another document',
    elsewhere: in_this_file === false && typeof property_label === 'string' ? property_label : null,
  }
}

function There({ row, uploads, there }: AlreadyHereProps & { there: DocumentThere }) {
  const setSearch = filePage.useSetSearch()
  const refresh = useRefresh()
  const link = useMutation({
    mutationFn: async () =>
      linkDocument({
        path: { document_id: there.id },
        body: { property_id: uploads.propertyId, folder_id: await folderOf(uploads, row.id) },
        throwOnError: true,
      }),
    onSuccess: async () => {
      await refresh('readFile', 'listDocuments', 'readDocument', 'readFileLog', 'readDocumentLog')
      giveUp(uploads, row.id)
    },
  })
  return (
    <>
      <strong>{`“${there.title}”`}</strong>
      {there.elsewhere
        ? ` lies in the file of ${formatAddress(there.elsewhere)} with the same content.`
        : ' lies in this file already, with the same content.'}
      <span css={{ display: 'flex', flexWrap: 'wrap', gap: '0.25rem 1rem' }}>
        {there.elsewhere ? (
          <ActionButton
            variant="text"
            size="sm"
            loading={link.isPending}
            onClick={() => {
              link.mutate()
            }}
          >
            Link it here
          </ActionButton>
        ) : (
          <Button
            variant="text"
            size="sm"
            onClick={() => {
              giveUp(uploads, row.id)
              setSearch({ document: there.id, tab: 'details' }, { replace: false })
            }}
          >
            Open it
          </Button>
        )}
        <Button
          variant="text"
          size="sm"
          onClick={() => {
            addAnyway(uploads, row.id)
          }}
        >
          Add it anyway
        </Button>
      </span>
      {link.error ? <ErrorPanel error={link.error} /> : null}
    </>
  )
}

import { useEffect, useSyncExternalStore } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  DropArea,
  endResumable,
  forgetUnfinished,
  Notice,
  subscribeUnfinished,
  type Unfinished,
  unfinishedUploads,
  type Upload,
  UploadRows,
  useQueue,
} from '@banksia/kit'
import type { FolderSummary } from '../api'
import { filePage } from '../routes'
import { refresh } from './refresh'
import { addAnyway, addFiles, type FileUploads, uploadsOf } from './uploads'

/** Where files and folders are dropped into a folder. */
export function Adding({ propertyId, folder }: { propertyId: string; folder: FolderSummary }) {
  const uploads = uploadsOf(propertyId)
  return (
    <DropArea
      onDropped={(files) => {
        addFiles(uploads, files, { folderId: folder.id })
      }}
    >
      Any type. An upload that is cut off goes on where it stopped.
    </DropArea>
  )
}

/** The files on their way, whichever folder is open, and those that a reload broke off. */
export function Uploading({ propertyId }: { propertyId: string }) {
  const queryClient = useQueryClient()
  const uploads = uploadsOf(propertyId)
  const { queue } = uploads
  const rows = useQueue(queue)
  const stored = rows.filter(({ state }) => state === 'stored').length
  const busy = rows.some(({ state }) => state === 'uploading' || state === 'waiting')
  useEffect(() => {
    if (stored === 0) return
    // Of hundreds of files the list is not asked for again after each: once they have rested for a moment.
    const timer = setTimeout(
      () => void refresh(queryClient, 'readFile', 'listDocuments', 'readDocument'),
      400,
    )
    return () => {
      clearTimeout(timer)
    }
  }, [stored, queryClient])
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault()
    }
    if (busy) addEventListener('beforeunload', ask)
    return () => {
      removeEventListener('beforeunload', ask)
    }
  }, [busy])
  const remove = (id: string) => {
    const file = queue.fileOf(id)
    const row = rows.find((each) => each.id === id)
    queue.remove(id)
    const begun = unfinishedUploads().find(({ name, size }) => name === file?.name && size === file.size)
    if (begun && row?.state !== 'stored') void breakOff(begun)
  }
  return (
    <>
      {busy ? null : <LeftOver propertyId={propertyId} uploads={uploads} />}
      <UploadRows
        uploads={rows}
        onRemove={remove}
        onRetry={queue.retry}
        wayOut={(row) => <AlreadyHere row={row} uploads={uploads} onUse={remove} />}
      />
    </>
  )
}

async function breakOff({ url }: Unfinished): Promise<void> {
  forgetUnfinished(url)
  await endResumable(url)
}

interface AlreadyHereProps {
  row: Upload
  uploads: FileUploads
  onUse: (id: string) => void
}

/** The same bytes are in the file already: the way to that document, or adding them all the same. */
function AlreadyHere({ row, uploads, onUse }: AlreadyHereProps) {
  const setSearch = filePage.useSetSearch()
  const documentId = row.problem?.document.document_id
  if (!row.problem?.type.endsWith(':document-already-here') || typeof documentId !== 'string') {
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
  const title = /“(.+)”/.exec(row.problem.detail)?.[1] ?? 'another document'
  return (
    <>
      This file is already here as <strong>{`“${title}”`}</strong>.{' '}
      <Button
        variant="text"
        size="sm"
        onClick={() => {
          onUse(row.id)
          setSearch({ document: documentId, tab: 'details' }, { replace: false })
        }}
      >
        Use that one
      </Button>{' '}
      or{' '}
      <Button
        variant="text"
        size="sm"
        onClick={() => {
          addAnyway(uploads, row.id)
        }}
      >
        add anyway
      </Button>
    </>
  )
}

/** What was not finished before the page was loaded again. */
function LeftOver({ propertyId, uploads }: { propertyId: string; uploads: FileUploads }) {
  const all = useSyncExternalStore(subscribeUnfinished, unfinishedUploads)
  const failed = new Set(uploads.queue.uploads.map(({ name }) => name))
  const left = all.filter(({ about, name }) => about === propertyId && !failed.has(name))
  const [first] = left
  if (!first) return null
  const one = left.length === 1
  return (
    <Notice
      tone="warning"
      title={one ? '1 upload was not finished' : `${String(left.length)} uploads were not finished`}
    >
      <p>
        {one ? 'Choose the same file to go on: ' : 'Choose the same files to go on: '}
        {new Intl.ListFormat('en-AU').format(left.slice(0, 5).map(({ name }) => name))}
        {left.length > 5 ? ` and ${String(left.length - 5)} more` : ''}.
      </p>
      <div css={{ margin: '0.75rem 0' }}>
        <DropArea
          onFiles={(files) => {
            addFiles(
              uploads,
              files.map((file) => ({ file, folders: [] })),
              { folderId: first.metadata.folder_id ?? '', resumes: true },
            )
          }}
        />
      </div>
      <TextLink
        href="#forget"
        onClick={(event) => {
          event.preventDefault()
          for (const each of left) void breakOff(each)
        }}
      >
        {one ? 'Give it up' : 'Give them up'}
      </TextLink>
    </Notice>
  )
}

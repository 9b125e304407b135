import { useState } from 'react'
import { Button, ButtonLink } from '@ag.ds-next/react/button'
import { DownloadIcon } from '@ag.ds-next/react/icon'
import {
  Dialog,
  DropArea,
  Notice,
  sha256Of,
  slimButtons,
  uploadFile,
  UploadRows,
  useUploads,
} from '@banksia/kit'
import type { BagImported, FileRead } from '../api'
import { useRefresh } from './refresh'
import { counted } from './words'

const titleStyle = { fontSize: '1rem' } as const

/** A property's file leaves whole, as a zip that other systems open too, and comes in as one. */
export function BagDialog({ file, onClose }: { file: FileRead; onClose: () => void }) {
  const bag = `/api/files/properties/${file.property_id}/bag`
  return (
    <Dialog open onClose={onClose} title="The whole file as a zip">
      <div css={{ display: 'grid', gap: '1.5rem', gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <section css={{ display: 'grid', gap: '0.5rem', justifyItems: 'start', ...slimButtons }}>
          <h3 css={titleStyle}>Export</h3>
          <p>
            Every document in every version, with comments, the log and checksums, in the open BagIt form.
            Your browser shows how far it is. Files that hold a virus or are damaged are left out; index.csv
            in the zip names them.
          </p>
          <ButtonLink size="sm" iconBefore={DownloadIcon} href={bag} target="_blank">
            {`Export ${counted(file.document_count, 'document')}`}
          </ButtonLink>
        </section>
        <section css={{ display: 'grid', gap: '0.5rem', gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <h3 css={titleStyle}>Import</h3>
          <Import url={bag} />
        </section>
        <div css={slimButtons}>
          <Button size="sm" variant="secondary" onClick={onClose}>
            Back to the file
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function Import({ url }: { url: string }) {
  const refresh = useRefresh()
  const [came, setCame] = useState<BagImported>()
  const { uploads, add, remove, retry } = useUploads<BagImported>({
    send: async (zip, { onProgress, onNote, signal }) => {
      setCame(undefined)
      onNote('Being read')
      const headers = { 'X-Content-SHA256': await sha256Of(zip) }
      onNote(null)
      return uploadFile<BagImported>(url, zip, {
        headers,
        signal,
        onProgress: (sent) => {
          onProgress(sent)
          if (sent === zip.size) onNote('The documents are checked and come into the file')
        },
      })
    },
    onStored: (imported) => {
      setCame(imported)
      void refresh('readFile', 'listDocuments', 'readFileLog', 'listComments')
    },
  })
  return (
    <>
      <DropArea onFiles={add} accept=".zip" single>
        A zip that was exported here or at another council. It is checked whole before anything is written.
      </DropArea>
      <UploadRows uploads={uploads} onRemove={remove} onRetry={retry} />
      {came ? (
        <Notice tone="success" title={titleOf(came)}>
          <p>
            {came.already_here > 0
              ? `The file had ${counted(came.already_here, 'document')} of the zip already and left what it had as it is.`
              : 'All of the documents in the zip are in this file now.'}
          </p>
        </Notice>
      ) : null}
    </>
  )
}

function titleOf({ documents, comments }: BagImported): string {
  const came = [
    documents > 0 ? counted(documents, 'document') : '',
    comments > 0 ? counted(comments, 'comment') : '',
  ].filter(Boolean)
  return came.length > 0 ? `${came.join(' and ')} came into this file` : 'Nothing new'
}

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
            Your browser shows how far it is.
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
  const [came, setCame] = useState<number>()
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
    onStored: ({ documents }) => {
      setCame(documents)
      void refresh('readFile', 'listDocuments', 'readFileLog', 'listComments')
    },
  })
  return (
    <>
      <DropArea onFiles={add} accept=".zip" single>
        A zip that was exported here or at another council. It is checked whole before anything is written.
      </DropArea>
      <UploadRows uploads={uploads} onRemove={remove} onRetry={retry} />
      {came === undefined ? null : (
        <Notice
          tone="success"
          title={came > 0 ? `${counted(came, 'document')} came into this file` : 'Nothing new'}
        >
          <p>
            {came > 0
              ? 'What the file had already was left as it is.'
              : 'The file has all of the documents in that zip already.'}
          </p>
        </Notice>
      )}
    </>
  )
}

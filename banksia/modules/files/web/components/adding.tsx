import { useEffect, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { compactFields, DropArea, UploadRows, useQueue } from '@banksia/kit'
import type { FileRead, FolderSummary } from '../api'
import { AlreadyHere } from './already-here'
import { LeftOver } from './left-over'
import { refresh } from './refresh'
import { addFiles, giveUp, isUnderWay, uploadsOf } from './uploads'

/** How often the list is asked for again while files come in, in milliseconds. */
const WHILE_BUSY = 5000
const AT_REST = 400

/** Where files and folders are dropped into a folder. */
export function Adding({ file, folder }: { file: FileRead; folder: FolderSummary }) {
  const uploads = uploadsOf(file.property_id)
  const [parcel, setParcel] = useState('')
  const parcels = file.parcels.filter(({ status }) => status !== 'historic')
  return (
    <>
      {parcels.length > 1 ? (
        <div css={compactFields}>
          <Select
            label="Parcel that the files are about"
            hideOptionalLabel
            value={parcel}
            options={[
              { value: '', label: 'The whole property' },
              ...parcels.map(({ text, title }) => ({ value: text, label: title })),
            ]}
            onChange={(event) => {
              setParcel(event.target.value)
            }}
          />
        </div>
      ) : null}
      <DropArea
        onDropped={(files) => {
          addFiles(uploads, files, { folderId: folder.id, ...(parcel ? { parcel } : {}) })
        }}
      >
        Any type. An upload that is cut off goes on where it stopped.
      </DropArea>
    </>
  )
}

/** The files on their way, whichever folder is open, and those that an earlier page had not finished. */
export function Uploading({ propertyId }: { propertyId: string }) {
  const queryClient = useQueryClient()
  const uploads = uploadsOf(propertyId)
  const rows = useQueue(uploads.queue)
  const stored = rows.filter(({ state }) => state === 'stored').length
  const busy = rows.some(isUnderWay)
  const asked = useRef(0)
  useEffect(() => {
    if (stored === 0) return
    // Of thousands of files the list is not asked for again after each: now and then, and once they have rested.
    const wait = busy ? Math.max(0, asked.current + WHILE_BUSY - Date.now()) : AT_REST
    const timer = setTimeout(() => {
      asked.current = Date.now()
      void refresh(queryClient, 'readFile', 'listDocuments', 'readDocument')
    }, wait)
    return () => {
      clearTimeout(timer)
    }
  }, [stored, busy, queryClient])
  return (
    <>
      <LeftOver propertyId={propertyId} uploads={uploads} />
      <UploadRows
        uploads={rows}
        onRemove={(...ids) => {
          giveUp(uploads, ...ids)
        }}
        onRetry={uploads.queue.retry}
        wayOut={(row) => <AlreadyHere row={row} uploads={uploads} />}
      />
    </>
  )
}

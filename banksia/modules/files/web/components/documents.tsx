import { useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { byCursor, colour, compactFields, KeyHints, PagedList, useMay } from '@banksia/kit'
import { type FileRead, type FolderSummary, listDocumentsInfiniteOptions, type PlacedDocument } from '../api'
import { filePage } from '../routes'
import { Adding, Uploading } from './adding'
import { DocumentTable } from './document-table'
import { FolderHead } from './folder-head'
import { takesDocuments } from './folder-tree'
import { pinProblem, usePin } from './marks'
import { SelectionBar } from './selection-bar'

interface DocumentsProps {
  file: FileRead
  folder: FolderSummary | undefined
}

const orders = [
  { value: 'changed', label: 'Last changed' },
  { value: 'added', label: 'Last added' },
  { value: 'title', label: 'Title' },
] as const

/** The documents of a folder, and the place where files are dropped. */
export function Documents({ file, folder }: DocumentsProps) {
  const mayAdd = useMay('files.documents.add')
  const { as_at, order } = filePage.useSearch()
  const setSearch = filePage.useSetSearch()
  const pin = usePin()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const documents = useInfiniteQuery({
    ...listDocumentsInfiniteOptions({
      path: { property_id: file.property_id },
      query: { folder_id: folder?.id, order, as_at_on: as_at, limit: 100 },
    }),
    ...byCursor,
  })
  const takes = mayAdd && !as_at && folder && takesDocuments(folder, file.folders)
  const problem = pinProblem(pin)
  return (
    <div css={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <FolderHead file={file} folder={folder} />
      {takes ? <Adding key={file.property_id} file={file} folder={folder} /> : null}
      {mayAdd && !folder && !as_at ? (
        <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
          Open a folder to add documents to it.
        </p>
      ) : null}
      {mayAdd ? <Uploading propertyId={file.property_id} /> : null}
      {file.document_count > 1 ? (
        <div css={compactFields}>
          <Select
            label="Order"
            hideOptionalLabel
            value={order}
            options={[...orders]}
            onChange={(event) => {
              const chosen = orders.find(({ value }) => value === event.target.value)
              setSearch({ order: chosen?.value ?? 'changed' })
            }}
          />
        </div>
      ) : null}
      {problem ? <p role="alert">{problem}</p> : null}
      <PagedList
        query={documents}
        failed="The documents could not be loaded"
        empty={emptyWords(folder, Boolean(takes), as_at)}
        shown={['document', 'documents']}
        byItself
        beside={
          <KeyHints
            hints={[
              { keys: ['J', 'K'], does: 'move' },
              { keys: ['Enter'], does: 'opens' },
              { keys: ['P'], does: 'pins' },
              { keys: ['?'], does: 'all keys' },
            ]}
          />
        }
      >
        {(rows) => (
          <div>
            <DocumentTable
              file={file}
              inFolder={folder !== undefined}
              rows={rows}
              pin={pin}
              selection={{
                selected: ticked,
                onChange: setTicked,
                nameOf: ({ title }: PlacedDocument) => title,
              }}
            />
            <SelectionBar
              file={file}
              documents={rows.filter(({ id }) => ticked.has(id))}
              onClear={() => {
                setTicked(new Set<string>())
              }}
            />
          </div>
        )}
      </PagedList>
    </div>
  )
}

function emptyWords(folder: FolderSummary | undefined, takes: boolean, asAt: string | undefined): string {
  if (asAt) return 'There were no documents here on that day.'
  if (!folder) return 'No documents in this file yet.'
  return `No documents in ${folder.name} yet.${takes ? ' Drop files here or choose files.' : ''}`
}

import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, ErrorPanel, formatLongDate, Tag, useMay } from '@banksia/kit'
import { archiveFolderMutation, type FileRead, type FolderSummary } from '../api'
import { filePage } from '../routes'
import {
  DemolitionDialog,
  HoldDialog,
  NewFolderDialog,
  RemindDialog,
  RenameDialog,
  RetentionDialog,
} from './dialogs'
import { takesDocuments } from './folder-tree'
import { useRefresh } from './refresh'
import { counted, parcelTitle, pathTitle, smallWords } from './words'

type Asking = 'new' | 'rename' | 'demolition' | 'retention' | 'remind' | 'hold'

/** The open folder: its name, how many documents, how long they are kept, and what can be done with it. */
export function FolderHead({ file, folder }: { file: FileRead; folder: FolderSummary | undefined }) {
  const { as_at } = filePage.useSearch()
  const [asking, setAsking] = useState<Asking>()
  const refresh = useRefresh()
  const archive = useMutation({
    ...archiveFolderMutation(),
    onSuccess: () => refresh('readFile', 'readFileLog'),
  })
  const close = () => {
    setAsking(undefined)
  }
  return (
    <div css={{ display: 'grid', gap: '0.75rem' }}>
      <div>
        <h2 css={{ fontSize: '1rem', lineHeight: 1.4 }}>
          {folder ? pathTitle(folder, file.folders) : 'All documents'}{' '}
          {folder?.archived_at ? <Tag>Archived</Tag> : null}
        </h2>
        <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>{lineOf(file, folder, as_at)}</p>
      </div>
      <Acts
        file={file}
        folder={folder}
        onAsk={setAsking}
        onArchive={(archived) => {
          if (folder) archive.mutate({ path: { folder_id: folder.id }, body: { archived } })
        }}
      />
      {archive.error ? <ErrorPanel error={archive.error} /> : null}
      {asking === 'new' ? (
        <NewFolderDialog propertyId={file.property_id} parent={folder} onClose={close} />
      ) : null}
      {folder && asking === 'rename' ? <RenameDialog folder={folder} onClose={close} /> : null}
      {folder && asking === 'demolition' ? <DemolitionDialog folder={folder} onClose={close} /> : null}
      {folder && asking === 'retention' ? (
        <RetentionDialog folder={folder} folders={file.folders} onClose={close} />
      ) : null}
      {folder && asking === 'remind' ? (
        <RemindDialog
          propertyId={file.property_id}
          about={{ folder_id: folder.id }}
          title={pathTitle(folder, file.folders)}
          onClose={close}
        />
      ) : null}
      {folder && asking === 'hold' ? (
        <HoldDialog
          propertyId={file.property_id}
          about={{ folder_id: folder.id }}
          title={pathTitle(folder, file.folders)}
          onClose={close}
        />
      ) : null}
    </div>
  )
}

function lineOf(file: FileRead, folder: FolderSummary | undefined, asAt: string | undefined): string {
  if (asAt) return ''
  if (!folder) return counted(file.document_count, 'document')
  return [
    counted(folder.document_count, 'document'),
    keptUntil(folder),
    folder.demolished_on ? `demolished on ${formatLongDate(folder.demolished_on)}` : '',
    folder.from_parcel ? `from ${parcelTitle(folder.from_parcel)}` : '',
    folder.on_hold ? 'on hold' : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** How long it is kept: without a class for ever, until somebody chooses one. */
const keptUntil = ({ kept }: FolderSummary) =>
  kept ? kept.charAt(0).toLowerCase() + kept.slice(1) : 'no retention class: it is kept until one is chosen'

/** The folder of an application has its number for a name, and its five parts, which have a place, are the same in all. */
const namedByApplication = ({ kind, parent_id, position }: FolderSummary) =>
  kind === 'application' && (parent_id === null || position > 0)

interface ActsProps {
  file: FileRead
  folder: FolderSummary | undefined
  onAsk: (asking: Asking) => void
  onArchive: (archived: boolean) => void
}

/** What this person may do with this folder; folders of every file are changed in the settings. */
function Acts({ file, folder, onAsk, onArchive }: ActsProps) {
  const mayAdd = useMay('files.documents.add')
  const mayManage = useMay('files.folders.manage')
  const mayHold = useMay('files.retention.manage')
  const { as_at } = filePage.useSearch()
  if (as_at) return null
  const own = folder?.property_id === file.property_id && mayManage
  const comments = filePage.href({
    params: { propertyId: file.property_id },
    search: { view: 'comments', folder: folder?.id },
  })
  const acts: [label: string, shown: boolean, run: () => void][] = [
    ['New folder here', mayAdd && (!folder || takesDocuments(folder, file.folders)), () => onAsk('new')],
    ['Rename', own && !namedByApplication(folder), () => onAsk('rename')],
    ['Note demolition', own, () => onAsk('demolition')],
    ['How long it is kept', folder?.property_id === file.property_id && mayHold, () => onAsk('retention')],
    ['Archive', own && !folder.archived_at, () => onArchive(true)],
    ['Open again', own && Boolean(folder.archived_at), () => onArchive(false)],
    ['Remind', folder !== undefined, () => onAsk('remind')],
    ['Place a hold', folder !== undefined && mayHold, () => onAsk('hold')],
  ]
  return (
    <div
      css={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: '0.25rem 1rem',
        fontSize: '0.875rem',
        ...smallWords,
      }}
    >
      {acts.map(([label, shown, run]) =>
        shown ? (
          <Button key={label} variant="text" size="sm" onClick={run}>
            {label}
          </Button>
        ) : null,
      )}
      <TextLink href={comments}>Comments</TextLink>
    </div>
  )
}

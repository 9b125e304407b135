import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { AlertFilledIcon, LockIcon, SuccessFilledIcon } from '@ag.ds-next/react/icon'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, Facts, formatBytes, formatDate, formatDay, formatDayAndTime } from '@banksia/kit'
import { type DocumentDetail, type FileRead, listRemindersOptions } from '../api'
import { DocumentActs } from './document-acts'
import { Links } from './links'
import { RemindDialog } from './remind-dialog'
import { useMayInfected } from './unsafe-download'
import { contentOf, labelWords, parcelTitle, pathTitle, smallWords } from './words'

/** What is known of a document, and what can be done with it. */
export function DocumentFacts({ file, read }: { file: FileRead; read: DocumentDetail }) {
  const { latest, versions } = read
  const folder = file.folders.find(({ id }) => id === read.folder_id)
  const isHere = read.property_id === file.property_id
  return (
    <div
      css={{
        display: 'grid',
        gap: '1rem',
        gridTemplateColumns: 'minmax(0, 1fr)',
        '& dl': { fontSize: '0.875rem' },
        ...smallWords,
      }}
    >
      <Facts
        labels="6rem"
        of={[
          ['Added', `${latest.added_by_name}, ${formatDayAndTime(latest.created_at)}`],
          [
            'File',
            <span
              key="file"
              css={{ overflowWrap: 'anywhere' }}
            >{`${latest.file_name}, ${formatBytes(latest.size)}`}</span>,
          ],
          [
            'Folder',
            <FolderWords
              key="folder"
              name={folder ? pathTitle(folder, file.folders) : read.folder_name}
              restricted={folder?.is_restricted ?? false}
            />,
          ],
          isHere ? null : ['Lies in', `The file of ${labelWords(read.property_label)}`],
          read.parcel ? ['Land', parcelTitle(read.parcel)] : null,
          read.dated_on ? ['Dated', formatDate(read.dated_on)] : null,
          ['Version', <Versions key="versions" read={read} />],
          [
            'Pinned',
            read.pinned_at ? `By ${read.pinned_by_name ?? 'somebody'}, ${formatDay(read.pinned_at)}` : 'No',
          ],
          ['Linked to', <Links key="links" read={read} />],
          ['Checked', <Checked key="checked" read={read} />],
          ['Viruses', virusWords(latest)],
          latest.page_count ? ['Pages', String(latest.page_count)] : null,
          latest.text_note ? ['Text', latest.text_note] : null,
          ['Kept', keptWords(read)],
          ['Reminder', <Reminder key="reminder" read={read} />],
          [
            'SHA-256',
            <code key="hash" css={{ overflowWrap: 'anywhere', fontSize: '0.8125rem' }}>
              {latest.sha256}
            </code>,
          ],
        ]}
      />
      <DocumentActs file={file} read={read} versions={versions.length} />
    </div>
  )
}

function FolderWords({ name, restricted }: { name: string; restricted: boolean }) {
  if (!restricted) return name
  return (
    <>
      {name} <LockIcon size="sm" color="muted" /> Restricted
    </>
  )
}

/** Without a scanner it says so, and never that nothing was found. */
function virusWords({ virus_scan, virus_name, scanned_at }: DocumentDetail['latest']): string {
  if (virus_scan === 'infected') return `${virus_name} found. Only an administrator can open it.`
  if (virus_scan === 'clean') return `None found${scanned_at ? `, ${formatDate(scanned_at)}` : ''}`
  return 'Not scanned'
}

function keptWords({ kept_because, kept_until_on }: DocumentDetail): string {
  if (kept_because) return kept_because
  return kept_until_on ? `Until ${formatDate(kept_until_on)}` : 'Its period is over, and no hold keeps it'
}

const harmWords = {
  damaged:
    'Damaged: its bytes are not those that were stored. Ask an administrator to bring it back from a backup.',
  missing: 'Missing: its bytes are not in the store. Ask an administrator to bring it back from a backup.',
}

/** The stored bytes are read again and again: when last, and whether they are what was stored. */
function Checked({ read }: { read: DocumentDetail }) {
  const { last_verified_at: at, bytes_state: state } = read
  if (!at || state === 'not_checked') return 'Not checked yet'
  if (state !== 'whole') {
    return (
      <span css={{ display: 'inline-flex', gap: '0.375rem', color: colour.systemError }}>
        <AlertFilledIcon size="sm" color="error" />
        {`${harmWords[state]} Checked on ${formatDate(at)}.`}
      </span>
    )
  }
  return (
    <span css={{ display: 'inline-flex', gap: '0.375rem', alignItems: 'center' }}>
      <SuccessFilledIcon size="sm" color="success" />
      {`Unchanged on ${formatDate(at)}`}
    </span>
  )
}

function Versions({ read }: { read: DocumentDetail }) {
  const earlier = read.versions.filter(({ number }) => number !== read.latest.number)
  return (
    <>
      {`${String(read.latest.number)} of ${String(read.versions.length)}`}
      {earlier.map((version) => (
        <span key={version.number} css={{ display: 'block', fontSize: '0.875rem' }}>
          <Version documentId={read.id} version={version} />
          <span css={{ color: colour.foregroundMuted }}>
            {`, ${version.added_by_name}, ${formatDate(version.created_at)}`}
          </span>
        </span>
      ))}
    </>
  )
}

interface VersionProps {
  documentId: string
  version: DocumentDetail['versions'][number]
}

/** An earlier version to be taken; one with a virus only by who may, and it says so. */
function Version({ documentId, version }: VersionProps) {
  const mayInfected = useMayInfected()
  const href = contentOf(documentId, version.number)
  const label = `Version ${String(version.number)}`
  if (version.virus_scan !== 'infected') return <TextLink href={href}>{label}</TextLink>
  const infected = `${label}, in which ${version.virus_name} was found`
  return mayInfected ? <TextLink href={`${href}?infected=true`}>{infected}</TextLink> : infected
}

function Reminder({ read }: { read: DocumentDetail }) {
  const [asking, setAsking] = useState(false)
  const reminders = useQuery(listRemindersOptions({ path: { property_id: read.property_id } }))
  const own = (reminders.data ?? []).filter(({ document_id }) => document_id === read.id)
  return (
    <>
      {own.map(({ id, remind_on, person_name }) => (
        <span key={id} css={{ display: 'block' }}>{`${formatDay(remind_on)}, ${person_name}`}</span>
      ))}
      <Button size="sm" variant="text" onClick={() => setAsking(true)}>
        Add a reminder
      </Button>
      {asking ? (
        <RemindDialog
          propertyId={read.property_id}
          about={{ document_id: read.id }}
          title={read.title}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}

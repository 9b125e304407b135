import { Button } from '@ag.ds-next/react/button'
import { formatLongDate, Notice, parcelsInWords, propertyTitle, useMay, Views } from '@banksia/kit'
import type { FileRead } from '../api'
import { filePage, type fileViews } from '../routes'
import { counted } from './words'

const parcelsOf = (file: FileRead) => file.parcels.map(({ text }) => text)

export const fileTitle = (file: FileRead) =>
  propertyTitle({ address: file.address, parcels: parcelsOf(file) })

/** `Lot 13 DP 1242624 · 42 documents, includes 12 from Lot B DP 397521`. */
export function FileFacts({ file }: { file: FileRead }) {
  const { as_at } = filePage.useSearch()
  const former = new Intl.ListFormat('en-AU').format(file.lineage.map(({ title }) => title))
  const inherited = file.inherited_count
    ? `, includes ${file.inherited_count.toLocaleString('en-AU')} from ${former}`
    : ''
  return (
    <>
      <strong>{parcelsInWords(parcelsOf(file))}</strong>
      {as_at ? '' : ` · ${counted(file.document_count, 'document')}${inherited}`}
    </>
  )
}

/** What one must know before anything is done here: nothing may be taken from it, or it is another day's file. */
export function FileNotices({ file }: { file: FileRead }) {
  const { as_at } = filePage.useSearch()
  const setSearch = filePage.useSetSearch()
  if (as_at) {
    return (
      <Notice tone="warning" title={`As at ${formatLongDate(as_at)}`}>
        <p>
          What lay here at the end of that day is shown, under today’s titles and folders.{' '}
          <Button variant="text" size="sm" onClick={() => setSearch({ as_at: undefined })}>
            Back to today
          </Button>
        </p>
      </Notice>
    )
  }
  if (file.holds.length === 0) return null
  return (
    <Notice tone="warning" title="This file is on hold">
      <p>{`Nothing is purged from it: ${new Intl.ListFormat('en-AU').format(file.holds)}.`}</p>
    </Notice>
  )
}

type FileView = (typeof fileViews)[number]

const labels: Record<FileView, string> = {
  documents: 'Documents',
  log: 'Log',
  comments: 'Comments',
  reminders: 'Reminders',
  sent: 'Sent',
  orders: 'Orders',
}

/** Which views of a file this person may look at: what was sent to owners, and what other services know, ask for more. */
export function useMayView(): (view: FileView) => boolean {
  const maySend = useMay('files.documents.send')
  const mayReadProperties = useMay('property.properties.read')
  return (view) => (view !== 'sent' || maySend) && (view !== 'orders' || mayReadProperties)
}

/** Said in the place of a view that an address names and this person may not look at. */
export function NoView({ view }: { view: FileView }) {
  return (
    <Notice tone="warning" title={`You do not have access to ${labels[view]}`}>
      <p>Ask your administrator for the role that has it.</p>
    </Notice>
  )
}

/** The views of a file. What is open in one is not kept in another, but for the folder. */
export function FileViews({ file }: { file: FileRead }) {
  const { view, folder, as_at } = filePage.useSearch()
  const mayView = useMayView()
  const hrefOf = (wanted: FileView) =>
    filePage.href({
      params: { propertyId: file.property_id },
      search: {
        view: wanted,
        folder: wanted === 'documents' || wanted === 'comments' ? folder : undefined,
        as_at,
      },
    })
  const views = (Object.keys(labels) as FileView[]).filter(mayView)
  return (
    <Views
      label="File"
      views={views.map((each) => ({ label: labels[each], href: hrefOf(each) }))}
      active={hrefOf(view)}
    />
  )
}

import { useQuery } from '@tanstack/react-query'
import { Button, ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, Notice, problemOf, SkeletonRows, StaffPage, useIsPhone, useMay } from '@banksia/kit'
import { lazy, Suspense, useState } from 'react'
import { readFileOptions, type FileRead } from '../api'
import { BagDialog, FileAsAtDialog } from '../components/dialogs'
import { FileFacts, FileNotices, fileTitle, FileViews, NoView, useMayView } from '../components/file-head'
import { Workspace } from '../components/workspace'
import { filePage, findPage } from '../routes'

// What is not looked at first is loaded when it is asked for.
const FileComments = lazy(async () => ({ default: (await import('../components/comments')).FileComments }))
const Log = lazy(async () => ({ default: (await import('../components/log')).Log }))
const Orders = lazy(async () => ({ default: (await import('../components/orders')).Orders }))
const Reminders = lazy(async () => ({ default: (await import('../components/reminders')).Reminders }))
const Sent = lazy(async () => ({ default: (await import('../components/sent')).Sent }))

/** A property's file: folders, the documents of one, the details of one document, and what was said and done. */
export default function FilePage() {
  const { propertyId } = filePage.useParams()
  const { as_at } = filePage.useSearch()
  const file = useQuery(
    readFileOptions({ path: { property_id: propertyId }, query: as_at ? { as_at_on: as_at } : undefined }),
  )
  if (file.data) return <File key={propertyId} file={file.data} />
  return (
    <StaffPage title="Property file" where={<TextLink href={findPage.href()}>Property files</TextLink>}>
      {file.isError && problemOf(file.error).status === 404 ? (
        <Notice tone="warning" title="There is no such property file">
          <p>
            Check the address, or <TextLink href={findPage.href()}>find the property</TextLink>.
          </p>
        </Notice>
      ) : (
        <Loaded query={file} failed="The file could not be opened">
          {() => null}
        </Loaded>
      )}
    </StaffPage>
  )
}

function File({ file }: { file: FileRead }) {
  const { view, document } = filePage.useSearch()
  const setSearch = filePage.useSetSearch()
  const phone = useIsPhone()
  const [asking, setAsking] = useState<'day' | 'bag'>()
  const alone = phone && view === 'documents' && document !== undefined
  const back = (
    <Button
      variant="text"
      size="sm"
      onClick={() => {
        setSearch({ document: undefined })
      }}
    >
      Back to the documents
    </Button>
  )
  return (
    <StaffPage
      title={fileTitle(file)}
      where={alone ? back : <TextLink href={findPage.href()}>Property files</TextLink>}
      facts={alone ? null : <FileFacts file={file} />}
      actions={alone ? null : <FileActions file={file} onAsk={setAsking} />}
      views={alone ? null : <FileViews file={file} />}
    >
      {alone ? null : <FileNotices file={file} />}
      <Suspense fallback={<SkeletonRows />}>
        <View file={file} />
      </Suspense>
      {asking === 'day' ? <FileAsAtDialog onClose={() => setAsking(undefined)} /> : null}
      {asking === 'bag' ? <BagDialog file={file} onClose={() => setAsking(undefined)} /> : null}
    </StaffPage>
  )
}

function FileActions({ file, onAsk }: { file: FileRead; onAsk: (what: 'day' | 'bag') => void }) {
  const mayLoad = useMay('files.batches.load')
  const mayReadProperties = useMay('property.properties.read')
  return (
    <>
      <ButtonLink
        size="sm"
        variant="secondary"
        href={findPage.href({ search: { view: 'documents', property: file.property_id } })}
      >
        Search this file
      </ButtonLink>
      <Button size="sm" variant="secondary" onClick={() => onAsk('day')}>
        Another day
      </Button>
      {mayLoad ? (
        <Button size="sm" variant="secondary" onClick={() => onAsk('bag')}>
          Whole file
        </Button>
      ) : null}
      {mayReadProperties ? (
        <ButtonLink size="sm" variant="secondary" href={`/property/staff/${file.property_id}`}>
          Property page
        </ButtonLink>
      ) : null}
    </>
  )
}

function View({ file }: { file: FileRead }) {
  const { view } = filePage.useSearch()
  const mayView = useMayView()
  if (!mayView(view)) return <NoView view={view} />
  switch (view) {
    case 'log':
      return <Log file={file} />
    case 'comments':
      return <FileComments file={file} />
    case 'reminders':
      return <Reminders file={file} />
    case 'sent':
      return <Sent file={file} />
    case 'orders':
      return <Orders propertyId={file.property_id} />
    case 'documents':
      return <Workspace file={file} />
  }
}

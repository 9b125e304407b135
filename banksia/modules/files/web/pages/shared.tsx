import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import {
  CustomerPage,
  formatBytes,
  formatLongDate,
  Loaded,
  Notice,
  Panel,
  problemOf,
  RowList,
  useOrganisation,
} from '@banksia/kit'
import { openShared, type SharedRead } from '../api'
import { labelWords } from '../components/words'

const KEPT_AS = 'banksia.shared-link'

/**
 * The token stands after the #, which no server sees; once it is read it leaves the address bar, and so the history. The
 * tab keeps it, so that the page can be loaded again.
 */
function takeToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  try {
    if (!token) return sessionStorage.getItem(KEPT_AS) ?? ''
    sessionStorage.setItem(KEPT_AS, token)
  } catch {
    // A browser that keeps nothing opens the link from the email again.
  }
  if (token) history.replaceState(history.state, '', `${location.pathname}${location.search}`)
  return token ?? ''
}

/** What the council has mailed to an owner as a link. */
export default function SharedPage() {
  const [token] = useState(takeToken)
  const shared = useQuery({
    queryKey: ['files', 'shared', token],
    queryFn: async () => (await openShared({ body: { token }, throwOnError: true })).data,
    enabled: token !== '',
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  })
  if (token === '') return <NotOpened title="Open the link from the email" />
  if (shared.isError && [404, 410, 429].includes(problemOf(shared.error).status))
    return <NotOpened title={problemOf(shared.error).title} detail={problemOf(shared.error).detail} />
  return (
    <CustomerPage
      title="Documents from the council"
      lead={
        shared.data
          ? `About ${labelWords(shared.data.property_label)}, from ${shared.data.council}`
          : undefined
      }
    >
      <Loaded query={shared} failed="The documents could not be opened">
        {(read) => <Documents read={read} />}
      </Loaded>
    </CustomerPage>
  )
}

function Documents({ read }: { read: SharedRead }) {
  return (
    <>
      {read.message ? (
        <Panel title={read.to_name ? `To ${read.to_name}` : 'Message'}>
          <p css={{ whiteSpace: 'pre-line' }}>{read.message}</p>
        </Panel>
      ) : null}
      {read.documents.length === 0 ? (
        <NothingLeft read={read} />
      ) : (
        <>
          <Panel
            title={read.documents.length === 1 ? '1 document' : `${String(read.documents.length)} documents`}
            flush
          >
            <DocumentRows read={read} />
          </Panel>
          {someHaveLeft(read) ? (
            <p>
              Some of the documents that were sent have left the council’s file since. Ask the council for
              them.
            </p>
          ) : null}
          <p>{`The link opens until ${formatLongDate(read.expires_at)}. Keep what you need before then.`}</p>
        </>
      )}
    </>
  )
}

/** Each has its number in the email, and one that has left leaves a gap. */
const someHaveLeft = ({ documents }: SharedRead) =>
  documents.some(({ number }, index) => number !== index + 1)

function NothingLeft({ read }: { read: SharedRead }) {
  const council = useOrganisation()
  return (
    <Notice tone="warning" title="These documents are no longer here">
      <p>
        {`What ${read.council} sent you on ${formatLongDate(read.sent_at)} has left the council’s file since, so it can no longer be opened.`}
      </p>
      <p>{`Ask the council for what you need, on ${council.phone} or at ${council.email}.`}</p>
    </Notice>
  )
}

function DocumentRows({ read }: { read: SharedRead }) {
  return (
    <RowList
      inset
      stack
      rows={read.documents.map(({ number, file_name, size }) => ({
        key: String(number),
        title: <span css={{ overflowWrap: 'anywhere' }}>{file_name}</span>,
        detail: formatBytes(size),
        end: (
          <ButtonLink
            variant="secondary"
            href={`/api/files/shared/documents/${String(number)}`}
            aria-label={`Download ${file_name}`}
          >
            Download
          </ButtonLink>
        ),
      }))}
    />
  )
}

function NotOpened({ title, detail }: { title: string; detail?: string }) {
  const council = useOrganisation()
  return (
    <CustomerPage title="Documents from the council">
      <Notice tone="warning" title={title}>
        <p>
          {detail ?? 'This page shows documents only when it is opened by the link in the email, as a whole.'}
        </p>
        <p>{`You reach the council on ${council.phone} or at ${council.email}.`}</p>
      </Notice>
    </CustomerPage>
  )
}

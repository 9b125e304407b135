import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Facts, formatBytes, formatDayAndTime, formatParcel, Loaded, Panel, RowList } from '@banksia/kit'
import { readDocumentLogOptions, readDocumentOptions, type DocumentDetail } from '../api'
import { filePage } from '../routes'
import { actions } from './words'

const contentOf = (documentId: string, number: number) =>
  `/api/files/documents/${documentId}/versions/${String(number)}/content`

/** One document: what it is, its versions, who did what to it. */
export function Details({ documentId }: { documentId: string }) {
  const document = useQuery(readDocumentOptions({ path: { document_id: documentId } }))
  const setSearch = filePage.useSetSearch()
  return (
    <Loaded query={document} failed="The document could not be loaded">
      {(read) => (
        <Panel
          title={read.title}
          action={
            <TextLink
              href="#close"
              onClick={(event) => {
                event.preventDefault()
                setSearch({ document: undefined })
              }}
            >
              Close
            </TextLink>
          }
        >
          <Content read={read} />
        </Panel>
      )}
    </Loaded>
  )
}

function Content({ read }: { read: DocumentDetail }) {
  const log = useQuery(readDocumentLogOptions({ path: { document_id: read.id }, query: { limit: 20 } }))
  const earlier = read.versions.filter(({ number }) => number !== read.latest.number)
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      <div>
        <ButtonLink size="sm" href={contentOf(read.id, read.latest.number)}>
          Download
        </ButtonLink>
      </div>
      <Facts
        labels="6rem"
        of={[
          ['Added', `${read.latest.added_by_name}, ${formatDayAndTime(read.latest.created_at)}`],
          ['File', `${read.latest.file_name}, ${formatBytes(read.latest.size)}`],
          read.parcel ? ['Land', formatParcel(read.parcel)] : null,
          ['Version', `${String(read.latest.number)} of ${String(read.versions.length)}`],
          ['Viruses', 'Not scanned'],
          [
            'SHA-256',
            <code key="hash" css={{ overflowWrap: 'anywhere', fontSize: '0.8125rem' }}>
              {read.latest.sha256}
            </code>,
          ],
        ]}
      />
      {earlier.length > 0 ? (
        <RowList
          rows={earlier.map((version) => ({
            key: String(version.number),
            title: (
              <TextLink
                href={contentOf(read.id, version.number)}
              >{`Version ${String(version.number)}`}</TextLink>
            ),
            detail: `${version.added_by_name}, ${formatDayAndTime(version.created_at)}`,
          }))}
        />
      ) : null}
      <h3 css={{ fontSize: '1rem' }}>Log</h3>
      <Loaded query={log} failed="The log could not be loaded">
        {({ results }) => (
          <RowList
            rows={results.map((entry) => ({
              key: entry.id,
              title: actions[entry.action],
              detail: `${entry.actor_name}, ${formatDayAndTime(entry.created_at)}`,
            }))}
          />
        )}
      </Loaded>
    </div>
  )
}

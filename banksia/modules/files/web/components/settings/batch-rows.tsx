import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, DataTable, formatBytes, formatParcel, PagedList, RowCard } from '@banksia/kit'
import { listBatchRowsInfiniteOptions, type BatchRead, type BatchRowRead } from '../../api'
import { filePage } from '../../routes'
import { isBusy, verdictWords } from './batch-words'

const EVERY_MS = 5_000

/** The lines of a manifest with their verdicts. */
export function BatchRows({ batch, verdict }: { batch: BatchRead; verdict?: BatchRowRead['verdict'] }) {
  const lines = useInfiniteQuery({
    ...listBatchRowsInfiniteOptions({ path: { batch_id: batch.id }, query: { verdict } }),
    ...byCursor,
    refetchInterval: isBusy(batch) ? EVERY_MS : false,
    staleTime: 0,
  })
  return (
    <PagedList
      query={lines}
      failed="The lines could not be loaded"
      empty={batch.state === 'checking' ? 'The manifest is being read.' : 'There are no such lines.'}
      shown={['line', 'lines']}
    >
      {(rows) => (
        <DataTable
          caption="Lines of the manifest"
          rows={rows}
          rowKey={({ number }) => String(number)}
          edge={({ verdict: each }) => (each === 'rejected' || each === 'failed' ? 'late' : undefined)}
          columns={[
            { key: 'line', header: 'Line', width: '3.5rem', align: 'right', cell: ({ number }) => number },
            { key: 'file', header: 'File', cell: (row) => <File row={row} /> },
            { key: 'where', header: 'Where', width: '10rem', cell: (row) => <Where row={row} /> },
            { key: 'verdict', header: 'Verdict', width: '12rem', cell: (row) => <Verdict row={row} /> },
          ]}
          card={(row) => (
            <RowCard
              top={`Line ${String(row.number)}`}
              title={<File row={row} />}
              detail={`${landOf(row)}, ${row.folder_words}`}
              start={<Verdict row={row} />}
            />
          )}
        />
      )}
    </PagedList>
  )
}

function File({ row }: { row: BatchRowRead }) {
  const name = row.title || row.path
  return (
    <>
      {row.document_id && row.property_id && row.verdict === 'loaded' ? (
        <TextLink
          href={filePage.href({
            params: { propertyId: row.property_id },
            search: { document: row.document_id },
          })}
        >
          {name}
        </TextLink>
      ) : (
        name
      )}
      <span className="detail">{row.size === null ? row.path : `${row.path}, ${formatBytes(row.size)}`}</span>
    </>
  )
}

const landOf = ({ parcel, property_words }: BatchRowRead) =>
  parcel ? formatParcel(parcel) : property_words || 'No property named'

function Where({ row }: { row: BatchRowRead }) {
  return (
    <>
      {landOf(row)}
      <span className="detail">{row.folder_words}</span>
    </>
  )
}

function Verdict({ row }: { row: BatchRowRead }) {
  return (
    <>
      {verdictWords[row.verdict]}
      {row.reason ? <span className="detail">{row.reason}</span> : null}
    </>
  )
}

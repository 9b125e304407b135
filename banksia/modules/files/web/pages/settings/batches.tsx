import { useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  formatDayAndTime,
  PagedList,
  Panel,
  RowCard,
  StaffPage,
  Status,
  useOrganisation,
} from '@banksia/kit'
import { listBatchesInfiniteOptions, type BatchRead } from '../../api'
import { batchWords, isBusy, placeWords } from '../../components/settings/batch-words'
import { StartBatch } from '../../components/settings/start-batch'
import { documentsOf } from '../../components/settings/words'
import { batchPage } from '../../settings-routes'

const EVERY_MS = 3_000

/** Shelves that were scanned, each loaded by its manifest. */
export default function BatchesPage() {
  const [starting, setStarting] = useState(false)
  const loads = useInfiniteQuery({
    ...listBatchesInfiniteOptions(),
    ...byCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ results }) => results.some(isBusy)) ? EVERY_MS : false,
  })
  return (
    <StaffPage
      title="Load scanned shelves"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="A folder of scans with a manifest.csv: each line is judged first, and nothing is loaded before you say so."
      actions={
        starting ? null : (
          <Button
            size="sm"
            onClick={() => {
              setStarting(true)
            }}
          >
            Check a folder
          </Button>
        )
      }
    >
      <div
        css={{ display: 'grid', gap: '1.25rem', maxWidth: '72rem', gridTemplateColumns: 'minmax(0, 1fr)' }}
      >
        {starting ? (
          <Panel title="New load">
            <StartBatch
              onClose={() => {
                setStarting(false)
              }}
            />
          </Panel>
        ) : null}
        <PagedList
          query={loads}
          failed="The loads could not be listed"
          empty="Nothing was loaded yet. Put the scans and their manifest.csv into a folder, then check it."
          shown={['load', 'loads']}
        >
          {(rows) => <Loads rows={rows} />}
        </PagedList>
      </div>
    </StaffPage>
  )
}

const hrefOf = ({ id }: BatchRead) => batchPage.href({ params: { batchId: id } })
const begun = (row: BatchRead) => `${row.started_by_name}, ${formatDayAndTime(row.created_at)}`
const loadedOf = ({ counts }: BatchRead) => documentsOf(counts.loaded)

function Loads({ rows }: { rows: readonly BatchRead[] }) {
  const { slug } = useOrganisation()
  return (
    <DataTable
      caption="Loads"
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={hrefOf}
      columns={[
        {
          key: 'name',
          header: 'Load',
          cell: (row) => (
            <>
              <TextLink href={hrefOf(row)}>{row.name}</TextLink>
              <span className="detail">{placeWords(row.place, slug)}</span>
            </>
          ),
        },
        { key: 'begun', header: 'Begun', width: '16rem', cell: begun },
        { key: 'loaded', header: 'Loaded', width: '9rem', align: 'right', cell: loadedOf },
        {
          key: 'state',
          header: 'State',
          width: '11rem',
          cell: (row) => <Status word={batchWords[row.state]} />,
        },
      ]}
      card={(row) => (
        <RowCard
          top={begun(row)}
          title={<TextLink href={hrefOf(row)}>{row.name}</TextLink>}
          detail={placeWords(row.place, slug)}
          start={loadedOf(row)}
          end={<Status word={batchWords[row.state]} />}
        />
      )}
    />
  )
}

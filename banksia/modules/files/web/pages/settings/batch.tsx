import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatDayAndTime, Loaded, StaffPage, Status, useOrganisation, Views } from '@banksia/kit'
import { readBatchOptions, type BatchRead } from '../../api'
import { BatchDecision } from '../../components/settings/batch-decision'
import { BatchRows } from '../../components/settings/batch-rows'
import { batchWords, isBusy, placeWords, verdicts, verdictWords } from '../../components/settings/batch-words'
import { batchesPage, batchPage } from '../../settings-routes'

const EVERY_MS = 2_000

/** One load: what each line of its manifest is, how far it is, and its undoing. */
export default function BatchPage() {
  const { batchId } = batchPage.useParams()
  const { slug } = useOrganisation()
  const found = useQuery({
    ...readBatchOptions({ path: { batch_id: batchId } }),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? EVERY_MS : false),
  })
  const read = found.data
  return (
    <StaffPage
      title={read?.name ?? 'Load'}
      where={<TextLink href={batchesPage.href()}>Loads</TextLink>}
      badge={read ? <Status word={batchWords[read.state]} outlined /> : undefined}
      facts={
        read
          ? `${placeWords(read.place, slug)}, begun by ${read.started_by_name} on ${formatDayAndTime(read.created_at)}.`
          : undefined
      }
      aside={read ? <BatchDecision batch={read} /> : undefined}
    >
      <Loaded query={found} failed="The load could not be opened">
        {(batch) => <Lines batch={batch} />}
      </Loaded>
    </StaffPage>
  )
}

function Lines({ batch }: { batch: BatchRead }) {
  const { verdict } = batchPage.useSearch()
  const hrefOf = (each: typeof verdict) =>
    batchPage.href({ params: { batchId: batch.id }, search: { verdict: each } })
  const views = verdicts
    .filter((each) => batch.counts[each] > 0)
    .map((each) => ({
      label: `${verdictWords[each]} (${batch.counts[each].toLocaleString('en-AU')})`,
      href: hrefOf(each),
    }))
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      <Views
        label="Lines"
        views={[
          { label: `All (${batch.row_count.toLocaleString('en-AU')})`, href: hrefOf(undefined) },
          ...views,
        ]}
        active={hrefOf(verdict)}
      />
      {/* The lines are read again when the state changes. */}
      <BatchRows key={`${batch.state} ${verdict ?? ''}`} batch={batch} verdict={verdict} />
    </div>
  )
}

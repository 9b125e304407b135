import { useEffect } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatAddress, Loaded, Notice } from '@banksia/kit'
import { readBatchOptions, type BatchRead } from '../api'
import { draftPage, queuePage } from '../staff-routes'
import { isOfQueue } from './of-queue'

const EVERY_MS = 1000

/** How far certificates are that are issued together. Its id stands in the address, so it is there after a reload. */
export function BatchProgress({ batchId }: { batchId: string }) {
  const queryClient = useQueryClient()
  const setSearch = queuePage.useSetSearch()
  const batch = useQuery({
    ...readBatchOptions({ path: { batch_id: batchId } }),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : EVERY_MS),
  })
  const done = batch.data ? batch.data.issued_count + batch.data.refused_count : 0
  useEffect(() => {
    if (done === 0) return
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isOfQueue(queryKey) })
  }, [done, queryClient])
  return (
    <Loaded query={batch} failed="The certificates that are being issued could not be loaded">
      {(read) => (
        <Notice tone={toneOf(read)} role="status" title={titleOf(read)}>
          {isOver(read) ? null : (
            <progress max={read.lines.length} value={done} aria-label="Certificates issued" />
          )}
          <Refused batch={read} />
          {isOver(read) ? (
            <Button
              size="sm"
              variant="text"
              onClick={() => {
                setSearch({ batch: undefined })
              }}
            >
              Hide this
            </Button>
          ) : null}
        </Notice>
      )}
    </Loaded>
  )
}

function Refused({ batch }: { batch: BatchRead }) {
  const refused = batch.lines.filter(({ state }) => state === 'refused')
  if (refused.length === 0) return null
  return (
    <ul css={{ paddingLeft: '1.25rem' }}>
      {refused.map((line) => (
        <li key={line.line_id}>
          <TextLink href={draftPage.href({ params: { lineId: line.line_id } })}>
            {`${line.product_title}, ${formatAddress(line.address)}`}
          </TextLink>
          {`: ${line.reason ?? ''}`}
        </li>
      ))}
    </ul>
  )
}

const isOver = ({ finished_at, waiting_count }: BatchRead) => finished_at !== null || waiting_count === 0

function toneOf(batch: BatchRead) {
  if (!isOver(batch)) return 'info'
  return batch.refused_count > 0 ? 'warning' : 'success'
}

function titleOf(batch: BatchRead): string {
  const all = batch.lines.length
  const issued = `${String(batch.issued_count)} of ${String(all)} ${all === 1 ? 'certificate' : 'certificates'} issued`
  if (!isOver(batch)) return `${issued}. You can close this page; it goes on.`
  return batch.refused_count > 0 ? `${issued}, ${String(batch.refused_count)} not` : issued
}

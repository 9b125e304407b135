import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  EmptyState,
  ErrorPanel,
  formatDayAndTime,
  MoreButton,
  Panel,
  RowList,
  SkeletonRows,
  StaffPage,
} from '@banksia/kit'
import { listDeadLettersInfiniteOptions, replayDeadLetterMutation } from '../api'

/** Work in the background that failed for good, until somebody starts it again. */
export default function DeadLettersPage() {
  const queryClient = useQueryClient()
  const letters = useInfiniteQuery({
    ...listDeadLettersInfiniteOptions({ query: { limit: 50 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
  const replay = useMutation({
    ...replayDeadLetterMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const rows = letters.data?.pages.flatMap((page) => page.results) ?? []
  return (
    <StaffPage
      title="Failed work"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="Tried as often as it may be. Mend the cause, then start it again."
    >
      <div css={{ display: 'grid', gap: '1rem', maxWidth: '60rem' }}>
        {letters.isError ? (
          <ErrorPanel
            title="The list could not be loaded"
            error={letters.error}
            onRetry={() => void letters.refetch()}
          />
        ) : null}
        {replay.error ? <ErrorPanel title="The work was not started again" error={replay.error} /> : null}
        {letters.isPending ? <SkeletonRows /> : null}
        {letters.isSuccess && rows.length === 0 ? <EmptyState>Nothing has failed.</EmptyState> : null}
        {rows.length > 0 ? (
          <Panel title="Failed" flush>
            <RowList
              inset
              stack
              rows={rows.map((row) => ({
                key: row.id,
                title: <strong>{row.name}</strong>,
                detail: `${formatDayAndTime(row.created_at)}, tried ${String(row.attempts)} times. ${row.last_error ?? ''}`,
                end: (
                  <Button
                    size="sm"
                    variant="secondary"
                    loading={replay.isPending && replay.variables.path.row_id === row.id}
                    onClick={() => {
                      replay.mutate({ path: { row_id: row.id } })
                    }}
                  >
                    Start again
                  </Button>
                ),
              }))}
            />
          </Panel>
        ) : null}
        {rows.length > 0 ? <MoreButton query={letters} shown={`${String(rows.length)} shown`} /> : null}
      </div>
    </StaffPage>
  )
}

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  byCursor,
  ErrorPanel,
  formatDayAndTime,
  PagedList,
  Panel,
  RowList,
  StaffPage,
} from '@banksia/kit'
import { listDeadLettersInfiniteOptions, replayDeadLetterMutation } from '../api'

/** Work in the background that failed for good, until somebody starts it again. */
export default function DeadLettersPage() {
  const queryClient = useQueryClient()
  const letters = useInfiniteQuery({
    ...listDeadLettersInfiniteOptions({ query: { limit: 50 } }),
    ...byCursor,
  })
  const replay = useMutation({
    ...replayDeadLetterMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <StaffPage
      title="Failed work"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="Tried as often as it may be. Mend the cause, then start it again."
    >
      <div css={{ display: 'grid', gap: '1rem', maxWidth: '60rem' }}>
        {replay.error ? <ErrorPanel title="The work was not started again" error={replay.error} /> : null}
        <PagedList
          query={letters}
          failed="The list could not be loaded"
          empty="Nothing has failed."
          shown={({ length }) => `${String(length)} shown`}
        >
          {(rows) => (
            <Panel title="Failed" flush>
              <RowList
                inset
                stack
                rows={rows.map((row) => ({
                  key: row.id,
                  title: <strong>{row.name}</strong>,
                  detail: `${formatDayAndTime(row.created_at)}, tried ${String(row.attempts)} times. ${row.last_error ?? ''}`,
                  end: (
                    <ActionButton
                      size="sm"
                      variant="secondary"
                      loading={replay.isPending && replay.variables.path.row_id === row.id}
                      onClick={() => {
                        replay.mutate({ path: { row_id: row.id } })
                      }}
                    >
                      Start again
                    </ActionButton>
                  ),
                }))}
              />
            </Panel>
          )}
        </PagedList>
      </div>
    </StaffPage>
  )
}

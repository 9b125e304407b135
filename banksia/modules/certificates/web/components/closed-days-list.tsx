import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, EmptyState, ErrorPanel, formatDate, Panel, RowList, slimButtons } from '@banksia/kit'
import { removeClosedDaysMutation, type ClosedDaysRead } from '../api'

/** `24 Dec 2026 to 1 Jan 2027`, or the one day. */
export function rangeWords({ from_on, until_on }: Pick<ClosedDaysRead, 'from_on' | 'until_on'>): string {
  return from_on === until_on ? formatDate(from_on) : `${formatDate(from_on)} to ${formatDate(until_on)}`
}

interface ClosedDaysListProps {
  closed: readonly ClosedDaysRead[]
  year: number
  onChange: (entry: ClosedDaysRead) => void
}

/** The council's own closed days: local holidays and shutdowns. */
export function ClosedDaysList({ closed, year, onChange }: ClosedDaysListProps) {
  const queryClient = useQueryClient()
  const remove = useMutation({
    ...removeClosedDaysMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <Panel
      title={`The council’s own closed days in ${String(year)}`}
      hint="Local holidays and shutdowns. They move what is ordered from now on; what is open keeps its day."
      flush
    >
      {remove.error ? <ErrorPanel title="The days were not removed" error={remove.error} /> : null}
      {closed.length === 0 ? (
        <EmptyState>No days of its own. Add the Christmas shutdown below, for example.</EmptyState>
      ) : (
        <RowList
          inset
          rows={closed.map((entry) => ({
            key: entry.from_on,
            title: <strong>{entry.name || 'Closed'}</strong>,
            detail: `${rangeWords(entry)}, ${String(entry.working_days)} working day${entry.working_days === 1 ? '' : 's'} less.`,
            end: (
              <div css={{ display: 'flex', gap: '0.5rem', ...slimButtons }}>
                <Button
                  size="sm"
                  variant="tertiary"
                  aria-label={`Change ${entry.name}, ${rangeWords(entry)}`}
                  onClick={() => {
                    onChange(entry)
                  }}
                >
                  Change
                </Button>
                <ActionButton
                  size="sm"
                  variant="tertiary"
                  aria-label={`Remove ${entry.name}, ${rangeWords(entry)}`}
                  loading={remove.isPending && remove.variables.path.from_on === entry.from_on}
                  onClick={() => {
                    remove.mutate({ path: { from_on: entry.from_on } })
                  }}
                >
                  Remove
                </ActionButton>
              </div>
            ),
          }))}
        />
      )}
    </Panel>
  )
}

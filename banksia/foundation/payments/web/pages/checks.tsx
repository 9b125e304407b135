import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  EmptyState,
  ErrorPanel,
  formatDayAndTime,
  Loaded,
  Panel,
  StaffPage,
  Tag,
} from '@banksia/kit'
import { AlertFilledIcon, ProgressTodoIcon, SuccessFilledIcon } from '@ag.ds-next/react/icon'
import { readChecksOptions, runChecksMutation, type ChecksRead } from '../api'

type Check = ChecksRead['checks'][number]

/** Whether the books are in order: what is always true, and what fails it. */
export default function ChecksPage() {
  const checks = useQuery(readChecksOptions())
  const queryClient = useQueryClient()
  const run = useMutation({
    ...runChecksMutation(),
    onSuccess: (read) => {
      queryClient.setQueryData(readChecksOptions().queryKey, read)
      return queryClient.invalidateQueries({ queryKey: ['payments', 'nav-checks'] })
    },
  })
  return (
    <StaffPage
      title="Checks of the books"
      facts="Looked at every hour. The people in the settings of payments are told once when one fails, and once when it is in order again."
      actions={
        <ActionButton
          size="sm"
          loading={run.isPending}
          onClick={() => {
            run.mutate({})
          }}
        >
          Check now
        </ActionButton>
      }
    >
      {run.error ? <ErrorPanel title="The checks were not run" error={run.error} /> : null}
      <Loaded query={checks} failed="The checks could not be loaded">
        {(read) => (
          <div css={{ display: 'grid', gap: '1rem', maxWidth: '60rem' }}>
            <p role="status">{summary(read.checks)}</p>
            {read.checks.map((check) => (
              <CheckPanel key={check.name} check={check} />
            ))}
            {read.checks.length === 0 ? <EmptyState>No module has any checks.</EmptyState> : null}
          </div>
        )}
      </Loaded>
    </StaffPage>
  )
}

function summary(checks: readonly Check[]): string {
  const failing = checks.filter(({ failing_since }) => failing_since !== null).length
  if (checks.some(({ checked_at }) => checked_at === null)) return 'Some checks have never run yet.'
  if (failing === 0) return 'All is in order.'
  return failing === 1 ? '1 check fails.' : `${String(failing)} checks fail.`
}

function CheckPanel({ check }: { check: Check }) {
  const failing = check.failing_since !== null
  const state = failing ? 'Fails' : check.checked_at ? 'In order' : 'Not run yet'
  const Icon = failing ? AlertFilledIcon : check.checked_at ? SuccessFilledIcon : ProgressTodoIcon
  return (
    <Panel
      title={
        <span css={{ display: 'inline-flex', gap: '0.5rem', alignItems: 'center' }}>
          <Icon
            size="md"
            color={failing ? 'error' : check.checked_at ? 'success' : 'muted'}
            aria-hidden="true"
            css={{ flexShrink: 0 }}
          />
          {check.title}
        </span>
      }
      hint={when(check)}
      action={<Tag>{state}</Tag>}
      edge={failing ? 'error' : undefined}
    >
      {failing ? <Findings check={check} /> : <p>{check.module}</p>}
    </Panel>
  )
}

function when(check: Check): string {
  if (!check.checked_at) return 'It runs within the hour.'
  const last = `last looked at ${formatDayAndTime(check.checked_at)}`
  return check.failing_since ? `Since ${formatDayAndTime(check.failing_since)}, ${last}` : `In order, ${last}`
}

function Findings({ check }: { check: Check }) {
  const more = check.found - check.examples.length
  const many = check.found >= check.found_at_most
  return (
    <>
      <p css={{ marginBottom: '0.75rem' }}>{check.explanation}</p>
      <ul css={{ paddingLeft: '1.25rem', display: 'grid', gap: '0.25rem' }}>
        {check.examples.map((example, index) => (
          <li key={index}>
            <TextLink href={example.href}>{example.text}</TextLink>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <p css={{ marginTop: '0.5rem' }}>{`And ${many ? 'at least ' : ''}${String(more)} more.`}</p>
      ) : null}
    </>
  )
}

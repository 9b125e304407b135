import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Checkbox } from '@ag.ds-next/react/checkbox'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  colour,
  DecisionPanel,
  ErrorPanel,
  Notice,
  Panel,
  RowList,
  slimButtons,
  PHONE,
  toggled,
} from '@banksia/kit'
import { qualityListPage } from '../admin-routes'
import {
  applyImportMutation,
  discardImportMutation,
  readImportQueryKey,
  type ImportFinding,
  type ImportRunDetail,
} from '../api'
import { ImportCounts } from './import-counts'
import { ImportSamples } from './import-samples'
import { changesNothing, number, type Sums, sumsInWords, totalsOf } from './import-words'

/** What the check found, and the decision. */
export function ImportReview({ run, onRemap }: { run: ImportRunDetail; onRemap: () => void }) {
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const confirm = (code: string) => {
    setConfirmed(toggled(confirmed, code))
  }
  return (
    <>
      {run.findings.length > 0 ? (
        <Findings findings={run.findings} confirmed={confirmed} onConfirm={confirm} />
      ) : null}
      <ImportCounts run={run} title="What the check found" />
      {run.conflicts > 0 ? <ConflictsNotice count={run.conflicts} /> : null}
      <ImportSamples samples={run.samples} />
      <Decision run={run} open={run.findings.filter(({ code }) => !confirmed.has(code))} onRemap={onRemap} />
    </>
  )
}

interface FindingsProps {
  findings: readonly ImportFinding[]
  confirmed: ReadonlySet<string>
  onConfirm: (code: string) => void
}

function Findings({ findings, confirmed, onConfirm }: FindingsProps) {
  return (
    <Panel
      title="Look at this before you apply"
      hint="Confirm each one that is right as it stands."
      edge="warning"
      flush
    >
      <RowList
        inset
        stack
        rows={findings.map(({ code, message, examples }) => ({
          key: code,
          title: message,
          detail: examples.length > 0 ? `Such as ${examples.join('; ')}` : undefined,
          end: (
            <Checkbox
              id={`finding-${code}`}
              size="sm"
              checked={confirmed.has(code)}
              onChange={() => onConfirm(code)}
            >
              This is right
            </Checkbox>
          ),
        }))}
      />
    </Panel>
  )
}

function ConflictsNotice({ count }: { count: number }) {
  return (
    <Notice
      tone="info"
      title={`The file contradicts ${number(count)} approved correction${count === 1 ? '' : 's'}`}
    >
      <p>
        The corrections stay. Once the import is applied you decide each one under{' '}
        <TextLink href={qualityListPage.href({ params: { kind: 'conflicts' } })}>
          conflicts with corrections
        </TextLink>
        .
      </p>
    </Notice>
  )
}

interface DecisionProps {
  run: ImportRunDetail
  /** Findings that nobody has confirmed yet. */
  open: readonly ImportFinding[]
  onRemap: () => void
}

function Decision({ run, open, onRemap }: DecisionProps) {
  const queryClient = useQueryClient()
  const [asked, setAsked] = useState(false)
  const path = { run_id: run.id }
  const onSuccess = (changed: ImportRunDetail) =>
    queryClient.setQueryData(readImportQueryKey({ path }), changed)
  const apply = useMutation({ ...applyImportMutation(), onSuccess })
  const discard = useMutation({ ...discardImportMutation(), onSuccess })
  const totals = totalsOf(run.counts)
  const nothing = changesNothing(run.counts)
  const failure = apply.error ?? discard.error
  const press = () => {
    setAsked(true)
    const [first] = open
    if (first) document.getElementById(`finding-${first.code}`)?.focus()
    else apply.mutate({ path, body: { confirm_suspicious: run.findings.length > 0 } })
  }
  return (
    <DecisionPanel title={nothing ? 'Nothing would change' : 'When you apply this import'}>
      <div css={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'minmax(0, 1fr)', marginTop: '0.5rem' }}>
        {nothing ? (
          <p>The file says what council knows already. There is nothing to apply.</p>
        ) : (
          <ul css={{ paddingLeft: '1.25rem' }}>
            <li>{sentenceOf(totals)}</li>
            <li>Search and orders go on meanwhile. If anything fails, all stays as it is now.</li>
            <li>You can revert it as a whole while nothing later depends on it.</li>
          </ul>
        )}
        {failure ? <ErrorPanel title="The import was not changed" error={failure} /> : null}
        {asked && open.length > 0 ? (
          <p role="alert" css={{ color: colour.systemError }}>
            Confirm what stands under “Look at this before you apply” first.
          </p>
        ) : null}
        <div
          css={{ ...slimButtons, display: 'flex', flexWrap: 'wrap', gap: '0.75rem', [PHONE]: wrappingWords }}
        >
          {nothing ? null : (
            <ActionButton loading={apply.isPending} aria-disabled={open.length > 0} onClick={press}>
              {`Apply ${sumsInWords(totals)}`}
            </ActionButton>
          )}
          <Button variant="secondary" onClick={onRemap}>
            Read the file another way
          </Button>
          <ActionButton
            variant="tertiary"
            loading={discard.isPending}
            onClick={() => discard.mutate({ path })}
          >
            Discard this import
          </ActionButton>
        </div>
      </div>
    </DecisionPanel>
  )
}

/** `200 records are new, 22 change and 313 end, all at once.` */
function sentenceOf(sums: Sums): string {
  const back = sums.reopened > 0 ? ` ${number(sums.reopened)} that had ended hold again.` : ''
  const { new: added, changed, ended } = sums
  return `${number(added)} records are new, ${number(changed)} change and ${number(ended)} end, all at once.${back}`
}

/** The sums of a button can be longer than a phone is wide. */
const wrappingWords = { '& a, & button': { borderWidth: 2, whiteSpace: 'normal' } } as const

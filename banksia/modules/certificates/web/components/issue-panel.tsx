import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, DecisionPanel, ErrorPanel, useMay } from '@banksia/kit'
import { issueCertificateMutation, readDraftOptions, type DraftRead, type FieldRead } from '../api'
import { DecisionRow } from './decision-row'
import { goToAnswer } from './draft-focus'
import { seenOf, useShowChanges } from './known-changes'
import { openValuesOf } from './open-values'

interface IssuePanelProps {
  draft: DraftRead
  /** What is answered on the page and not stored: it would not be on the certificate. */
  unsaved: readonly FieldRead[]
  saving: boolean
}

/** What issuing does, said before it is done. */
export function IssuePanel({ draft, unsaved, saving }: IssuePanelProps) {
  const mayIssue = useMay('certificates.orders.issue')
  const queryClient = useQueryClient()
  const path = { line_id: draft.line.id }
  const showChanges = useShowChanges(draft)
  const issue = useMutation({
    ...issueCertificateMutation(),
    onError: showChanges,
    onSuccess: async (issued) => {
      queryClient.setQueryData(readDraftOptions({ path }).queryKey, issued)
      await queryClient.invalidateQueries()
    },
  })
  if (!mayIssue) return null
  const first = unsaved[0] ?? (draft.can_issue ? undefined : openValuesOf(draft)[0])
  const outcome = draft.when_you_issue
  const press = () => {
    if (first) goToAnswer(first.key)
    else if (draft.can_issue && !saving) issue.mutate({ path, body: seenOf(draft) })
  }
  return (
    <DecisionPanel title="When you issue">
      {issue.error ? <ErrorPanel title="The certificate was not issued" error={issue.error} /> : null}
      {draft.checked_by_name ? <p>{`Checked by ${draft.checked_by_name}.`}</p> : null}
      <ul css={{ paddingLeft: '1.25rem', display: 'grid', gap: '0.25rem', marginBottom: '1rem' }}>
        <li>
          It becomes number <strong>{outcome.number_preview}</strong>, dated today, and cannot be edited.
        </li>
        <li>
          {outcome.emails_customer
            ? `${outcome.customer} is emailed a link to it.`
            : `${outcome.customer} has no email address: print it.`}
        </li>
        <li>It is filed in the property file under Certificates.</li>
      </ul>
      <DecisionRow draft={draft} unsaved={unsaved} saving={saving}>
        <ActionButton
          loading={issue.isPending}
          aria-disabled={!draft.can_issue || unsaved.length > 0}
          onClick={press}
        >
          Issue certificate
        </ActionButton>
      </DecisionRow>
    </DecisionPanel>
  )
}

import { TextLink } from '@ag.ds-next/react/text-link'
import { Facts, formatBytes, formatDayAndTime, Panel, PdfPreview, Timeline } from '@banksia/kit'
import type { DraftRead, FieldRead } from '../api'
import { CheckPanel, SendPanel } from './check-panel'
import { IssuePanel } from './issue-panel'

interface DraftAsideProps {
  draft: DraftRead
  /** What is answered on the page and not stored. */
  unsaved: readonly FieldRead[]
  saving: boolean
}

/** Beside the answers: the paper, what issuing does, what was issued, what happened. */
export function DraftAside({ draft, unsaved, saving }: DraftAsideProps) {
  const preview = `/api/certificates/lines/${draft.line.id}/preview.pdf?version=${String(draft.version)}&template=${String(draft.template_number)}&known=${shortOf(draft.known)}`
  const issued = draft.line.state === 'issued'
  const handedOver = draft.line.state === 'to_check' || draft.line.state === 'checked'
  return (
    <div css={{ display: 'grid', gap: '1.25rem' }}>
      {handedOver ? <NextStep draft={draft} unsaved={unsaved} saving={saving} /> : null}
      {draft.certificates.map((certificate) => (
        <Panel key={certificate.id} title={`Certificate ${certificate.number}`}>
          <Facts
            of={[
              ['Issued', formatDayAndTime(certificate.issued_at)],
              certificate.superseded_by ? ['Replaced by', certificate.superseded_by] : null,
              [
                'File',
                <TextLink
                  key="file"
                  href={certificate.download_path}
                >{`${certificate.file_name} (${formatBytes(certificate.size_bytes)})`}</TextLink>,
              ],
              [
                'SHA-256',
                <code key="hash" css={{ overflowWrap: 'anywhere', fontSize: '0.8125rem' }}>
                  {certificate.sha256}
                </code>,
              ],
            ]}
          />
        </Panel>
      ))}
      {issued ? null : (
        <PdfPreview
          url={preview}
          name={`Draft of ${draft.title}`}
          hint="As it will be printed, with open places marked"
          action={
            <TextLink href={preview} target="_blank" rel="noreferrer">
              Open PDF
            </TextLink>
          }
        />
      )}
      {handedOver ? null : <NextStep draft={draft} unsaved={unsaved} saving={saving} />}
      <Panel title="History">
        <Timeline
          events={draft.history.map((step) => ({
            title: stepInWords(step),
            detail: [step.actor_name, formatDayAndTime(step.at), step.note].filter(Boolean).join(', '),
            state: 'done' as const,
          }))}
        />
      </Panel>
    </div>
  )
}

/** What is to be decided now: sending it to a second officer, checking it, or issuing it. */
function NextStep(props: DraftAsideProps) {
  const { draft } = props
  const { state } = draft.line
  if (state === 'to_check') return <CheckPanel {...props} />
  if (state === 'assigned' || state === 'drafted')
    return draft.needs_check ? <SendPanel {...props} /> : <IssuePanel {...props} />
  return state === 'checked' ? <IssuePanel {...props} /> : null
}

/** Another address for another picture: a few letters that differ whenever what council knows does. */
function shortOf(known: DraftRead['known']): string {
  let sum = 0
  for (const letter of JSON.stringify(known)) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return sum.toString(36)
}

function stepInWords({ kind, to_state }: DraftRead['history'][number]): string {
  if (kind === 'changed') return 'Council learnt something else'
  if (kind === 'kept_issued') return 'Kept as issued'
  const words = {
    awaiting_payment: 'Ordered',
    queued: 'Paid and queued',
    assigned: 'Taken',
    drafted: 'Drafted',
    to_check: 'Sent to be checked',
    checked: 'Checked',
    on_hold: 'Put on hold',
    issued: 'Issued',
    cannot_issue: 'Cannot be issued',
    cancelled: 'Cancelled',
  }
  return words[to_state]
}

import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  Due,
  formatDayAndTime,
  formatParcel,
  KeyHints,
  Loaded,
  Notice,
  StaffPage,
  Status,
  UrgentTag,
  useMay,
  useNavigateTo,
  useShortcuts,
  useUser,
  formatAddress,
} from '@banksia/kit'
import { readDraftOptions, type DraftRead, type FieldRead } from '../api'
import { AttachedPdf } from '../components/attached-pdf'
import { DraftAside } from '../components/draft-aside'
import { goToDecision, goToOpenValue, useFocusAfterStep } from '../components/draft-focus'
import { DraftSections } from '../components/draft-sections'
import { HowIssued } from '../components/how-issued'
import { KnownChanges, useChanges } from '../components/known-changes'
import { LeaveUnsaved } from '../components/leave-unsaved'
import { LineActions } from '../components/line-actions'
import { NewerTemplate } from '../components/newer-template'
import { openValuesOf } from '../components/open-values'
import { Replaces } from '../components/replaces'
import { dueOf, staffLineWords } from '../components/staff-words'
import { TwoAnswers } from '../components/two-answers'
import { useSaveAnswers } from '../components/use-save-answers'
import { draftPage, queuePage, staffOrderPage } from '../staff-routes'

/** One certificate while it is prepared, and after. */
export default function DraftPage() {
  const { lineId } = draftPage.useParams()
  const draft = useQuery(readDraftOptions({ path: { line_id: lineId } }))
  if (draft.data) return <Draft draft={draft.data} />
  return (
    <StaffPage title="Certificate" where={<TextLink href={queuePage.href()}>Queue</TextLink>}>
      <Loaded query={draft} failed="The certificate could not be opened">
        {() => null}
      </Loaded>
    </StaffPage>
  )
}

function Draft({ draft }: { draft: DraftRead }) {
  const { line, property } = draft
  const user = useUser()
  const mayPrepare = useMay('certificates.lines.prepare')
  const save = useSaveAnswers(draft)
  const changes = useChanges(draft)
  const editable =
    mayPrepare && line.assigned_to_id === user?.id && (line.state === 'assigned' || line.state === 'drafted')
  const open = openValuesOf(draft)
  const navigate = useNavigateTo()
  useFocusAfterStep(`${line.state} ${line.assigned_to_id ?? ''}`)
  useShortcuts([
    { key: 'u', label: 'Next open value', run: () => goToOpenValue(document.activeElement) },
    { key: 'd', label: 'Go to the decision', run: goToDecision },
    { key: 'q', label: 'Back to the queue', run: () => navigate(queuePage.href()) },
  ])
  return (
    <StaffPage
      title={draft.title}
      where={
        <>
          <TextLink href={queuePage.href()}>Queue</TextLink> / {line.assigned_to_name ?? 'Unassigned'}
        </>
      }
      badge={<Status word={staffLineWords[line.state]} />}
      facts={
        <>
          <TextLink href={`/property/staff/${property.id}`}>
            {formatAddress(property.address) || property.parcel_title}
          </TextLink>{' '}
          · {formatParcel(property.parcel)} ·{' '}
          <TextLink href={staffOrderPage.href({ params: { orderId: line.order_id } })}>
            Order {line.order_number}
          </TextLink>{' '}
          for {line.firm_name ? `${draft.contact.name}, ${line.firm_name}` : draft.contact.name}
          {line.reference ? `, ${line.reference}` : ''} {line.urgent ? <UrgentTag /> : null}
        </>
      }
      actions={
        <>
          {line.state === 'issued' ? null : <Due {...dueOf(line)} />}
          <LineActions draft={draft} />
        </>
      }
      aside={<DraftAside draft={draft} unsaved={save.waiting} saving={save.isPending} />}
      asideWidth="32.5rem"
    >
      <LeaveUnsaved isChanged={save.waiting.length > 0} loss={lossOf(save.waiting)} />
      <div css={{ display: 'grid', gap: '1rem' }}>
        <TwoAnswers
          draft={draft}
          unsaved={save.unsaved}
          errors={save.errors}
          onMine={(key) => {
            void save.answerMine(key)
          }}
          onTheirs={save.drop}
        />
        <Replaces draft={draft} />
        <KnownChanges draft={draft} />
        <HowIssued
          told={draft.replaces ? null : draft.straight_through}
          state={line.state}
          answered={open.length === 0}
        />
        {line.customer_wrote_at ? (
          <Notice tone="info" title={`The customer wrote ${formatDayAndTime(line.customer_wrote_at)}`}>
            <p>
              <TextLink href={`${staffOrderPage.href({ params: { orderId: line.order_id } })}#messages`}>
                Read and answer on the order
              </TextLink>
            </p>
          </Notice>
        ) : null}
        <NewerTemplate draft={draft} editable={editable} />
        {draft.reason ? (
          <Notice tone="warning" title={reasonTitles[line.state] ?? 'Reason'}>
            <p>{draft.reason}</p>
          </Notice>
        ) : null}
        {editable && open.length > 0 ? (
          <Notice
            tone="warning"
            title={`${String(open.length)} value${open.length === 1 ? ' is' : 's are'} unknown. Answer ${open.length === 1 ? 'it' : 'them'} before you issue.`}
          >
            <p>
              {open.map((field, index) => (
                <span key={field.key}>
                  {index > 0 ? ', ' : ''}
                  <TextLink href={`#field-${field.key}`}>{field.label}</TextLink>
                </span>
              ))}
            </p>
          </Notice>
        ) : null}
        <DraftSections sections={draft.sections} changes={changes} editable={editable} save={save} />
        <AttachedPdf draft={draft} editable={editable} />
        <KeyHints
          hints={[
            { keys: ['U'], does: 'next open value' },
            { keys: ['D'], does: 'go to the decision' },
            { keys: ['Q'], does: 'back to the queue' },
            { keys: ['?'], does: 'all keys' },
          ]}
        />
      </div>
    </StaffPage>
  )
}

function lossOf(unsaved: readonly FieldRead[]): string {
  const names = unsaved.map(({ label }) => label).join(', ')
  return `Not saved yet: ${names}. After leaving, what was typed there is gone for good.`
}

const reasonTitles: Partial<Record<DraftRead['line']['state'], string>> = {
  on_hold: 'Asked of the customer',
  drafted: 'Sent back by the second officer',
}

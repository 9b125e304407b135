import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import {
  ActionButton,
  DecisionPanel,
  ErrorPanel,
  formatLongDate,
  Notice,
  Panel,
  RowList,
  slimButtons,
  Status,
  Tag,
  useNavigateTo,
} from '@banksia/kit'
import { type LineagePreview, type LineageRecord, recordLineage } from '../api'
import { propertyPage } from '../routes'
import { areaOf, LINEAGE_KINDS, STATES } from './words'

interface LineageReviewProps {
  propertyId: string
  reviewed: { record: LineageRecord; preview: LineagePreview }
  onBack: () => void
}

/** What recording will do, said before it is done. */
export function LineageReview({ propertyId, reviewed, onBack }: LineageReviewProps) {
  const { record, preview } = reviewed
  const navigate = useNavigateTo()
  const queryClient = useQueryClient()
  const send = useMutation({
    mutationFn: () => recordLineage({ body: record, throwOnError: true }),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      navigate(propertyPage.href({ params: { propertyId } }))
    },
  })
  const kind = LINEAGE_KINDS[record.kind]
  return (
    <div css={{ display: 'grid', gap: '1.125rem' }}>
      {preview.warnings.length > 0 ? (
        <Notice tone="warning" title="Look at this again">
          {preview.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      ) : null}
      <Side title={preview.ends_parents ? 'These lots end' : 'From these lots'} sides={preview.parents} />
      <Side title="These lots come of them" sides={preview.children} />
      <DecisionPanel title="When you record">
        {send.error ? <ErrorPanel title="It was not recorded" error={send.error} /> : null}
        <ul css={{ padding: '0.5rem 0 1rem 1.25rem' }}>
          {actsOf(reviewed).map((act) => (
            <li key={act}>{act}</li>
          ))}
        </ul>
        <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem', ...slimButtons }}>
          <ActionButton
            loading={send.isPending}
            onClick={() => {
              send.mutate()
            }}
          >
            {`Record ${kind.toLowerCase()}`}
          </ActionButton>
          <Button variant="secondary" onClick={onBack}>
            Change the details
          </Button>
        </div>
      </DecisionPanel>
    </div>
  )
}

function actsOf({ record, preview }: LineageReviewProps['reviewed']): string[] {
  const names = (sides: LineagePreview['parents']) =>
    sides.length > 6
      ? `${sides.length} lots`
      : new Intl.ListFormat('en-AU').format(sides.map(({ title }) => title))
  const made = preview.children.filter(({ is_new }) => is_new)
  const on = formatLongDate(record.occurred_on)
  return [
    preview.ends_parents && preview.parents.length > 0
      ? `${names(preview.parents)} become${preview.parents.length === 1 ? 's' : ''} historic on ${on}, and search leads on from ${preview.parents.length === 1 ? 'it' : 'them'}.`
      : '',
    made.length > 0 ? `${names(made)} ${made.length === 1 ? 'is' : 'are'} made.` : '',
    `The history of each names you, ${record.plan} and ${record.source}.`,
    'It can be taken back in the history while nothing depends on it.',
  ].filter(Boolean)
}

function Side({ title, sides }: { title: string; sides: LineagePreview['parents'] }) {
  if (sides.length === 0) return null
  return (
    <Panel title={title} flush>
      <RowList
        inset
        rows={sides.map((side) => ({
          key: side.text,
          title: (
            <>
              <strong>{side.title}</strong> {side.is_new ? <Tag tone="changed">New</Tag> : null}
            </>
          ),
          detail: areaOf(side.area_square_metres),
          end: <Status word={STATES[side.status]} />,
        }))}
      />
    </Panel>
  )
}

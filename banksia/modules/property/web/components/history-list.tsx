import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, dayOf, formatLongDate, formatTime, Panel, Tag } from '@banksia/kit'
import type { HistoryRead } from '../api'
import { propertyPage } from '../routes'
import { UndoLineage } from './undo-lineage'

interface HistoryListProps {
  propertyId: string
  rows: readonly HistoryRead[]
}

/** What happened, by day; each day leads to the property as it was then. */
export function HistoryList({ propertyId, rows }: HistoryListProps) {
  const days = [...Map.groupBy(rows, ({ at }) => dayOf(at))]
  const today = dayOf(new Date())
  return (
    <>
      {days.map(([day, entries]) => (
        <Panel
          key={day}
          title={formatLongDate(day)}
          flush
          action={
            day < today ? (
              <TextLink href={propertyPage.href({ params: { propertyId }, search: { as_at: day } })}>
                See it as at this day
              </TextLink>
            ) : null
          }
        >
          <ol css={{ listStyle: 'none' }}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ol>
        </Panel>
      ))}
    </>
  )
}

function Entry({ entry }: { entry: HistoryRead }) {
  const { title, about, at, by, file_name, line, changes, is_personal, lineage_event_id } = entry
  const file = file_name ? `${file_name}${line === null ? '' : `, line ${line.toLocaleString('en-AU')}`}` : ''
  return (
    <li
      css={{
        padding: '0.75rem 1rem',
        '&:not(:first-of-type)': { borderTop: `1px solid ${colour.borderMuted}` },
      }}
    >
      <div>
        <strong>{title}</strong>
        {about ? ` ${about}` : ''} {is_personal ? <Tag>Personal</Tag> : null}
      </div>
      {changes.length > 0 ? (
        <ul css={{ listStyle: 'none' }}>
          {changes.map(({ label, before, after }) => (
            <li key={label}>
              {label}: {before === null ? '' : <del css={{ color: colour.foregroundMuted }}>{before}</del>}
              {before !== null && after !== null ? ' became ' : ''}
              {after === null ? (
                before === null ? (
                  'nothing'
                ) : (
                  ' no longer'
                )
              ) : (
                <ins css={{ textDecoration: 'none' }}>{after}</ins>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      <div css={{ fontSize: '0.8125rem', color: colour.foregroundMuted }}>
        {[formatTime(at), by, file].filter(Boolean).join(', ')}
      </div>
      {lineage_event_id ? <UndoLineage eventId={lineage_event_id} /> : null}
    </li>
  )
}

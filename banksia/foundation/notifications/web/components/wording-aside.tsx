import { formatDayAndTime, Panel, RowList, Tag } from '@banksia/kit'
import type { WordingRead } from '../api'

/** What a mail can say: the name to write, what it stands for, and an example. */
export function Variables({ variables }: { variables: WordingRead['variables'] }) {
  return (
    <Panel title="Variables" hint="Write them as they stand here, with both pairs of brackets." flush>
      <RowList
        inset
        rows={variables.map(({ name, words, sample, required }) => ({
          key: name,
          title: (
            <>
              <code>{`{{ ${name} }}`}</code> {required ? <Tag>Needed</Tag> : null}
            </>
          ),
          detail: (
            <>
              {words}. <span css={{ overflowWrap: 'anywhere' }}>{`For example: ${sample.trim()}`}</span>
            </>
          ),
        }))}
      />
    </Panel>
  )
}

/** Every change, with what it said. */
export function Versions({ read }: { read: WordingRead }) {
  if (read.versions.length === 0) return null
  return (
    <Panel title="Versions">
      <div css={{ display: 'grid', gap: '0.75rem' }}>
        {read.versions.map((version) => (
          <details key={version.version}>
            <summary css={{ cursor: 'pointer' }}>
              {`${version.is_standard ? 'Standard words' : `Version ${String(version.version)}`}, ${formatDayAndTime(version.created_at)}, ${version.author_name}`}
            </summary>
            {version.is_standard ? null : (
              <div css={{ paddingTop: '0.5rem', fontSize: '0.875rem' }}>
                <strong>{version.subject}</strong>
                <p css={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{version.text}</p>
              </div>
            )}
          </details>
        ))}
      </div>
    </Panel>
  )
}

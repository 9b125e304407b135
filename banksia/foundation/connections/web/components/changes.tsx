import { colour, Panel, Tag } from '@banksia/kit'
import type { DifferenceRead } from '../api'
import { CAPABILITIES, inWords } from '../manifest'

const WORDS = { added: 'New', removed: 'Gone', changed: 'Changed' } as const

/** What a changed module asks for beyond what was approved; what asks for more stands first. */
export function Changes({ changes }: { changes: readonly DifferenceRead[] }) {
  const sorted = [...changes].sort((a, b) => Number(b.asks_for_more) - Number(a.asks_for_more))
  return (
    <Panel
      title="What changed"
      hint="Until you approve it, the module works as it was approved before."
      flush
    >
      <ul css={{ listStyle: 'none' }}>
        {sorted.map((each, index) => (
          <li
            key={`${each.area} ${each.name}`}
            css={{
              padding: '0.625rem 1rem',
              borderTop: index > 0 ? `1px solid ${colour.borderMuted}` : undefined,
            }}
          >
            <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.25rem 0.5rem', alignItems: 'center' }}>
              <strong>{each.title}</strong>
              <Tag tone={each.asks_for_more ? 'urgent' : 'plain'}>
                {each.asks_for_more ? `${WORDS[each.change]}: asks for more` : WORDS[each.change]}
              </Tag>
            </div>
            <p css={{ overflowWrap: 'anywhere' }}>{named(each)}</p>
            <Values change={each} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const named = ({ area, name }: DifferenceRead) =>
  area === 'capabilities' ? (CAPABILITIES[name] ?? name) : area === 'about' ? inWords(name) : name

function Values({ change: { change, area, before, after } }: { change: DifferenceRead }) {
  if (area === 'capabilities' || area === 'hears') return null
  const words = [
    change === 'added' ? null : ['Before', before],
    change === 'removed' ? null : [change === 'added' ? '' : 'Now', after],
  ].filter((each) => each !== null)
  return (
    <div css={{ fontSize: '0.875rem', color: colour.foregroundMuted, overflowWrap: 'anywhere' }}>
      {words.map(([label, value]) => (
        <p key={String(label)}>{[label, inText(value)].filter(Boolean).join(': ')}</p>
      ))}
    </div>
  )
}

/** A piece of a manifest in a line: its parts by name, without what is empty. */
function inText(value: unknown): string {
  if (Array.isArray(value)) return value.map(inText).join(', ')
  if (value !== null && typeof value === 'object') {
    const parts = Object.entries(value).filter(([, each]) => each !== null && each !== '')
    return parts.map(([name, each]) => `${inWords(name)}: ${inText(each)}`).join('; ')
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'nothing'
}

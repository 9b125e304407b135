import { useQuery } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { colour, EmptyState, Loaded, Panel, StaffPage, visuallyHidden } from '@banksia/kit'
import { compareTemplatesOptions, readTemplateOptions, type DiffLine, type TemplateRead } from '../api'
import { TemplateViews, TemplateWhere, versionWords } from '../components/template-views'
import { templateComparePage } from '../staff-routes'

const DRAFT = 'draft'

/** Two versions of a template, line by line. */
export default function TemplateComparePage() {
  const { code } = templateComparePage.useParams()
  const template = useQuery(readTemplateOptions({ path: { code } }))
  return (
    <StaffPage
      title={template.data?.title ?? 'Certificate template'}
      where={<TemplateWhere />}
      views={<TemplateViews code={code} active="compare" />}
    >
      <Loaded query={template} failed="The versions could not be loaded">
        {(read) => <Comparison template={read} />}
      </Loaded>
    </StaffPage>
  )
}

function Comparison({ template }: { template: TemplateRead }) {
  const search = templateComparePage.useSearch()
  const setSearch = templateComparePage.useSetSearch()
  const { code, versions } = template
  const hasDraft = template.version > 0
  const numbers = versions.map(({ number }) => ({ value: String(number), label: versionWords(number) }))
  const newer = search.newer ?? (hasDraft ? DRAFT : String(versions[0]?.number ?? 0))
  const before = hasDraft ? versions[0] : (versions[1] ?? versions[0])
  const older = search.older ?? String(before?.number ?? 0)
  const query = { older: Number(older), ...(newer === DRAFT ? {} : { newer: Number(newer) }) }
  const compared = useQuery(compareTemplatesOptions({ path: { code }, query }))
  return (
    <>
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '1rem' }}>
        <Select
          label="Older"
          hideOptionalLabel
          value={older}
          options={numbers}
          onChange={(event) => {
            setSearch({ older: event.target.value, newer })
          }}
        />
        <Select
          label="Newer"
          hideOptionalLabel
          value={newer}
          options={hasDraft ? [{ value: DRAFT, label: 'Draft' }, ...numbers] : numbers}
          onChange={(event) => {
            setSearch({ older, newer: event.target.value })
          }}
        />
      </div>
      <Loaded query={compared} failed="The versions could not be compared">
        {(comparison) =>
          comparison.lines.length === 0 ? (
            <EmptyState>{`${comparison.older} and ${comparison.newer} say the same.`}</EmptyState>
          ) : (
            <Panel
              title={`${comparison.older} to ${comparison.newer}`}
              hint={`${String(comparison.added)} ${comparison.added === 1 ? 'line' : 'lines'} added, ${String(comparison.removed)} removed`}
              flush
            >
              <div css={{ overflowX: 'auto' }}>
                <table css={{ borderCollapse: 'collapse', width: '100%', fontSize: '0.8125rem' }}>
                  <caption css={visuallyHidden}>What changed, line by line</caption>
                  <thead css={visuallyHidden}>
                    <tr>
                      <th>Older line</th>
                      <th>Newer line</th>
                      <th>Change</th>
                      <th>Text</th>
                    </tr>
                  </thead>
                  <tbody>
                    {comparison.lines.map((line, index) => (
                      <Line key={index} line={line} />
                    ))}
                  </tbody>
                </table>
              </div>
            </Panel>
          )
        }
      </Loaded>
    </>
  )
}

const changes = {
  same: { sign: '', words: 'Same', background: 'transparent' },
  added: { sign: '+', words: 'Added', background: colour.systemSuccessMuted },
  removed: { sign: '−', words: 'Removed', background: colour.systemErrorMuted },
  skipped: { sign: '…', words: 'Lines that are the same are left out', background: colour.backgroundShade },
} as const

function Line({ line }: { line: DiffLine }) {
  const { sign, words, background } = changes[line.change]
  return (
    <tr css={{ background }}>
      <td css={number}>{line.old_line}</td>
      <td css={number}>{line.new_line}</td>
      <td css={{ padding: '0.125rem 0.5rem', fontWeight: 'bold' }}>
        <span aria-hidden>{sign}</span>
        <span css={visuallyHidden}>{words}</span>
      </td>
      <td
        css={{ padding: '0.125rem 0.5rem', width: '100%', whiteSpace: 'pre-wrap', fontFamily: 'monospace' }}
      >
        {line.text}
      </td>
    </tr>
  )
}

const number = {
  padding: '0.125rem 0.5rem',
  textAlign: 'right',
  color: colour.foregroundMuted,
  fontVariantNumeric: 'tabular-nums',
} as const

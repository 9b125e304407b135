import { colour, Panel, RowList } from '@banksia/kit'
import type { ImportRunDetail, ImportSample } from '../api'
import { inWords } from './import-words'

const GROUPS = [
  { of: 'new', title: 'New' },
  { of: 'changed', title: 'Changed' },
  { of: 'ended', title: 'Ended' },
] as const

/** The first records that are new, changed or ended, so that a person sees whether the file means what it should. */
export function ImportSamples({ samples }: { samples: ImportRunDetail['samples'] }) {
  const groups = GROUPS.filter(({ of }) => samples[of].length > 0)
  return groups.map(({ of, title }) => (
    <Panel key={of} title={title} hint={hintOf(samples[of].length)} flush>
      <RowList
        inset
        rows={samples[of].map((sample, index) => ({
          key: `${String(index)} ${sample.label}`,
          title: sample.label,
          detail: <Detail sample={sample} />,
        }))}
      />
    </Panel>
  ))
}

const hintOf = (count: number) => (count === 1 ? 'One of them' : `The first ${String(count)}`)

function Detail({ sample }: { sample: ImportSample }) {
  const changed = Object.keys(sample.after)
  const line = sample.line === null ? '' : `, line ${sample.line.toLocaleString('en-AU')}`
  return (
    <>
      {`${inWords(sample.kind)}${line}`}
      {Object.keys(sample.before).length > 0 ? (
        <ul css={{ listStyle: 'none' }}>
          {changed.map((field) => (
            <li key={field}>
              {inWords(field)}: <del>{sample.before[field] ?? 'nothing'}</del> <span aria-hidden>→</span>{' '}
              <ins css={{ textDecoration: 'none', color: colour.foregroundText }}>
                {sample.after[field] ?? 'nothing'}
              </ins>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

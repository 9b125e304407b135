import { colour, formatAddress, formatDate, formatParcel, Panel, RowList } from '@banksia/kit'
import type { ImportRunDetail, ImportSample } from '../api'
import { kindInWords } from './import-words'

const GROUPS = [
  { of: 'new', title: 'New' },
  { of: 'changed', title: 'Changed or back again' },
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
          title: labelOf(sample),
          detail: <Detail sample={sample} />,
        }))}
      />
    </Panel>
  ))
}

const labelOf = ({ kind, label }: ImportSample) =>
  kind === 'address' ? formatAddress(label) : kind === 'parcel' ? formatParcel(label) : label
const hintOf = (count: number) => (count === 1 ? 'One of them' : `The first ${String(count)}`)

/** When a record holds is said in words; the other columns as they were and become. */
function Detail({ sample }: { sample: ImportSample }) {
  const changed = Object.keys(sample.after).filter((field) => field !== 'valid_from' && field !== 'valid_to')
  const line = sample.line === null ? '' : `, line ${sample.line.toLocaleString('en-AU')}`
  const { valid_to: ended } = sample.before
  const back = ended && !sample.after.valid_to ? `. It had ended ${formatDate(ended)} and holds again` : ''
  return (
    <>
      {`${kindInWords(sample.kind)}${line}${back}`}
      {changed.length > 0 && Object.keys(sample.before).length > 0 ? (
        <ul css={{ listStyle: 'none' }}>
          {changed.map((field) => (
            <li key={field}>
              {kindInWords(field)}: <del>{sample.before[field] ?? 'nothing'}</del> <span aria-hidden>→</span>{' '}
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

import { colour, Panel, tabularFigures } from '@banksia/kit'
import type { ImportRunRead } from '../api'
import { kindInWords, number, stateWords } from './import-words'

const GOES_ON: Partial<Record<ImportRunRead['state'], string>> = {
  checking: 'Nothing is changed yet. You can leave this page; the check goes on.',
  applying: 'Searches go on as before until everything is in. You can leave this page; the work goes on.',
  reverting:
    'Searches go on as before until everything is taken back. You can leave this page; the work goes on.',
}

/** How far the work in the background is; it goes on whether somebody looks or not. */
export function ImportProgress({ run }: { run: ImportRunRead }) {
  const { progress } = run
  const known = progress && progress.total > 0
  const words = progress ? kindInWords(progress.step) : 'Waiting for its turn'
  return (
    <Panel title={stateWords[run.state]} hint={GOES_ON[run.state]}>
      <div css={{ display: 'grid', gap: '0.5rem', maxWidth: '42rem' }}>
        <progress
          aria-label={stateWords[run.state]}
          max={known ? progress.total : undefined}
          value={known ? progress.done : undefined}
          css={{ width: '100%', height: '0.75rem', accentColor: colour.foregroundAction }}
        />
        <p role="status" css={{ ...tabularFigures, color: colour.foregroundMuted }}>
          {known ? `${words}, ${String(Math.floor((100 * progress.done) / progress.total))}%` : words}
        </p>
        {known ? (
          <p css={{ ...tabularFigures, fontSize: '0.875rem', color: colour.foregroundMuted }}>
            {number(progress.done)} of {number(progress.total)}
          </p>
        ) : null}
      </div>
    </Panel>
  )
}

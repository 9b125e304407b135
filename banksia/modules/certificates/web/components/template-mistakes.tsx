import { Button } from '@ag.ds-next/react/button'
import { Notice } from '@banksia/kit'
import type { MistakeRead, TemplateChecked } from '../api'

interface TemplateMistakesProps {
  id: string
  checked: TemplateChecked | undefined
  /** Whether the text was changed after it was checked. */
  stale: boolean
  onGoTo: (line: number, column: number) => void
}

/** What stops a text from being published; each place leads to its line. */
export function TemplateMistakes({ id, checked, stale, onGoTo }: TemplateMistakesProps) {
  if (!checked) return null
  const { mistakes, warnings } = checked
  const count = mistakes.length
  return (
    <div id={id} css={{ display: 'grid', gap: '0.75rem', opacity: stale ? 0.65 : 1 }}>
      {count === 0 ? (
        <Notice tone="success" role="status" title={stale ? 'It printed before you changed it' : 'It prints'}>
          <p>For land of which everything is known, and for land of which little is.</p>
        </Notice>
      ) : (
        <Notice
          tone="error"
          role="alert"
          title={`${String(count)} ${count === 1 ? 'mistake' : 'mistakes'}. The text is kept and cannot be published.`}
        >
          <ul css={list}>
            {mistakes.map((mistake, index) => (
              <li key={index}>
                <Mistake mistake={mistake} onGoTo={onGoTo} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {warnings.length > 0 ? (
        <Notice tone="warning" title="Look at this before you publish">
          <ul css={list}>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </div>
  )
}

function Mistake({ mistake, onGoTo }: { mistake: MistakeRead; onGoTo: TemplateMistakesProps['onGoTo'] }) {
  const { line, column } = mistake
  return (
    <span>
      {line === null ? null : (
        <>
          <Button
            variant="text"
            size="sm"
            onClick={() => {
              onGoTo(line, column ?? 1)
            }}
          >
            {`Line ${String(line)}, column ${String(column ?? 1)}`}
          </Button>
          {': '}
        </>
      )}
      {mistake.message}
      {mistake.hint ? ` ${mistake.hint}` : ''}
    </span>
  )
}

const list = { display: 'grid', gap: '0.25rem', paddingLeft: '1.25rem' } as const

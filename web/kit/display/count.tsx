import { colour, tabularFigures, visuallyHidden } from '../theme/tokens'

interface CountProps {
  value: number
  /** Red only when something is wrong; selected on the view that is open. */
  tone?: 'neutral' | 'alert' | 'selected'
  /** What is counted, for those who hear the page: `waiting`. */
  of?: string
}

const tones = {
  neutral: { background: colour.backgroundShadeAlt, color: colour.foregroundText },
  alert: { background: colour.systemError, color: colour.backgroundBody },
  selected: { background: colour.selected, color: colour.backgroundBody },
} as const

export function Count({ value, tone = 'neutral', of }: CountProps) {
  return (
    <span
      css={{
        ...tones[tone],
        ...tabularFigures,
        display: 'inline-block',
        minWidth: '1.5rem',
        padding: '0 0.4375rem',
        borderRadius: '0.75rem',
        boxSizing: 'border-box',
        fontSize: '0.8125rem',
        fontWeight: 'bold',
        lineHeight: '1.5rem',
        textAlign: 'center',
        // A flexible row would otherwise break 38 into 3 / 8.
        flexShrink: 0,
        wordBreak: 'normal',
      }}
    >
      {value.toLocaleString('en-AU')}
      {of ? <span css={visuallyHidden}> {of}</span> : null}
    </span>
  )
}

import { type Ref, useId, useImperativeHandle, useRef } from 'react'
import { colour, RADIUS } from '@banksia/kit'

/** What a page does with the text besides showing it. */
export interface SourceHandle {
  /** Put the cursor on a line and column, both counted from 1, and the focus with it. */
  goTo: (line: number, column: number) => void
  /** Write something where the cursor stands, in place of what is selected. */
  insert: (text: string) => void
}

interface TemplateSourceProps {
  value: string
  onChange: (value: string) => void
  invalid: boolean
  /** What is said of the text beside it, such as the list of mistakes. */
  describedBy?: string
  ref: Ref<SourceHandle>
}

const LINE_HEIGHT = 20

/** The text of a template with the numbers of its lines. Tab leaves it, as it leaves any other field. */
export function TemplateSource({ value, onChange, invalid, describedBy, ref }: TemplateSourceProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const numbers = useRef<HTMLPreElement>(null)
  const id = useId()
  const count = value.split('\n').length
  useImperativeHandle(ref, () => ({
    goTo: (line, column) => {
      const element = area.current
      if (!element) return
      const start = startOf(element.value, line)
      element.focus()
      element.setSelectionRange(start + column - 1, start + column - 1)
      element.scrollTop = Math.max((line - 5) * LINE_HEIGHT, 0)
    },
    insert: (text) => {
      const element = area.current
      if (!element) return
      element.focus()
      element.setRangeText(text, element.selectionStart, element.selectionEnd, 'end')
      onChange(element.value)
    },
  }))
  return (
    <div css={{ display: 'grid', gap: '0.5rem' }}>
      <label htmlFor={id} css={{ fontWeight: 'bold' }}>
        Text of the certificate
      </label>
      <div css={frame}>
        <pre ref={numbers} aria-hidden css={gutter}>
          {Array.from({ length: count }, (_, index) => `${String(index + 1)}\n`)}
        </pre>
        <textarea
          id={id}
          ref={area}
          value={value}
          wrap="off"
          rows={Math.min(Math.max(count + 2, 14), 28)}
          spellCheck={false}
          autoCapitalize="off"
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          onChange={(event) => {
            onChange(event.target.value)
          }}
          onScroll={(event) => {
            if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop
          }}
          css={text}
        />
      </div>
    </div>
  )
}

function startOf(value: string, line: number): number {
  const before = value.split('\n').slice(0, line - 1)
  return before.reduce((sum, each) => sum + each.length + 1, 0)
}

const monospace = {
  fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSize: '0.8125rem',
  lineHeight: `${String(LINE_HEIGHT)}px`,
} as const
const frame = {
  display: 'flex',
  border: `2px solid ${colour.border}`,
  borderRadius: RADIUS.control,
  overflow: 'hidden',
  '&:focus-within': { outline: `3px solid ${colour.foregroundFocus}`, outlineOffset: 2 },
} as const
const gutter = {
  ...monospace,
  flexShrink: 0,
  minWidth: '2rem',
  // Only as high as the text beside it: it scrolls along and never makes the frame grow.
  height: 0,
  minHeight: '100%',
  boxSizing: 'border-box',
  margin: 0,
  padding: '0.5rem 0.5rem 0.5rem 0.25rem',
  overflow: 'hidden',
  textAlign: 'right',
  userSelect: 'none',
  color: colour.foregroundMuted,
  background: colour.backgroundShade,
} as const
const text = {
  ...monospace,
  flex: 1,
  minWidth: 0,
  boxSizing: 'border-box',
  padding: '0.5rem',
  border: 0,
  outline: 'none',
  resize: 'vertical',
  overflowX: 'auto',
  color: colour.foregroundText,
  background: colour.backgroundBody,
} as const

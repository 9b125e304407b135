import { type ChangeEvent, type KeyboardEvent, type ReactNode, type Ref, useState } from 'react'
import type { CSSObject } from '@emotion/react'
import { Field } from '@ag.ds-next/react/field'
import { textInputStyles } from '@ag.ds-next/react/text-input'
import { useCombobox } from 'downshift'
import { colour, visuallyHidden } from '../theme/tokens'
import { MatchList } from './match-list'
import { useMatches } from './use-matches'

export interface SearchComboboxProps<Match> {
  /** Its name in the cache: one per kind of thing searched. */
  name: string
  label: string
  /** For a box whose purpose is plain, such as the one in the header. */
  hideLabel?: boolean
  placeholder?: string
  hint?: string
  find: (text: string, signal: AbortSignal) => Promise<Match[]>
  keyOf: (match: Match) => string
  /** What stands in the box once it is chosen. */
  textOf: (match: Match) => string
  renderMatch: (match: Match, query: string) => ReactNode
  onChoose: (match: Match) => void
  /** Enter with nothing chosen: the text as it stands. */
  onSubmit?: (text: string) => void
  /** The sentence when nothing matches: what was searched and what else to try. */
  nothing: (query: string) => ReactNode
  invalid?: boolean
  message?: string
  inputRef?: Ref<HTMLInputElement>
  compact?: boolean
  initialText?: string
  /** Enter takes the first match, where there is nothing else to do with the text. */
  firstOnEnter?: boolean
  /** Empty the box after a choice, where choosing leaves the page. */
  clearOnChoose?: boolean
  onTextChange?: (text: string) => void
}

/** A box that shows matches as one types. What was typed stays when it loses the focus. */
export function SearchCombobox<Match>(props: SearchComboboxProps<Match>) {
  const { label, hideLabel, hint, invalid, message, compact, keyOf, textOf } = props
  const [text, setText] = useState(props.initialText ?? '')
  const { matches, searched, settled, error } = useMatches(props.name, text, props.find)
  const box = useCombobox<Match>({
    items: matches,
    inputValue: text,
    selectedItem: null,
    defaultHighlightedIndex: props.firstOnEnter ? 0 : -1,
    itemToString: (match) => (match ? textOf(match) : ''),
    onSelectedItemChange: ({ selectedItem }) => {
      if (!selectedItem) return
      setText(props.clearOnChoose ? '' : textOf(selectedItem))
      props.onChoose(selectedItem)
    },
  })
  const open = box.isOpen && text.trim() !== '' && (matches.length > 0 || settled || error !== null)
  const input = box.getInputProps({
    ref: props.inputRef,
    // At once and not in downshift's own callback, which comes after the next key of a fast typist is drawn away.
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      setText(event.target.value)
      props.onTextChange?.(event.target.value)
    },
  })
  const submitOnEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !(open && box.highlightedIndex >= 0) && props.onSubmit) {
      event.preventDefault()
      box.closeMenu()
      props.onSubmit(text.trim())
    }
  }
  const field = (a11y: Record<string, unknown>) => (
    <input
      {...a11y}
      {...input}
      role="combobox"
      aria-controls={input['aria-controls']}
      aria-label={hideLabel ? label : undefined}
      aria-labelledby={undefined}
      aria-expanded={open}
      onKeyDown={(event) => {
        submitOnEnter(event)
        if (!event.defaultPrevented) input.onKeyDown?.(event)
      }}
      placeholder={props.placeholder}
      autoComplete="off"
      spellCheck={false}
      css={{
        ...(textInputStyles({ block: true }) as CSSObject),
        ...(compact ? { height: '2.25rem', borderWidth: 0 } : {}),
      }}
    />
  )
  return (
    <div css={{ position: 'relative', width: '100%' }}>
      {hideLabel ? (
        field({})
      ) : (
        <Field
          label={label}
          hint={hint}
          message={message}
          invalid={invalid}
          required
          hideOptionalLabel
          id={input.id}
        >
          {field}
        </Field>
      )}
      <MatchList
        open={open}
        menuProps={box.getMenuProps({ 'aria-label': 'Matches', 'aria-labelledby': undefined })}
        matches={open ? matches : []}
        keyOf={keyOf}
        itemProps={(match, index) => box.getItemProps({ item: match, index })}
        highlighted={box.highlightedIndex}
        renderMatch={(match) => props.renderMatch(match, searched)}
        note={
          error
            ? 'The search did not answer. Try again in a minute.'
            : settled && matches.length === 0
              ? props.nothing(searched)
              : null
        }
      />
      <p role="status" css={{ ...visuallyHidden, color: colour.foregroundText }}>
        {open && settled ? `${matches.length} ${matches.length === 1 ? 'match' : 'matches'}` : ''}
      </p>
    </div>
  )
}

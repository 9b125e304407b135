import { Children, type PropsWithChildren, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { slimButtons } from '../theme/tokens'
import { useIsPhone } from '../theme/use-media'
import { compactFields, Filters } from './filters'

interface FindFormProps {
  /** What is typed into it: `Find an order`. */
  label: string
  /** The words of its button: `Find order`. */
  button: string
  /** What the address says is looked for. */
  value: string | undefined
  /** The text without its outer spaces; undefined when it is empty. */
  onFind: (text: string | undefined) => void
  hint?: string
  /** Among staff filters: what is applied, in words. Without it the form stands as the public sees it. */
  applied?: string
}

/**
 * The search above a list; further filters, its children, stand between the text and the button. On a phone what one
 * types stays in sight, and the further filters stand behind their button.
 */
export function FindForm({
  label,
  button,
  value,
  onFind,
  hint,
  applied,
  children,
}: PropsWithChildren<FindFormProps>) {
  const phone = useIsPhone()
  const [typed, setTyped] = useState(value ?? '')
  const [shown, setShown] = useState(value)
  if (shown !== value) {
    // Another view or a saved filter looks for something else.
    setShown(value)
    setTyped(value ?? '')
  }
  const words = (
    <TextInput
      label={label}
      hideOptionalLabel
      block={Boolean(hint) && applied === undefined}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      hint={hint}
    />
  )
  const submit = (
    <Button type="submit" variant="secondary" size={applied === undefined ? undefined : 'sm'}>
      {button}
    </Button>
  )
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        onFind(typed.trim() || undefined)
      }}
      css={
        applied === undefined
          ? { display: 'flex', flexWrap: 'wrap', gap: '0.75rem', alignItems: 'end' }
          : undefined
      }
    >
      {applied === undefined ? (
        <>
          {words}
          {children}
          {submit}
        </>
      ) : phone ? (
        <div css={{ display: 'grid', gap: '0.75rem' }}>
          <div css={{ ...compactFields, ...slimButtons, ...oneLine }}>
            {words}
            {submit}
          </div>
          {Children.toArray(children).length > 0 ? <Filters applied={applied}>{children}</Filters> : null}
        </div>
      ) : (
        <Filters applied={applied}>
          {words}
          {children}
          {submit}
        </Filters>
      )}
    </form>
  )
}

/** The words take what the button leaves of the line, and the line when that is too little. */
const oneLine = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-end',
  gap: '0.5rem',
  '& > div': { flex: '1 1 10rem', minWidth: 0 },
  '& > button': { flexShrink: 0 },
  input: { width: '100%', maxWidth: 'none' },
} as const

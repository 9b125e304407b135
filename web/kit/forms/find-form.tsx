import { type PropsWithChildren, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { Filters } from './filters'

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

/** The search above a list; further filters, its children, stand between the text and the button. */
export function FindForm({
  label,
  button,
  value,
  onFind,
  hint,
  applied,
  children,
}: PropsWithChildren<FindFormProps>) {
  const [typed, setTyped] = useState(value ?? '')
  const [shown, setShown] = useState(value)
  if (shown !== value) {
    // Another view or a saved filter looks for something else.
    setShown(value)
    setTyped(value ?? '')
  }
  const fields = (
    <>
      <TextInput
        label={label}
        hideOptionalLabel
        block={Boolean(hint) && applied === undefined}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        hint={hint}
      />
      {children}
      <Button type="submit" variant="secondary" size={applied === undefined ? undefined : 'sm'}>
        {button}
      </Button>
    </>
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
      {applied === undefined ? fields : <Filters applied={applied}>{fields}</Filters>}
    </form>
  )
}

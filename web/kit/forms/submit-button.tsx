import type { PropsWithChildren, ReactNode } from 'react'
import { ButtonGroup } from '@ag.ds-next/react/button'
import { useFormContext, useFormState } from 'react-hook-form'
import { ActionButton } from './action-button'

interface SubmitButtonProps {
  block?: boolean
  size?: 'sm' | 'md'
  /** `secondary` for what is seldom wanted, where another form on the page leads. */
  variant?: 'primary' | 'secondary'
  /** Beside it: a second way out, such as a Cancel link. */
  beside?: ReactNode
}

/** A verb and its object: `Send answer`. It stays enabled; the dots stand in it while the answer is under way. */
export function SubmitButton({
  block,
  size,
  variant,
  beside,
  children,
}: PropsWithChildren<SubmitButtonProps>) {
  const { control } = useFormContext()
  const { isSubmitting } = useFormState({ control })
  const button = (
    <ActionButton type="submit" block={block} size={size} variant={variant} loading={isSubmitting}>
      {children}
    </ActionButton>
  )
  return beside ? (
    <ButtonGroup>
      {button}
      {beside}
    </ButtonGroup>
  ) : (
    button
  )
}

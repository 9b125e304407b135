import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { Checkbox } from '@ag.ds-next/react/checkbox'
import { ControlGroup } from '@ag.ds-next/react/control-group'
import type { FieldMaxWidth } from '@ag.ds-next/react/core'
import { PasswordInput } from '@ag.ds-next/react/password-input'
import { Radio } from '@ag.ds-next/react/radio'
import { Select } from '@ag.ds-next/react/select'
import { TextInput } from '@ag.ds-next/react/text-input'
import { Textarea } from '@ag.ds-next/react/textarea'
import { colour } from '../theme/tokens'
import { type FieldOptions, useField } from './use-field'

type Input = InputHTMLAttributes<HTMLInputElement>

interface TextFieldProps extends FieldOptions {
  type?: 'text' | 'email' | 'tel' | 'url' | 'search'
  autoComplete?: Input['autoComplete']
  inputMode?: Input['inputMode']
  width?: FieldMaxWidth | 'full'
}

/** One line of text. */
export function TextField({
  type = 'text',
  autoComplete,
  inputMode,
  width = 'xl',
  ...options
}: TextFieldProps) {
  const { register, shown } = useField(options)
  return (
    <TextInput
      {...shown}
      {...sized(width)}
      {...register(options.name)}
      type={type}
      autoComplete={autoComplete}
      inputMode={inputMode}
    />
  )
}

/** A password, with a way to see it. */
export function PasswordField({
  autoComplete,
  ...options
}: FieldOptions & { autoComplete: 'current-password' | 'new-password' }) {
  const { register, shown } = useField(options)
  return <PasswordInput {...shown} {...register(options.name)} autoComplete={autoComplete} maxWidth="xl" />
}

/** A key or secret that is pasted in once and never shown, here or later. */
export function SecretField(options: FieldOptions) {
  const { register, shown } = useField(options)
  return <TextInput {...shown} {...register(options.name)} type="password" autoComplete="off" maxWidth="xl" />
}

/** Several lines of text. */
export function TextareaField({ rows = 4, ...options }: FieldOptions & { rows?: number }) {
  const { register, shown } = useField(options)
  return <Textarea {...shown} {...register(options.name)} rows={rows} block />
}

export interface Choice {
  value: string
  label: string
  disabled?: boolean
}

interface SelectFieldProps extends FieldOptions {
  options: readonly Choice[]
  /** What stands there before a choice is made. */
  placeholder?: string
  width?: 'sm' | 'md' | 'lg' | 'xl' | 'full'
}

/** One of many. */
export function SelectField({ options: choices, placeholder, width = 'xl', ...options }: SelectFieldProps) {
  const { register, shown } = useField(options)
  return (
    <Select
      {...shown}
      {...sized(width)}
      {...register(options.name)}
      options={[...choices]}
      placeholder={placeholder}
    />
  )
}

interface RadioChoice extends Omit<Choice, 'label'> {
  /** May hold the price or the date in bold: `Urgent, due by Tue 24 Nov`. */
  label: ReactNode
  /** What it costs, under the label. */
  detail?: ReactNode
}

interface RadioFieldProps extends FieldOptions {
  choices: readonly RadioChoice[]
  /** Beside each other where there is room. */
  inline?: boolean
}

/** One of few, all in sight. */
export function RadioField({ choices, inline = false, ...options }: RadioFieldProps) {
  const { register, shown } = useField(options)
  return (
    <ControlGroup {...shown} block={!inline}>
      {choices.map(({ value, label, detail, disabled }) => (
        <Radio key={value} {...register(options.name)} value={value} disabled={disabled} size="sm">
          {label}
          {detail ? <span css={{ display: 'block', fontSize: '0.875rem' }}>{detail}</span> : null}
        </Radio>
      ))}
    </ControlGroup>
  )
}

/** One yes or no, its words beside the box. The value is true or false. */
export function CheckboxField({ children, ...options }: FieldOptions & { children?: ReactNode }) {
  const { register, shown } = useField(options)
  const hintId = useId()
  return (
    <ControlGroup
      id={shown.id}
      invalid={shown.invalid}
      message={shown.message}
      required={shown.required}
      hideOptionalLabel
      block
    >
      <Checkbox {...register(options.name)} size="sm" aria-describedby={shown.hint ? hintId : undefined}>
        {children ?? options.label}
      </Checkbox>
      {shown.hint ? (
        <p id={hintId} css={{ paddingLeft: '2rem', fontSize: '0.875rem', color: colour.foregroundMuted }}>
          {shown.hint}
        </p>
      ) : null}
    </ControlGroup>
  )
}

interface CheckboxesFieldProps extends FieldOptions {
  choices: readonly Choice[]
}

/** Any of several. The value is a list of texts. */
export function CheckboxesField({ choices, ...options }: CheckboxesFieldProps) {
  const { register, shown } = useField(options)
  return (
    <ControlGroup {...shown} block>
      {choices.map(({ value, label, disabled }) => (
        <Checkbox key={value} {...register(options.name)} value={value} disabled={disabled} size="sm">
          {label}
        </Checkbox>
      ))}
    </ControlGroup>
  )
}

function sized<Width extends string>(width: Width | 'full') {
  return width === 'full' ? { block: true as const } : { maxWidth: width }
}

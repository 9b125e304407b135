import { CheckboxField, SelectField, TextareaField, TextField } from '../forms/fields'
import { MoneyField } from '../forms/money-field'

/** A property of a module's settings, as its JSON Schema describes it. */
export interface SettingSchema {
  type?: string
  title?: string
  description?: string
  enum?: string[]
  minimum?: number
  maximum?: number
  maxLength?: number
  items?: { type?: string }
  anyOf?: SettingSchema[]
}

const LONG = 200
const SIMPLE = new Set(['string', 'integer', 'number', 'boolean'])

/** What a setting is when it is there: one that may be left empty is described as that or nothing. */
function filled(schema: SettingSchema): SettingSchema {
  const kinds = schema.anyOf?.filter(({ type }) => type !== 'null') ?? []
  const [only] = kinds
  return only && kinds.length === 1 ? { ...only, ...schema, type: only.type, anyOf: undefined } : schema
}

const mayBeEmpty = (schema: SettingSchema) => schema.anyOf?.some(({ type }) => type === 'null') ?? false

/** Whether a setting can be typed here; what is more than words and numbers has a page of its own. */
export function isSimple(described: SettingSchema): boolean {
  const schema = filled(described)
  if (schema.type === 'array') return schema.items?.type === 'string'
  return (
    SIMPLE.has(schema.type ?? '') ||
    Boolean(schema.enum) ||
    Boolean(schema.anyOf?.every((each) => SIMPLE.has(each.type ?? 'null')))
  )
}

/** What is typed, as the settings' JSON: numbers are numbers, lists are lines. */
export function toValue(described: SettingSchema, typed: unknown): unknown {
  if (mayBeEmpty(described) && typed === '') return null
  const schema = filled(described)
  if (schema.type === 'integer' || schema.type === 'number') return typed === '' ? null : Number(typed)
  if (schema.type === 'array')
    return String(typed)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  return typed
}

/** Whether a setting is an amount of money: its name says so, as everywhere. */
export const isMoney = (name: string) => name.endsWith('_cents')

/** The settings' JSON as it is typed; money stays in cents. */
export function toTyped(name: string, schema: SettingSchema, value: unknown): string | boolean | number {
  if (isMoney(name) && typeof value === 'number') return value
  if (schema.type === 'boolean') return value === true
  if (Array.isArray(value)) return value.join('\n')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** One setting as a field. */
export function SettingField({ name, schema: described }: { name: string; schema: SettingSchema }) {
  const schema = filled(described)
  const shared = { name, label: schema.title ?? name, hint: schema.description }
  if (isMoney(name)) return <MoneyField {...shared} />
  if (schema.type === 'boolean') return <CheckboxField {...shared} />
  if (schema.enum)
    return (
      <SelectField {...shared} options={schema.enum.map((value) => ({ value, label: inWords(value) }))} />
    )
  if (schema.type === 'array')
    return (
      <TextareaField
        {...shared}
        rows={4}
        hint={[schema.description, 'One on each line.'].filter(Boolean).join(' ')}
      />
    )
  if (schema.type === 'integer' || schema.type === 'number')
    return <TextField {...shared} inputMode="numeric" width="sm" />
  if ((schema.maxLength ?? 0) > LONG) return <TextareaField {...shared} rows={4} />
  return <TextField {...shared} />
}

/** `work_starts` as a person reads it: `Work starts`. */
const inWords = (value: string) => value.charAt(0).toUpperCase() + value.slice(1).replaceAll('_', ' ')

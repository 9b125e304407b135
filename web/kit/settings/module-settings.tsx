import { type QueryKey, useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { client } from '../api/client'
import { Panel } from '../display/panel'
import { Loaded } from '../feedback/loaded'
import { SaveForm, useSaveForm } from '../forms/save-form'
import { isSimple, SettingField, type SettingSchema, toTyped, toValue } from './schema-fields'

/** A module's settings at this council, with what the module says of each. */
export interface ModuleSettings {
  module: string
  values: Record<string, unknown>
  json_schema: Record<string, unknown>
}

const addressOf = (name: string) => `/api/organisations/modules/${encodeURIComponent(name)}/settings`
const keyOf = (name: string): QueryKey => ['organisations', 'module-settings', name]

/** The settings of a module, for a page that shows a part of them in its own way. */
export function useModuleSettings(name: string) {
  return useQuery({
    queryKey: keyOf(name),
    queryFn: async ({ signal }) => {
      const { data } = await client.get({ url: addressOf(name), signal, throwOnError: true })
      return data as ModuleSettings
    },
  })
}

interface ModuleSettingsPanelProps {
  name: string
  title?: string
  hint?: string
  /** Only these, in this order; all that can be typed otherwise. */
  only?: readonly string[]
}

/** A module's settings as a form, drawn from what the module says of them. Saving keeps those that are not shown. */
export function ModuleSettingsPanel({ name, title = 'Settings', hint, only }: ModuleSettingsPanelProps) {
  const settings = useModuleSettings(name)
  return (
    <Panel title={title} hint={hint}>
      <Loaded query={settings} failed="The settings could not be loaded">
        {(read) => <SettingsForm key={name} read={read} label={title} only={only} />}
      </Loaded>
    </Panel>
  )
}

interface SettingsFormProps {
  read: ModuleSettings
  label: string
  only?: readonly string[]
}

function SettingsForm({ read, label, only }: SettingsFormProps) {
  const all = (read.json_schema.properties ?? {}) as Record<string, SettingSchema>
  const properties = (only ?? Object.keys(all))
    .map((key) => [key, all[key] ?? {}] as const)
    .filter(([, schema]) => isSimple(schema))
  const form = useSaveForm({
    schema: z.record(z.string(), z.union([z.string(), z.boolean(), z.number('Enter an amount.')])),
    defaultValues: Object.fromEntries(
      properties.map(([key, schema]) => [key, toTyped(key, schema, read.values[key])]),
    ),
    save: async (typed) => {
      const changed = Object.fromEntries(
        properties.map(([key, schema]) => [key, toValue(schema, typed[key])]),
      )
      await client.put({
        url: addressOf(read.module),
        body: { ...read.values, ...changed },
        headers: { 'Content-Type': 'application/json' },
        throwOnError: true,
      })
    },
    refreshes: keyOf(read.module),
  })
  return (
    <SaveForm form={form} label={label} button="Save settings">
      {properties.map(([key, schema]) => (
        <SettingField key={key} name={key} schema={schema} />
      ))}
    </SaveForm>
  )
}

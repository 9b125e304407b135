import { type QueryKey, useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { client } from '../api/client'
import { Panel } from '../display/panel'
import { Loaded } from '../feedback/loaded'
import { SaveForm, useSaveForm } from '../forms/save-form'
import { isSimple, SettingField, type SettingSchema, toTyped, toValue } from './schema-fields'

/** A module's settings at this council, with what the module says of each. */
export interface ModuleSettings {
  values: Record<string, unknown>
  json_schema: Record<string, unknown>
}

/** Who keeps the settings: of installed modules the organisations part, of those that run elsewhere the connections. */
export type SettingsKeeper = 'organisations' | 'connections'

const addressOf = (name: string, at: SettingsKeeper) =>
  `/api/${at}/modules/${encodeURIComponent(name)}/settings`
const keyOf = (name: string, at: SettingsKeeper): QueryKey => [at, 'module-settings', name]

/** The settings of a module, for a page that shows a part of them in its own way. */
export function useModuleSettings(name: string, at: SettingsKeeper = 'organisations') {
  return useQuery({
    queryKey: keyOf(name, at),
    queryFn: async ({ signal }) => {
      const { data } = await client.get({ url: addressOf(name, at), signal, throwOnError: true })
      return data as ModuleSettings
    },
  })
}

interface ModuleSettingsPanelProps {
  name: string
  at?: SettingsKeeper
  title?: string
  hint?: string
  /** Only these, in this order; all that can be typed otherwise. */
  only?: readonly string[]
}

/** A module's settings as a form, drawn from what the module says of them. Saving keeps those that are not shown. */
export function ModuleSettingsPanel({
  name,
  at = 'organisations',
  title = 'Settings',
  hint,
  only,
}: ModuleSettingsPanelProps) {
  const settings = useModuleSettings(name, at)
  return (
    <Panel title={title} hint={hint}>
      <Loaded query={settings} failed="The settings could not be loaded">
        {(read) => <SettingsForm key={name} name={name} at={at} read={read} label={title} only={only} />}
      </Loaded>
    </Panel>
  )
}

interface SettingsFormProps {
  name: string
  at: SettingsKeeper
  read: ModuleSettings
  label: string
  only?: readonly string[]
}

function SettingsForm({ name, at, read, label, only }: SettingsFormProps) {
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
        url: addressOf(name, at),
        body: { ...read.values, ...changed },
        headers: { 'Content-Type': 'application/json' },
        throwOnError: true,
      })
    },
    refreshes: keyOf(name, at),
  })
  return (
    <SaveForm form={form} label={label} button="Save settings">
      {properties.map(([key, schema]) => (
        <SettingField key={key} name={key} schema={schema} />
      ))}
    </SaveForm>
  )
}

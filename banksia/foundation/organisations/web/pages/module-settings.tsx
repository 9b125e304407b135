import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, Panel, SaveForm, StaffPage, useModules, useSaveForm } from '@banksia/kit'
import { z } from 'zod'
import { getModuleSettingsOptions, updateModuleSettings, type ModuleSettingsRead } from '../api'
import { isSimple, SettingField, type SettingSchema, toTyped, toValue } from '../components/schema-fields'
import { modulesPage, moduleSettingsPage } from '../routes'

/** One module's settings at this council, drawn from what the module says of them. */
export default function ModuleSettingsPage() {
  const { name } = moduleSettingsPage.useParams()
  const title = useModules().find((module) => module.name === name)?.title ?? name
  const settings = useQuery(getModuleSettingsOptions({ path: { name } }))
  return (
    <StaffPage title={`${title}: settings`} where={<TextLink href={modulesPage.href()}>Modules</TextLink>}>
      <div css={{ maxWidth: '42rem' }}>
        <Loaded query={settings} failed="The settings could not be loaded">
          {(read) => <SettingsForm key={name} read={read} />}
        </Loaded>
      </div>
    </StaffPage>
  )
}

function SettingsForm({ read }: { read: ModuleSettingsRead }) {
  const all = (read.json_schema.properties ?? {}) as Record<string, SettingSchema>
  const properties = Object.entries(all).filter(([, schema]) => isSimple(schema))
  const path = { name: read.module }
  const form = useSaveForm({
    schema: z.record(z.string(), z.union([z.string(), z.boolean()])),
    defaultValues: Object.fromEntries(
      properties.map(([key, schema]) => [key, toTyped(schema, read.values[key])]),
    ),
    save: async (typed) => {
      const changed = Object.fromEntries(
        properties.map(([key, schema]) => [key, toValue(schema, typed[key])]),
      )
      await updateModuleSettings({ path, body: { ...read.values, ...changed }, throwOnError: true })
    },
    refreshes: getModuleSettingsOptions({ path }).queryKey,
  })
  return (
    <Panel title="Settings">
      <SaveForm form={form} label="Settings" button="Save settings">
        {properties.map(([key, schema]) => (
          <SettingField key={key} name={key} schema={schema} />
        ))}
      </SaveForm>
    </Panel>
  )
}

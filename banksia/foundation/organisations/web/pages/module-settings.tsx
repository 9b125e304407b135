import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  Form,
  formatTime,
  Loaded,
  Panel,
  StaffPage,
  SubmitButton,
  useKitForm,
  useModules,
} from '@banksia/kit'
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
  const queryClient = useQueryClient()
  const [savedAt, setSavedAt] = useState<Date>()
  const all = (read.json_schema.properties ?? {}) as Record<string, SettingSchema>
  const properties = Object.entries(all).filter(([, schema]) => isSimple(schema))
  const form = useKitForm({
    schema: z.record(z.string(), z.union([z.string(), z.boolean()])),
    defaultValues: Object.fromEntries(
      properties.map(([key, schema]) => [key, toTyped(schema, read.values[key])]),
    ),
    onSubmit: async (typed) => {
      const changed = Object.fromEntries(
        properties.map(([key, schema]) => [key, toValue(schema, typed[key])]),
      )
      const body = { ...read.values, ...changed }
      const path = { name: read.module }
      await updateModuleSettings({ path, body, throwOnError: true })
      await queryClient.invalidateQueries({ queryKey: getModuleSettingsOptions({ path }).queryKey })
      setSavedAt(new Date())
    },
  })
  return (
    <Panel title="Settings">
      <Form form={form} label="Settings">
        {properties.map(([key, schema]) => (
          <SettingField key={key} name={key} schema={schema} />
        ))}
        <SubmitButton beside={<span role="status">{savedAt ? `Saved ${formatTime(savedAt)}` : ''}</span>}>
          Save settings
        </SubmitButton>
      </Form>
    </Panel>
  )
}

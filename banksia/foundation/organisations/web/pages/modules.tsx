import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  colour,
  ErrorPanel,
  Loaded,
  modulesQuery,
  Panel,
  problemOf,
  RowList,
  StaffPage,
  Tag,
  useModules,
} from '@banksia/kit'
import { listModulesOptions, setModuleEnabledMutation, type ModuleRead } from '../api'
import { ownSettingsHref } from '../components/own-settings'
import { moduleSettingsPage } from '../routes'

/** Which services the council uses. Data stays when one is switched off. */
export default function ModulesPage() {
  const modules = useQuery(listModulesOptions())
  const entries = useModules()
  const queryClient = useQueryClient()
  const change = useMutation({
    ...setModuleEnabledMutation(),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: listModulesOptions().queryKey }),
        queryClient.invalidateQueries({ queryKey: modulesQuery.queryKey }),
      ]),
  })
  const row = (module: ModuleRead) => ({
    key: module.name,
    title: (
      <span css={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.5rem' }}>
        <strong>{module.title}</strong>
        <Tag>{module.always_on ? 'Always on' : module.enabled ? 'On' : 'Off'}</Tag>
      </span>
    ),
    detail: module.description,
    end: (
      <span css={{ display: 'inline-flex', alignItems: 'center', gap: '1rem' }}>
        {module.has_settings ? (
          <TextLink
            href={
              ownSettingsHref(entries.find(({ name }) => name === module.name)) ??
              moduleSettingsPage.href({ params: { name: module.name } })
            }
            aria-label={`Settings of ${module.title}`}
          >
            Settings
          </TextLink>
        ) : null}
        {module.always_on ? null : (
          <ActionButton
            variant="secondary"
            size="sm"
            loading={change.isPending && change.variables.path.name === module.name}
            onClick={() => {
              change.mutate({ path: { name: module.name }, body: { enabled: !module.enabled } })
            }}
          >
            {module.enabled ? 'Switch off' : 'Switch on'}
            <span
              css={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}
            >
              {' '}
              {module.title}
            </span>
          </ActionButton>
        )}
      </span>
    ),
  })
  return (
    <StaffPage
      title="Modules"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts={
        <span css={{ color: colour.foregroundMuted }}>
          Switching one off hides its pages and stops its tasks. Its data stays.
        </span>
      }
    >
      <div css={{ display: 'grid', gap: '1rem', maxWidth: '60rem' }}>
        {change.error ? (
          <ErrorPanel title="The module was not changed" error={problemOf(change.error)} />
        ) : null}
        <Loaded query={modules} failed="The modules could not be loaded">
          {(all) => (
            <>
              <Panel title="Services" flush>
                <RowList rows={all.filter((module) => !module.always_on).map(row)} inset />
              </Panel>
              <Panel title="Foundation" flush>
                <RowList rows={all.filter((module) => module.always_on).map(row)} inset />
              </Panel>
            </>
          )}
        </Loaded>
      </div>
    </StaffPage>
  )
}

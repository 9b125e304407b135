import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { EmptyState, Loaded, Panel, RowList, StaffPage } from '@banksia/kit'
import { listModulesOptions, type ConnectedModuleRead } from '../api'
import { ModuleStatus } from '../components/state'
import { modulePage, modulesPage, registerPage } from '../routes'

/** The modules of others that a council has connected, and how each is. */
export default function ModulesPage() {
  const modules = useQuery(listModulesOptions())
  return (
    <StaffPage
      title={modulesPage.title}
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="Modules that run on their own servers. Each gets only what you approve."
      actions={
        <ButtonLink size="sm" href={registerPage.href()}>
          {registerPage.title}
        </ButtonLink>
      }
    >
      <div css={{ maxWidth: '60rem' }}>
        <Panel flush>
          <Loaded query={modules} failed="The modules could not be loaded">
            {(all) =>
              all.length > 0 ? (
                <RowList inset stack rows={all.map(rowOf)} />
              ) : (
                <EmptyState>
                  No module is connected. Whoever runs one gives you its address; with it you see what the
                  module asks for.
                </EmptyState>
              )
            }
          </Loaded>
        </Panel>
      </div>
    </StaffPage>
  )
}

function rowOf(module: ConnectedModuleRead) {
  return {
    key: module.id,
    title: <TextLink href={modulePage.href({ params: { name: module.name } })}>{module.title}</TextLink>,
    detail: (
      <>
        {module.description ? <p>{module.description}</p> : null}
        <p css={{ fontSize: '0.875rem', overflowWrap: 'anywhere' }}>{noteOf(module)}</p>
      </>
    ),
    end: <ModuleStatus module={module} />,
  }
}

/** What an administrator should know at a glance: what is wrong, else where it runs. */
function noteOf(module: ConnectedModuleRead): string {
  if (module.state === 'enabled' && module.health === 'failing')
    return module.health_detail || 'It does not answer.'
  if (module.blocked_by.length > 0) return module.blocked_by.join(' ')
  if (module.waits_for_approval && module.state !== 'registered') return 'It changed and asks for more.'
  return module.base_url
}

import { TextLink } from '@ag.ds-next/react/text-link'
import { may, Panel, useUser } from '@banksia/kit'
import { Deliveries } from '../components/deliveries'
import { Column, ModuleFrame } from '../components/module-frame'
import { ReplayAll } from '../components/replay-all'
import { moduleEventsPage, modulePage } from '../routes'

/** What a module was told, what it answered, and what it missed. */
export default function ModuleEventsPage() {
  const { name } = moduleEventsPage.useParams()
  const { view } = moduleEventsPage.useSearch()
  const manage = may(useUser(), modulePage.permission)
  const dead = view === 'given_up'
  const to = (other?: 'given_up') => moduleEventsPage.href({ params: { name }, search: { view: other } })
  return (
    <ModuleFrame name={name} page={moduleEventsPage}>
      {(module) => (
        <Column>
          <Panel
            title={dead ? 'Given up' : 'What it was told'}
            hint={
              dead
                ? 'Each was tried over two days, and the module took none of them.'
                : 'Newest first. What it does not take is tried again over two days.'
            }
            action={
              <TextLink href={to(dead ? undefined : 'given_up')}>
                {dead ? 'Show all' : 'Given up only'}
              </TextLink>
            }
            flush
          >
            <Deliveries key={view} module={module} status={dead ? 'dead' : undefined} />
            {dead && manage && module.state === 'enabled' ? <ReplayAll name={name} /> : null}
          </Panel>
        </Column>
      )}
    </ModuleFrame>
  )
}

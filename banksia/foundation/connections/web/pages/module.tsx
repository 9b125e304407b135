import { useState } from 'react'
import { Facts, formatDayAndTime, Notice, Panel } from '@banksia/kit'
import type { ConnectedModuleDetail, ModuleApproved } from '../api'
import { Approve } from '../components/approve'
import { Asks } from '../components/asks'
import { Changes } from '../components/changes'
import { Column, ModuleFrame } from '../components/module-frame'
import { PageModePanel } from '../components/page-mode'
import { Running } from '../components/running'
import { Secrets } from '../components/secrets'
import { modulePage } from '../routes'

/** One module: how it is, what it may do, what it asks for beyond that. */
export default function ModulePage() {
  const { name } = modulePage.useParams()
  const [secrets, setSecrets] = useState<ModuleApproved>()
  return (
    <ModuleFrame name={name} page={modulePage}>
      {(module) => (
        <Column>
          {secrets ? <Secrets approved={secrets} /> : null}
          <Trouble module={module} />
          <Panel title="State">
            <Running module={module} onSecrets={setSecrets} />
          </Panel>
          {module.manifest ? null : <About module={module} />}
          {module.asks && module.manifest ? <Changes changes={module.differences} /> : null}
          {module.asks && !module.manifest ? <Asks manifest={module.asks} title="What it asks for" /> : null}
          {module.asks ? <Approve module={module} onApproved={setSecrets} /> : null}
          {module.manifest ? <About module={module} /> : null}
          {module.manifest?.pages && !module.asks ? <PageModePanel module={module} /> : null}
          {module.manifest ? <Asks manifest={module.manifest} title="What it was approved for" /> : null}
        </Column>
      )}
    </ModuleFrame>
  )
}

/** What needs the administrator, the worst alone. */
function Trouble({ module }: { module: ConnectedModuleDetail }) {
  const { state, health, health_detail, blocked_by, notices, unreadable, title } = module
  if (unreadable)
    return (
      <Notice tone="error" title="What was approved can no longer be read here">
        <p>It was written for another version of this software. Choose Check now, then approve it again.</p>
      </Notice>
    )
  if (health === 'failing' && state !== 'registered')
    return (
      <Notice tone="warning" title={`${title} does not work now`}>
        <p>{health_detail || 'Its server does not answer.'}</p>
        <p>It is looked at again every few minutes. The rest of the council’s services go on.</p>
      </Notice>
    )
  if (blocked_by.length > 0)
    return (
      <Notice tone="warning" title={`${title} cannot be switched on yet`}>
        <Sentences of={blocked_by} />
      </Notice>
    )
  if (notices.length > 0)
    return (
      <Notice tone="info" title="It works with less">
        <Sentences of={notices} />
      </Notice>
    )
  return null
}

const Sentences = ({ of }: { of: readonly string[] }) => of.map((each) => <p key={each}>{each}</p>)

function About({ module }: { module: ConnectedModuleDetail }) {
  const manifest = module.manifest ?? module.asks
  if (!manifest) return null
  const { publisher, support, licence } = manifest
  return (
    <Panel title="About it">
      <div css={{ display: 'grid', gap: '0.75rem' }}>
        {manifest.description ? <p>{manifest.description}</p> : null}
        <Facts
          of={[
            ['Published by', [publisher.name, publisher.email].filter(Boolean).join(', ')],
            Boolean(support.email || support.url) && [
              'Help',
              [support.email, support.url].filter(Boolean).join(', '),
            ],
            Boolean(licence) && ['Licence', licence],
            module.approved_at !== null && [
              'Approved',
              [formatDayAndTime(module.approved_at), module.approved_by].filter(Boolean).join(', by '),
            ],
            module.client_id !== null && ['Client', <code key="client">{module.client_id}</code>],
            module.needed_by.length > 0 && ['Needed by', module.needed_by.join(', ')],
            module.checked_at !== null && ['Looked at', formatDayAndTime(module.checked_at)],
          ]}
        />
      </div>
    </Panel>
  )
}

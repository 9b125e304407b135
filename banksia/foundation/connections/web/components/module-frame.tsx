import type { PropsWithChildren, ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, may, StaffPage, useUser, Views } from '@banksia/kit'
import { readModuleOptions, type ConnectedModuleDetail } from '../api'
import { moduleEventsPage, modulePage, moduleSettingsPage, modulesPage } from '../routes'
import { ModuleStatus } from './state'

interface ModuleFrameProps {
  name: string
  /** The page that is shown, for its view. */
  page: typeof modulePage | typeof moduleSettingsPage | typeof moduleEventsPage
  children: (module: ConnectedModuleDetail) => ReactNode
}

/** The title, state and views of one module's pages. */
export function ModuleFrame({ name, page, children }: ModuleFrameProps) {
  const query = useQuery(readModuleOptions({ path: { name } }))
  const module = query.data
  const hear = may(useUser(), moduleEventsPage.permission)
  const to = { params: { name } }
  const views = [
    { label: 'Overview', href: modulePage.href(to) },
    ...(module?.has_settings && module.manifest
      ? [{ label: 'Settings', href: moduleSettingsPage.href(to) }]
      : []),
    ...(module?.manifest && hear ? [{ label: 'Events', href: moduleEventsPage.href(to) }] : []),
  ]
  return (
    <StaffPage
      title={module?.title ?? name}
      where={<TextLink href={modulesPage.href()}>{modulesPage.title}</TextLink>}
      badge={module ? <ModuleStatus module={module} outlined /> : null}
      facts={module ? <Where module={module} /> : null}
      views={
        views.length > 1 ? (
          <Views label={`Pages of ${module?.title ?? name}`} views={views} active={page.href(to)} />
        ) : null
      }
    >
      <Loaded query={query} failed="The module could not be loaded">
        {children}
      </Loaded>
    </StaffPage>
  )
}

function Where({ module }: { module: ConnectedModuleDetail }) {
  const version = module.version ? `Version ${module.version}` : null
  return (
    <span css={{ overflowWrap: 'anywhere' }}>{[version, module.base_url].filter(Boolean).join(' at ')}</span>
  )
}

/** One column that stays readable. */
export function Column({ children }: PropsWithChildren) {
  return (
    <div css={{ display: 'grid', gap: '1.125rem', maxWidth: '60rem', overflowWrap: 'anywhere' }}>
      {children}
    </div>
  )
}

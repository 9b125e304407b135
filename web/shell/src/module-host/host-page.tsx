import { useLocation, useParams } from '@tanstack/react-router'
import { useModules } from '@banksia/kit'
import { NotFoundPage } from '../pages/not-found'
import type { PageContext } from './contract'
import { PageHost } from './page-host'

/** The place of third-party pages: which module, and where its own part of the address begins. */
export default function HostPage() {
  const { module: name }: { module?: string } = useParams({ strict: false })
  const { pathname } = useLocation()
  const entry = useModules().find((each) => each.name === name)
  if (!entry?.page_url) return <NotFoundPage />
  const area = /^\/[^/]+\/(customer|staff|settings)(?:\/|$)/.exec(pathname)?.[1] as
    PageContext['area'] | undefined
  const basePath = area ? `/${entry.name}/${area}` : `/${entry.name}`
  // A new key mounts it afresh: another module, or another area of the same.
  return (
    <PageHost key={basePath} entry={{ ...entry, page_url: entry.page_url }} basePath={basePath} area={area} />
  )
}

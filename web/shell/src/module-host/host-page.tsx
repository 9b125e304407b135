import { useLocation, useParams } from '@tanstack/react-router'
import { useModules } from '@banksia/kit'
import { NotFoundPage } from '../pages/not-found'
import { PageHost } from './page-host'

/** The place of third-party pages: which module, and where its own part of the address begins. */
export default function HostPage() {
  const { module: name }: { module?: string } = useParams({ strict: false })
  const { pathname } = useLocation()
  const entry = useModules().find((each) => each.name === name)
  if (!entry?.page_url) return <NotFoundPage />
  const area = /^\/[^/]+\/(staff|settings)(?:\/|$)/.exec(pathname)?.[1]
  const basePath = area ? `/${entry.name}/${area}` : `/${entry.name}`
  // A new key mounts it afresh: another module, or another area of the same.
  return <PageHost key={basePath} title={entry.title} url={entry.page_url} basePath={basePath} />
}

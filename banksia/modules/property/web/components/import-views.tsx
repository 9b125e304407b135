import { Views } from '@banksia/kit'
import { importsPage, sourcesPage } from '../admin-routes'

/** The two lists of property data: files that were sent, and where files come from. */
export function ImportViews({ open }: { open: 'imports' | 'sources' }) {
  const views = [
    { label: 'Imports', href: importsPage.href() },
    { label: 'Sources', href: sourcesPage.href() },
  ]
  return (
    <Views
      label="Property data"
      views={views}
      active={open === 'imports' ? importsPage.href() : sourcesPage.href()}
    />
  )
}

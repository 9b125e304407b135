import type { ReactNode } from 'react'
import { Select } from '@ag.ds-next/react/select'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, RADIUS, tabularFigures, useIsPhone } from '@banksia/kit'
import type { FileRead, FolderSummary } from '../api'
import { filePage } from '../routes'

interface FoldersProps {
  file: FileRead
  children: (folder: FolderSummary | undefined) => ReactNode
}

/** The folders of a file beside what is in one; one select on a phone. */
export function Folders({ file, children }: FoldersProps) {
  const search = filePage.useSearch()
  const setSearch = filePage.useSetSearch()
  const isPhone = useIsPhone()
  const open = file.folders.find(({ id }) => id === search.folder)
  if (isPhone) {
    return (
      <div css={{ display: 'grid', gap: '1rem' }}>
        <Select
          label="Folder"
          hideOptionalLabel
          block
          placeholder="All documents"
          value={open?.id ?? ''}
          options={file.folders.map(({ id, name, document_count }) => ({
            value: id,
            label: `${name} (${String(document_count)})`,
          }))}
          onChange={(event) => {
            setSearch({ folder: event.target.value || undefined, document: undefined })
          }}
        />
        {children(open)}
      </div>
    )
  }
  const all = { id: undefined, name: 'All documents', document_count: file.document_count }
  return (
    <div
      css={{
        display: 'grid',
        gridTemplateColumns: '14rem minmax(0, 1fr)',
        border: `1px solid ${colour.borderMuted}`,
        borderRadius: RADIUS.panel,
      }}
    >
      <nav aria-label="Folders" css={{ background: colour.backgroundShade, padding: '0.75rem 0.5rem' }}>
        <ul css={{ listStyle: 'none', display: 'grid', gap: '0.125rem' }}>
          {[all, ...file.folders].map((folder) => (
            <li
              key={folder.id ?? 'all'}
              css={{
                display: 'flex',
                justifyContent: 'space-between',
                gap: '0.5rem',
                padding: '0.375rem 0.625rem',
                borderRadius: RADIUS.control,
                borderLeft: `4px solid ${folder.id === open?.id ? colour.selected : 'transparent'}`,
                background: folder.id === open?.id ? colour.selectedMuted : undefined,
              }}
            >
              <TextLink
                href={filePage.href({
                  params: { propertyId: file.property_id },
                  search: { folder: folder.id },
                })}
                aria-current={folder.id === open?.id ? 'page' : undefined}
              >
                {folder.name}
              </TextLink>
              <span css={{ ...tabularFigures, color: colour.foregroundMuted }}>{folder.document_count}</span>
            </li>
          ))}
        </ul>
      </nav>
      <div css={{ padding: '1rem', minWidth: 0 }}>{children(open)}</div>
    </div>
  )
}

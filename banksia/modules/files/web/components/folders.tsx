import { type ReactNode, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { PlusIcon } from '@ag.ds-next/react/icon'
import { Select } from '@ag.ds-next/react/select'
import { colour, useMay } from '@banksia/kit'
import type { FileRead } from '../api'
import { filePage } from '../routes'
import { ApplicationDialog } from './dialogs'
import { FolderLine } from './folder-line'
import { flatten, type FolderNode, groupsOf, pathOf } from './folder-tree'
import { pathTitle, smallWords } from './words'

/** The folders of a file at the left of a desk: those of every file, then its development applications. */
export function Folders({ file }: { file: FileRead }) {
  const { folder: open, as_at } = filePage.useSearch()
  const groups = groupsOf(file.folders)
  return (
    <nav aria-label="Folders" css={{ padding: '0.75rem 0.5rem 1rem', fontSize: '0.875rem' }}>
      <Group title="Folders">
        <FolderLine
          title="All documents"
          total={file.document_count}
          depth={0}
          open={!open}
          propertyId={file.property_id}
        />
        <Tree nodes={groups.plain} file={file} />
      </Group>
      {groups.applications.length > 0 ? (
        <Group title="Development applications">
          <Tree nodes={groups.applications} file={file} />
        </Group>
      ) : null}
      {as_at ? null : <NewApplication propertyId={file.property_id} />}
    </nav>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h2
        css={{
          padding: '0.5rem 0.625rem 0.25rem',
          fontSize: '0.8125rem',
          fontWeight: 'bold',
          color: colour.foregroundMuted,
        }}
      >
        {title}
      </h2>
      <ul css={{ listStyle: 'none' }}>{children}</ul>
    </>
  )
}

/** A tree whose folders open by their arrow, and by themselves on the way to the open one. */
function Tree({ nodes, file, depth = 0 }: { nodes: readonly FolderNode[]; file: FileRead; depth?: number }) {
  const { folder: open } = filePage.useSearch()
  const onTheWay = pathOf(open, file.folders)
  const [toggled, setToggled] = useState<Readonly<Record<string, boolean>>>({})
  return nodes.map((node) => {
    const { folder, children, total } = node
    const expanded = toggled[folder.id] ?? onTheWay.has(folder.id)
    return (
      <FolderLine
        key={folder.id}
        folder={folder}
        total={expanded ? folder.document_count : total}
        depth={depth}
        open={folder.id === open}
        propertyId={file.property_id}
        expanded={children.length > 0 ? expanded : undefined}
        onToggle={() => {
          setToggled({ ...toggled, [folder.id]: !expanded })
        }}
      >
        {expanded && children.length > 0 ? <Tree nodes={children} file={file} depth={depth + 1} /> : null}
      </FolderLine>
    )
  })
}

/** A number is given once, to a folder with its five parts. */
export function NewApplication({ propertyId }: { propertyId: string }) {
  const mayCreate = useMay('files.applications.create')
  const [asking, setAsking] = useState(false)
  if (!mayCreate) return null
  return (
    <div css={{ padding: '0.75rem 0.625rem 0', ...smallWords }}>
      <Button
        variant="text"
        size="sm"
        iconBefore={PlusIcon}
        onClick={() => {
          setAsking(true)
        }}
      >
        New DA folder
      </Button>
      {asking ? (
        <ApplicationDialog
          propertyId={propertyId}
          onClose={() => {
            setAsking(false)
          }}
        />
      ) : null}
    </div>
  )
}

/** The same on a phone: one select. */
export function FolderSelect({ file }: { file: FileRead }) {
  const { folder: open, as_at } = filePage.useSearch()
  const setSearch = filePage.useSetSearch()
  const { plain, applications } = groupsOf(file.folders)
  const optionsOf = (nodes: readonly FolderNode[]) =>
    flatten(nodes).map(({ node: { folder } }) => ({
      value: folder.id,
      label: `${pathTitle(folder, file.folders)}${as_at ? '' : ` (${String(folder.document_count)})`}${folder.archived_at ? ', archived' : ''}`,
    }))
  return (
    <Select
      label="Folder"
      hideOptionalLabel
      block
      value={open ?? ''}
      options={[
        { value: '', label: as_at ? 'All documents' : `All documents (${String(file.document_count)})` },
        { label: 'Folders', options: optionsOf(plain) },
        ...(applications.length > 0
          ? [{ label: 'Development applications', options: optionsOf(applications) }]
          : []),
      ]}
      onChange={(event) => {
        setSearch({ folder: event.target.value || undefined, document: undefined }, { replace: false })
      }}
    />
  )
}

import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { LockIcon } from '@ag.ds-next/react/icon'
import { colour, ErrorPanel, formatDate, PHONE, Tag } from '@banksia/kit'
import { changeStructure, type RetentionClassRead } from '../../api'
import { ArchiveFolder } from './archive-folder'
import { FolderForm } from './folder-form'
import { FolderActs } from './folder-acts'
import { moved, type TreeRow } from './tree'
import { periodOfClass } from './words'

interface FolderTreeProps {
  rows: readonly TreeRow[]
  classes: readonly RetentionClassRead[]
}

/** The folders of every file as a tree; one at a time opens for changes, where it stands. */
export function FolderTree({ rows, classes }: FolderTreeProps) {
  const queryClient = useQueryClient()
  const [changing, setChanging] = useState<string>()
  const move = useMutation({
    mutationFn: async ({ row, by }: { row: TreeRow; by: -1 | 1 }) => {
      for (const { id, position } of moved(row, by))
        await changeStructure({ path: { folder_id: id }, body: { position }, throwOnError: true })
    },
    onSettled: () => queryClient.invalidateQueries(),
  })
  return (
    <>
      {move.error ? <ErrorPanel title="The folder was not moved" error={move.error} /> : null}
      <ul css={{ listStyle: 'none' }}>
        {rows.map((row, index) => (
          <li
            key={row.folder.id}
            css={{
              padding: '0.625rem 1rem',
              paddingLeft: `${String(1 + row.depth * 1.75)}rem`,
              borderTop: index > 0 ? `1px solid ${colour.borderMuted}` : undefined,
              background: changing === row.folder.id ? colour.backgroundShade : undefined,
              [PHONE]: { paddingLeft: `${String(1 + row.depth)}rem` },
            }}
          >
            <div css={line}>
              <Words row={row} classes={classes} />
              <FolderActs
                row={row}
                open={changing === row.folder.id}
                moving={move.isPending}
                onMove={(by) => {
                  move.mutate({ row, by })
                }}
                onChange={() => {
                  setChanging(changing === row.folder.id ? undefined : row.folder.id)
                }}
              />
            </div>
            {changing === row.folder.id ? (
              <div css={{ display: 'grid', gap: '1.25rem', padding: '1rem 0 0.5rem', maxWidth: '42rem' }}>
                <FolderForm
                  row={row}
                  rows={rows}
                  classes={classes}
                  onDone={() => {
                    setChanging(undefined)
                  }}
                />
                <ArchiveFolder folder={row.folder} />
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  )
}

function Words({ row, classes }: { row: TreeRow; classes: readonly RetentionClassRead[] }) {
  const { folder, parent } = row
  const kept = classes.find(({ id }) => id === folder.retention_class_id)
  const keeping = kept
    ? `${kept.title}: ${periodOfClass(kept).toLowerCase()}`
    : parent
      ? `Kept as ${parent.name}`
      : 'No retention class: it is kept until one is chosen'
  return (
    <div css={{ minWidth: 0 }}>
      <div css={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.25rem 0.5rem' }}>
        <strong css={{ color: folder.archived_at ? colour.foregroundMuted : undefined }}>
          {folder.name}
        </strong>
        {folder.is_restricted ? (
          <Tag>
            <LockIcon css={{ width: '0.875rem', height: '0.875rem', verticalAlign: '-0.125rem' }} />{' '}
            Restricted
          </Tag>
        ) : null}
        {folder.archived_at ? <Tag>Archived</Tag> : null}
      </div>
      <div css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
        {keeping}
        {folder.archived_at
          ? `. Archived by ${folder.archived_by_name ?? 'the council'} on ${formatDate(folder.archived_at)}.`
          : ''}
      </div>
    </div>
  )
}

const line = {
  display: 'flex',
  justifyContent: 'space-between',
  alignItems: 'center',
  gap: '0.5rem 1rem',
} as const

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, colour, ErrorPanel, slimButtons } from '@banksia/kit'
import { changeStructureMutation, type FolderRead } from '../../api'

/** Certificates are filed into the folder with this key as they are issued. */
const CERTIFICATES = 'certificates'

/** Close a folder of every file to new documents, or open it again, with what that means. */
export function ArchiveFolder({ folder }: { folder: FolderRead }) {
  const queryClient = useQueryClient()
  const change = useMutation({
    ...changeStructureMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const archived = folder.archived_at !== null
  if (folder.key === CERTIFICATES)
    return <p css={muted}>Certificates are filed here as they are issued, so it cannot be archived.</p>
  return (
    <div css={{ display: 'grid', gap: '0.5rem', justifyItems: 'start', ...slimButtons }}>
      {change.error ? <ErrorPanel title="The folder was not changed" error={change.error} /> : null}
      <p css={muted}>
        {archived
          ? 'Opened again, it takes new documents. A retention period that began with the archiving begins anew when it is archived next.'
          : 'Archived, it takes no new documents. What is in it stays and can be read; a retention period that waits for the archiving begins.'}
      </p>
      <ActionButton
        size="sm"
        variant="secondary"
        loading={change.isPending}
        onClick={() => {
          change.mutate({ path: { folder_id: folder.id }, body: { is_archived: !archived } })
        }}
      >
        {archived ? `Open ${folder.name} again` : `Archive ${folder.name}`}
      </ActionButton>
    </div>
  )
}

const muted = { fontSize: '0.875rem', color: colour.foregroundMuted } as const

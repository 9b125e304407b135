import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { ActionButton, EmptyState, ErrorPanel, formatDay, Loaded, Panel, RowList } from '@banksia/kit'
import { cancelReminderMutation, type FileRead, listRemindersOptions, type ReminderRead } from '../api'
import { filePage } from '../routes'
import { useRefresh } from './refresh'
import { RemindDialog } from './remind-dialog'
import { pathTitle } from './words'

/** The reminders of a file that are still to come. */
export function Reminders({ file }: { file: FileRead }) {
  const reminders = useQuery(listRemindersOptions({ path: { property_id: file.property_id } }))
  const refresh = useRefresh()
  const cancel = useMutation({
    ...cancelReminderMutation(),
    onSuccess: () => refresh('listReminders', 'readFileLog', 'readDocumentLog'),
  })
  const [asking, setAsking] = useState(false)
  return (
    <Panel
      title="Reminders to come"
      hint="Each is mailed to its person on its day."
      flush
      action={
        <Button size="sm" variant="secondary" onClick={() => setAsking(true)}>
          Remind of this file
        </Button>
      }
    >
      {cancel.error ? <ErrorPanel error={cancel.error} /> : null}
      <Loaded query={reminders} failed="The reminders could not be loaded">
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState>Nobody is to be reminded of this file.</EmptyState>
          ) : (
            <RowList
              inset
              stack
              rows={rows.map((reminder) => ({
                key: reminder.id,
                title: <About file={file} reminder={reminder} />,
                detail: [
                  `${formatDay(reminder.remind_on)} to ${reminder.person_name}`,
                  reminder.created_by_name === reminder.person_name ? '' : `by ${reminder.created_by_name}`,
                  reminder.note,
                ]
                  .filter(Boolean)
                  .join(', '),
                end: (
                  <ActionButton
                    size="sm"
                    variant="secondary"
                    loading={cancel.isPending && cancel.variables.path.reminder_id === reminder.id}
                    onClick={() => {
                      cancel.mutate({ path: { reminder_id: reminder.id } })
                    }}
                  >
                    Take it back
                  </ActionButton>
                ),
              }))}
            />
          )
        }
      </Loaded>
      {asking ? (
        <RemindDialog
          propertyId={file.property_id}
          about={{}}
          title="this file"
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Panel>
  )
}

function About({ file, reminder }: { file: FileRead; reminder: ReminderRead }) {
  const params = { propertyId: file.property_id }
  if (reminder.document_id) {
    const search = { document: reminder.document_id, folder: reminder.folder_id ?? undefined }
    return <TextLink href={filePage.href({ params, search })}>{reminder.document_title}</TextLink>
  }
  const folder = file.folders.find(({ id }) => id === reminder.folder_id)
  if (!folder) return <>The file</>
  return (
    <TextLink href={filePage.href({ params, search: { folder: folder.id } })}>
      {pathTitle(folder, file.folders)}
    </TextLink>
  )
}

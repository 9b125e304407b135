import { useQuery } from '@tanstack/react-query'
import { Dialog, Form, Loaded, SelectField, SubmitButton, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { chooseClass, listClassesOptions, type FolderSummary, type RetentionClassRead } from '../api'
import { useRefresh } from './refresh'
import { periodOfClass } from './settings/words'
import { folderTitle } from './words'

const AS_ABOVE = ''

interface RetentionDialogProps {
  folder: FolderSummary
  folders: readonly FolderSummary[]
  onClose: () => void
}

/** An administrator chooses by which class of the disposal authority a folder of this property is kept. */
export function RetentionDialog(props: RetentionDialogProps) {
  const classes = useQuery(listClassesOptions())
  return (
    <Dialog open onClose={props.onClose} title={`How long ${folderTitle(props.folder)} is kept`}>
      <Loaded query={classes} failed="The classes could not be loaded">
        {(read) => <RetentionForm {...props} classes={read} />}
      </Loaded>
    </Dialog>
  )
}

function RetentionForm({
  folder,
  folders,
  classes,
  onClose,
}: RetentionDialogProps & { classes: readonly RetentionClassRead[] }) {
  const refresh = useRefresh()
  const parent = folders.find(({ id }) => id === folder.parent_id)
  const form = useKitForm({
    schema: z.object({ retention_class_id: z.string() }),
    defaultValues: { retention_class_id: folder.retention_class_id ?? AS_ABOVE },
    onSubmit: async ({ retention_class_id }) => {
      const body = { retention_class_id: retention_class_id || null }
      await chooseClass({ path: { folder_id: folder.id }, body, throwOnError: true })
      await refresh('readFile', 'readDocument', 'readFileLog')
      onClose()
    },
  })
  return (
    <Form form={form} label="How long it is kept">
      <SelectField
        name="retention_class_id"
        label="Retention class"
        hint="It counts for what is in the folder already too, and for sub-folders without a class of their own."
        width="full"
        options={[
          {
            value: AS_ABOVE,
            label: parent ? `As in ${folderTitle(parent)}` : 'No class: it is kept until one is chosen',
          },
          ...classes
            .filter(({ id, is_active }) => is_active || id === folder.retention_class_id)
            .map((each) => ({ value: each.id, label: `${each.title}: ${periodOfClass(each)}` })),
        ]}
      />
      <SubmitButton>Save class</SubmitButton>
    </Form>
  )
}

import { Dialog, Form, ProblemError, SelectField, SubmitButton, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { changeDocument, type DocumentRead, type FileRead } from '../api'
import { openFolders } from './folder-tree'
import { useRefresh } from './refresh'
import { counted, pathTitle } from './words'

interface MoveDialogProps {
  file: FileRead
  documents: readonly DocumentRead[]
  onClose: () => void
  onMoved: () => void
}

/** Put documents into another folder of the file. */
export function MoveDialog({ file, documents, onClose, onMoved }: MoveDialogProps) {
  const refresh = useRefresh()
  const open = openFolders(file.folders)
  const form = useKitForm({
    schema: z.object({ folder_id: z.string().min(1, 'Choose the folder that they go into.') }),
    defaultValues: { folder_id: '' },
    onSubmit: async ({ folder_id }) => {
      const refused: string[] = []
      for (const document of documents) {
        try {
          await changeDocument({
            path: { document_id: document.id },
            body: { folder_id },
            throwOnError: true,
          })
        } catch (error) {
          const why = error instanceof ProblemError ? error.detail : 'It was not moved.'
          refused.push(`“${document.title}”: ${why}`)
        }
      }
      await refresh('readFile', 'listDocuments', 'readDocument', 'readDocumentLog', 'readFileLog')
      if (refused.length > 0)
        throw new ProblemError({ title: 'Not all were moved', detail: refused.join(' ') }, 409)
      onMoved()
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} title={`Move ${counted(documents.length, 'document')}`}>
      <Form form={form} label="Move documents">
        <SelectField
          name="folder_id"
          label="Into which folder"
          placeholder="Choose a folder"
          width="full"
          options={open.map((folder) => ({ value: folder.id, label: pathTitle(folder, file.folders) }))}
        />
        <SubmitButton>{`Move ${counted(documents.length, 'document')}`}</SubmitButton>
      </Form>
    </Dialog>
  )
}

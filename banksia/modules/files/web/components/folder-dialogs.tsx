import {
  DateField,
  dayOf,
  Dialog,
  Form,
  SelectField,
  SubmitButton,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { changeFolder, createApplication, createFolder, type FolderSummary } from '../api'
import { filePage } from '../routes'
import { useRefresh } from './refresh'
import { folderTitle } from './words'

interface Closes {
  onClose: () => void
}

const applicationSchema = z.object({
  number: z.string().min(1, 'Enter the number of the application, such as 2017/41.'),
  kept_as: z.enum(['major-works', 'significant-applications', 'subdivisions']),
})

/** The folder of a development application: the server makes its five parts. */
export function ApplicationDialog({ propertyId, onClose }: Closes & { propertyId: string }) {
  const refresh = useRefresh()
  const setSearch = filePage.useSetSearch()
  const form = useKitForm({
    schema: applicationSchema,
    defaultValues: { number: '', kept_as: 'major-works' },
    onSubmit: async ({ number, kept_as }) => {
      const path = { property_id: propertyId }
      const body = { number: number.trim(), kept_as }
      const { data } = await createApplication({ path, body, throwOnError: true })
      await refresh('readFile', 'readFileLog')
      onClose()
      setSearch({ view: 'documents', folder: data.id, document: undefined }, { replace: false })
    },
  })
  return (
    <Dialog open onClose={onClose} title="New DA folder">
      <Form form={form} label="New DA folder">
        <TextField
          name="number"
          label="Number of the application"
          hint="Year and number of the NSW Planning Portal, such as 2017/41. Administrative, Plans, Supporting information, Notes and Consents are made in it."
          width="md"
        />
        <SelectField
          name="kept_as"
          label="Kind of application"
          hint="It says how long the folder is kept. An administrator can change it later."
          width="full"
          options={[
            { value: 'major-works', label: 'Major works: 10 years or until demolished' },
            { value: 'significant-applications', label: 'Significant: a State archive, kept for ever' },
            { value: 'subdivisions', label: 'Subdivision: 20 years after completion' },
          ]}
        />
        <SubmitButton>Make DA folder</SubmitButton>
      </Form>
    </Dialog>
  )
}

const nameSchema = z.object({ name: z.string().trim().min(1, 'Enter a name.').max(120) })

/** A folder of this property alone, in another or at the top. */
export function NewFolderDialog({
  propertyId,
  parent,
  onClose,
}: Closes & { propertyId: string; parent: FolderSummary | undefined }) {
  const refresh = useRefresh()
  const setSearch = filePage.useSetSearch()
  const form = useKitForm({
    schema: nameSchema,
    defaultValues: { name: '' },
    onSubmit: async ({ name }) => {
      const body = { name, parent_id: parent?.id }
      const { data } = await createFolder({ path: { property_id: propertyId }, body, throwOnError: true })
      await refresh('readFile', 'readFileLog')
      onClose()
      setSearch({ folder: data.id, document: undefined }, { replace: false })
    },
  })
  return (
    <Dialog open onClose={onClose} title={parent ? `New folder in ${folderTitle(parent)}` : 'New folder'}>
      <Form form={form} label="New folder">
        <TextField name="name" label="Name" hint="It is in the file of this property alone." />
        <SubmitButton>Make folder</SubmitButton>
      </Form>
    </Dialog>
  )
}

export function RenameDialog({ folder, onClose }: Closes & { folder: FolderSummary }) {
  const refresh = useRefresh()
  const form = useKitForm({
    schema: nameSchema,
    defaultValues: { name: folder.name },
    onSubmit: async ({ name }) => {
      await changeFolder({ path: { folder_id: folder.id }, body: { name }, throwOnError: true })
      await refresh('readFile', 'readFileLog')
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} title={`Rename ${folder.name}`}>
      <Form form={form} label="Rename folder">
        <TextField name="name" label="Name" />
        <SubmitButton>Rename folder</SubmitButton>
      </Form>
    </Dialog>
  )
}

/** Major works are kept until what they built is gone: that day starts the end of their time. */
export function DemolitionDialog({ folder, onClose }: Closes & { folder: FolderSummary }) {
  const refresh = useRefresh()
  const form = useKitForm({
    schema: z.object({ demolished_on: z.iso.date('Enter a day, such as 12/03/2018.') }),
    defaultValues: { demolished_on: folder.demolished_on ?? '' },
    onSubmit: async (body) => {
      await changeFolder({ path: { folder_id: folder.id }, body, throwOnError: true })
      await refresh('readFile', 'readFileLog', 'readDocument')
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} title="Note a demolition">
      <Form form={form} label="Note a demolition">
        <DateField
          name="demolished_on"
          label="Day of the demolition"
          hint={`What ${folderTitle(folder)} is about is gone since then. Documents that are kept until demolition may end their time.`}
          to={dayOf(new Date())}
        />
        <SubmitButton>Note demolition</SubmitButton>
      </Form>
    </Dialog>
  )
}

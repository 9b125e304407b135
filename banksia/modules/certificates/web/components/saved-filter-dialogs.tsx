import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  ActionButton,
  CheckboxField,
  Dialog,
  ErrorPanel,
  Form,
  SubmitButton,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import {
  deleteFilterMutation,
  saveFilter,
  updateFilter,
  type SavedFilterCreate,
  type SavedFilterRead,
} from '../api'

const named = z.object({
  name: z.string().trim().min(1, 'Enter a name for the filter.').max(60, 'Enter at most 60 letters.'),
  is_shared: z.boolean(),
})

interface FieldsProps {
  mayShare: boolean
}

function Fields({ mayShare }: FieldsProps) {
  return (
    <>
      <TextField name="name" label="Name" hint="It stands beside the views: Urgent planning." />
      {mayShare ? (
        <CheckboxField name="is_shared" label="Share it with everyone at council who sees this list" />
      ) : null}
    </>
  )
}

interface SaveFilterProps extends FieldsProps {
  search: SavedFilterCreate['search']
  onClose: () => void
}

/** Keep what the list shows now under a name. */
export function SaveFilter({ search, mayShare, onClose }: SaveFilterProps) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema: named,
    defaultValues: { name: '', is_shared: false },
    onSubmit: async (values) => {
      await saveFilter({ body: { ...values, search }, throwOnError: true })
      await queryClient.invalidateQueries()
      onClose()
    },
  })
  return (
    <Dialog open title="Save this filter" onClose={onClose}>
      <Form form={form} label="Save this filter" gap="1rem">
        <Fields mayShare={mayShare} />
        <SubmitButton size="sm">Save filter</SubmitButton>
      </Form>
    </Dialog>
  )
}

interface ChangeFilterProps extends FieldsProps {
  kept: SavedFilterRead
  onClose: () => void
}

/** Another name, another audience, or an end. What the list shows stays as it is. */
export function ChangeFilter({ kept, mayShare, onClose }: ChangeFilterProps) {
  const queryClient = useQueryClient()
  const path = { filter_id: kept.id }
  const done = async () => {
    await queryClient.invalidateQueries()
    onClose()
  }
  const form = useKitForm({
    schema: named,
    defaultValues: { name: kept.name, is_shared: kept.is_shared },
    onSubmit: async (body) => {
      await updateFilter({ path, body, throwOnError: true })
      await done()
    },
  })
  const remove = useMutation({ ...deleteFilterMutation(), onSuccess: done })
  return (
    <Dialog open title={`Change “${kept.name}”`} onClose={onClose}>
      {remove.error ? <ErrorPanel title="The filter was not deleted" error={remove.error} /> : null}
      <Form form={form} label={`Change ${kept.name}`} gap="1rem">
        <Fields mayShare={mayShare} />
        <SubmitButton
          size="sm"
          beside={
            <ActionButton
              size="sm"
              variant="tertiary"
              loading={remove.isPending}
              onClick={() => {
                remove.mutate({ path })
              }}
            >
              Delete filter
            </ActionButton>
          }
        >
          Save changes
        </SubmitButton>
      </Form>
    </Dialog>
  )
}

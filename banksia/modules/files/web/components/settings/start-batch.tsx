import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import {
  Form,
  SelectField,
  SubmitButton,
  TextField,
  useKitForm,
  useNavigateTo,
  useOrganisation,
} from '@banksia/kit'
import { z } from 'zod'
import { createBatch, listPlacesOptions } from '../../api'
import { batchPage } from '../../settings-routes'
import { placeWords } from './batch-words'

/** Have the manifest of a folder judged; nothing is loaded by it. */
export function StartBatch({ onClose }: { onClose: () => void }) {
  const { slug } = useOrganisation()
  const queryClient = useQueryClient()
  const navigate = useNavigateTo()
  const places = useQuery(listPlacesOptions())
  const found = places.data?.places ?? []
  const form = useKitForm({
    schema: z.object({
      place: z.string().trim().min(1, 'Say in which folder the scans lie.').max(1000),
      name: z.string().trim().max(200),
    }),
    defaultValues: { place: '', name: '' },
    onSubmit: async (body) => {
      const { data } = await createBatch({ body, throwOnError: true })
      await queryClient.invalidateQueries()
      navigate(batchPage.href({ params: { batchId: data.id } }))
    },
  })
  return (
    <div css={{ maxWidth: '42rem' }}>
      <Form form={form} label="New load" gap="1rem">
        {found.length > 0 ? (
          <SelectField
            name="place"
            label="Folder"
            hint="Folders of this council that hold a manifest.csv."
            placeholder="Choose a folder"
            options={found.map((place) => ({ value: place, label: placeWords(place, slug) }))}
          />
        ) : (
          <TextField
            name="place"
            label="Folder"
            hint="A folder on the server, or s3://bucket/prefix, with a manifest.csv in it."
          />
        )}
        <TextField name="name" label="Name (optional)" hint="The name of the folder by default." />
        <SubmitButton
          size="sm"
          beside={
            <Button size="sm" variant="tertiary" onClick={onClose}>
              Cancel
            </Button>
          }
        >
          Check the manifest
        </SubmitButton>
      </Form>
    </div>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { placeHold } from '../api'

const schema = z.object({
  reason: z
    .string()
    .trim()
    .min(1, 'Enter why nothing may be destroyed, such as Land and Environment Court.')
    .max(200),
})

/** Hold a property's file, or a folder or a document of it, with a reason. */
export function useHoldForm(
  held: { property_id: string; folder_id?: string; document_id?: string },
  onDone: () => void,
) {
  const queryClient = useQueryClient()
  return useKitForm({
    schema,
    defaultValues: { reason: '' },
    onSubmit: async ({ reason }) => {
      await placeHold({ body: { ...held, reason }, throwOnError: true })
      await queryClient.invalidateQueries()
      onDone()
    },
  })
}

import { Dialog, Form, SubmitButton, TextField } from '@banksia/kit'
import { useHoldForm } from './hold-form'

interface HoldDialogProps {
  propertyId: string
  about: { folder_id?: string; document_id?: string }
  title: string
  onClose: () => void
}

/** Nothing of a folder, or of a document, is destroyed until an administrator lifts the hold in the settings. */
export function HoldDialog({ propertyId, about, title, onClose }: HoldDialogProps) {
  const form = useHoldForm({ property_id: propertyId, ...about }, onClose)
  return (
    <Dialog open onClose={onClose} title={`Place a hold on ${title}`}>
      <Form form={form} label="Place a hold">
        <TextField
          name="reason"
          label="Reason"
          hint="It stands in the log. Nothing is removed or destroyed until the hold is lifted, under Retention in the settings."
          width="full"
        />
        <SubmitButton>Place hold</SubmitButton>
      </Form>
    </Dialog>
  )
}

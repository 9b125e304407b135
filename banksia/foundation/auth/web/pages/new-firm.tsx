import { useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { CustomerPage, Form, SubmitButton, useKitForm, useNavigateTo } from '@banksia/kit'
import { createFirm } from '../api'
import { FirmFields } from '../components/firm-fields'
import { firmDetails } from '../components/firm-words'
import { firmPage, firmsPage, newFirmPage } from '../firm-routes'

/** Make a firm, and then invite its people. */
export default function NewFirmPage() {
  const navigate = useNavigateTo()
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema: firmDetails,
    defaultValues: { name: '', abn: '', billing_email: '' },
    onSubmit: async ({ billing_email, ...details }) => {
      const body = { ...details, billing_email: billing_email || null }
      const { data } = await createFirm({ body, throwOnError: true })
      await queryClient.invalidateQueries()
      navigate(firmPage.href({ params: { firmId: data.id } }), { replace: true })
    },
  })
  return (
    <CustomerPage
      title={newFirmPage.title}
      where={<TextLink href={firmsPage.href()}>Your firm</TextLink>}
      lead="You own it and can invite the others. Is your firm here already? Then ask its owner to invite you."
    >
      <Form form={form} label="Firm">
        <FirmFields />
        <SubmitButton>Add firm</SubmitButton>
      </Form>
    </CustomerPage>
  )
}

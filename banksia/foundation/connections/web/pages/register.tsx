import { useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Form, Panel, StaffPage, SubmitButton, TextField, useKitForm, useNavigateTo } from '@banksia/kit'
import { z } from 'zod'
import { registerModule } from '../api'
import { modulePage, modulesPage, registerPage } from '../routes'

const schema = z.object({
  base_url: z.string().trim().min(1, 'Enter the address of the module.').max(400),
})

/** By its address a module is found; what it asks for is shown before anything is given. */
export default function RegisterPage() {
  const queryClient = useQueryClient()
  const navigate = useNavigateTo()
  const form = useKitForm({
    schema,
    defaultValues: { base_url: '' },
    onSubmit: async (body) => {
      const { data } = await registerModule({ body, throwOnError: true })
      navigate(modulePage.href({ params: { name: data.name } }))
      await queryClient.invalidateQueries()
    },
  })
  return (
    <StaffPage
      title={registerPage.title}
      where={<TextLink href={modulesPage.href()}>{modulesPage.title}</TextLink>}
    >
      {/* What goes wrong names the address, which can be longer than a phone is wide. */}
      <div css={{ maxWidth: '42rem', overflowWrap: 'anywhere' }}>
        <Panel>
          <Form form={form} label={registerPage.title}>
            <TextField
              name="base_url"
              label="Address of the module"
              type="url"
              hint="As whoever runs it gave it to you, such as https://modules.example.com/bookings."
              width="full"
            />
            <p>We read what the module says of itself. Nothing is given to it before you approve that.</p>
            <SubmitButton>Show what it asks for</SubmitButton>
          </Form>
        </Panel>
      </div>
    </StaffPage>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Form, Panel, StaffPage, SubmitButton, TextField, useKitForm, useNavigateTo } from '@banksia/kit'
import { z } from 'zod'
import { attributePage, attributesPage } from '../admin-routes'
import { createAttributeDefinition, listAttributeDefinitionsOptions } from '../api'
import { attributeBody, AttributeFields, attributeSchema } from '../components/attribute-fields'

const schema = attributeSchema.and(
  z.object({
    code: z
      .string()
      .trim()
      .regex(
        /^[a-z][a-z0-9_]{0,59}$/,
        'Write the code in small letters, digits and _, such as bush_fire_prone.',
      ),
  }),
)

/** Add an attribute to the catalogue. */
export default function NewAttributePage() {
  const queryClient = useQueryClient()
  const navigate = useNavigateTo()
  const form = useKitForm({
    schema,
    defaultValues: { code: '', title: '', kind: 'text', choices: '', subject: 'parcel', group: '', help: '' },
    onSubmit: async ({ code, ...typed }) => {
      await createAttributeDefinition({ body: { code, ...attributeBody(typed) }, throwOnError: true })
      await queryClient.invalidateQueries({ queryKey: listAttributeDefinitionsOptions().queryKey })
      navigate(attributePage.href({ params: { code } }))
    },
  })
  return (
    <StaffPage
      title="New attribute"
      where={<TextLink href={attributesPage.href()}>Attributes of properties</TextLink>}
    >
      <div css={{ maxWidth: '42rem' }}>
        <Panel title="Attribute">
          <Form form={form} label="New attribute">
            <TextField
              name="code"
              label="Code"
              width="lg"
              hint="What files and certificate templates call it. It stays for ever."
            />
            <AttributeFields />
            <SubmitButton beside={<TextLink href={attributesPage.href()}>Cancel</TextLink>}>
              Add attribute
            </SubmitButton>
          </Form>
        </Panel>
      </div>
    </StaffPage>
  )
}

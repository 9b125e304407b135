import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  Form,
  Loaded,
  Panel,
  StaffPage,
  SubmitButton,
  TextField,
  useKitForm,
  useNavigateTo,
} from '@banksia/kit'
import { z } from 'zod'
import { inviteUser, listRolesOptions } from '../api'
import { RoleField } from '../components/role-field'
import { peoplePage, personPage } from '../people-routes'

const schema = z.object({
  name: z.string().trim().min(1, 'Enter the person’s name.').max(200),
  email: z.email('Enter the email address that the invitation goes to.'),
  roles: z.array(z.string()).min(1, 'Choose at least one role.'),
})

/** A member of staff gets a mail with a link to set a password. */
export default function InvitePage() {
  const roles = useQuery(listRolesOptions())
  const navigate = useNavigateTo()
  const form = useKitForm({
    schema,
    defaultValues: { name: '', email: '', roles: [] as string[] },
    onSubmit: async (body) => {
      const { data } = await inviteUser({ body, throwOnError: true })
      navigate(personPage.href({ params: { userId: data.id } }))
    },
  })
  return (
    <StaffPage title="Invite a person" where={<TextLink href={peoplePage.href()}>People</TextLink>}>
      <div css={{ maxWidth: '42rem' }}>
        <Loaded query={roles} failed="The roles could not be loaded">
          {(all) => (
            <Panel title="New member of staff" hint="They set a password by the link in the email.">
              <Form form={form} label="New member of staff">
                <TextField name="name" label="Name" />
                <TextField name="email" label="Email" type="email" />
                <RoleField roles={all} />
                <SubmitButton>Send invitation</SubmitButton>
              </Form>
            </Panel>
          )}
        </Loaded>
      </div>
    </StaffPage>
  )
}

import { useMutation, useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  CheckboxField,
  ErrorPanel,
  Facts,
  formatDayAndTime,
  Loaded,
  Panel,
  SaveForm,
  StaffPage,
  TextField,
  useSaveForm,
} from '@banksia/kit'
import { z } from 'zod'
import {
  getUserOptions,
  listRolesOptions,
  sendPasswordLinkMutation,
  updateUser,
  type AccountRead,
  type RoleRead,
} from '../api'
import { ForgetPerson } from '../components/forget-person'
import { RoleField } from '../components/role-field'
import { peoplePage, personPage } from '../people-routes'

const schema = z.object({
  name: z.string().trim().min(1, 'Enter the name.').max(200),
  roles: z.array(z.string()),
  active: z.boolean(),
})

/** One account: name, roles, on or off. */
export default function PersonPage() {
  const { userId } = personPage.useParams()
  const person = useQuery(getUserOptions({ path: { user_id: userId } }))
  const roles = useQuery(listRolesOptions())
  return (
    <StaffPage
      title={person.data?.name ?? 'Person'}
      where={<TextLink href={peoplePage.href()}>People</TextLink>}
      facts={person.data?.email}
    >
      <div css={{ maxWidth: '42rem', display: 'grid', gap: '1.25rem' }}>
        <Loaded query={person} failed="The person could not be loaded">
          {(found) => (
            <>
              <SignIn person={found} />
              {roles.data ? <Account key={found.id} person={found} roles={roles.data} /> : null}
              {found.kind === 'customer' && found.active ? <ForgetPerson person={found} /> : null}
            </>
          )}
        </Loaded>
      </div>
    </StaffPage>
  )
}

function SignIn({ person }: { person: AccountRead }) {
  const send = useMutation(sendPasswordLinkMutation())
  return (
    <Panel title="Sign-in">
      <Facts
        of={[
          ['Email', person.email],
          ['Last signed in', person.last_signed_in_at ? formatDayAndTime(person.last_signed_in_at) : 'Never'],
        ]}
      />
      {send.error ? <ErrorPanel title="The link was not sent" error={send.error} /> : null}
      <div css={{ marginTop: '1rem', display: 'flex', gap: '1rem', alignItems: 'center' }}>
        <ActionButton
          size="sm"
          variant="secondary"
          loading={send.isPending}
          onClick={() => {
            send.mutate({ path: { user_id: person.id } })
          }}
        >
          Send a link to set a password
        </ActionButton>
        <span role="status">{send.isSuccess ? `Sent to ${person.email}` : ''}</span>
      </div>
    </Panel>
  )
}

function Account({ person, roles }: { person: AccountRead; roles: readonly RoleRead[] }) {
  const isStaff = person.kind === 'staff'
  const form = useSaveForm({
    schema,
    defaultValues: { name: person.name, roles: person.roles, active: person.active },
    save: async ({ name, active, roles: chosen }) => {
      const body = isStaff ? { name, active, roles: chosen } : { name, active }
      await updateUser({ path: { user_id: person.id }, body, throwOnError: true })
    },
  })
  return (
    <Panel title="Account">
      <SaveForm form={form} label="Account" button="Save person">
        <TextField name="name" label="Name" />
        {isStaff ? <RoleField roles={roles} /> : null}
        <CheckboxField
          name="active"
          label="Can sign in"
          hint="Switching it off ends the sessions of this person."
        />
      </SaveForm>
    </Panel>
  )
}

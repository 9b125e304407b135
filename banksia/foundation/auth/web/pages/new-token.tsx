import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CheckboxesField,
  CustomerPage,
  Form,
  Loaded,
  Panel,
  SecretOnce,
  SelectField,
  SubmitButton,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { listApiTokensOptions, makeApiToken, type ApiTokenMade, type ScopeRead } from '../api'
import { newTokenPage, tokensPage } from '../routes'

const LASTS = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '730', label: '2 years' },
]
const schema = z.object({
  name: z.string().trim().min(1, 'Enter what the token is for, such as the name of your program.').max(200),
  scopes: z.array(z.string()).min(1, 'Choose at least one thing that it may do.'),
  expires_in_days: z.string().transform(Number),
})

/** A token is made and shown once. */
export default function NewTokenPage() {
  const offered = useQuery(listApiTokensOptions())
  const [made, setMade] = useState<ApiTokenMade>()
  return (
    <CustomerPage
      title={newTokenPage.title}
      where={<TextLink href={tokensPage.href()}>{tokensPage.title}</TextLink>}
    >
      {made ? (
        <>
          <SecretOnce title="Copy the token now" secret={made.token} copy="Copy token">
            <p>It is not shown again. Keep it where only {made.name} reads it.</p>
          </SecretOnce>
          <div>
            <ButtonLink href={tokensPage.href()} variant="secondary">
              Go to your tokens
            </ButtonLink>
          </div>
        </>
      ) : (
        <Loaded query={offered} failed="The form could not be loaded">
          {({ scopes }) => <NewToken scopes={scopes} onMade={setMade} />}
        </Loaded>
      )}
    </CustomerPage>
  )
}

function NewToken({
  scopes,
  onMade,
}: {
  scopes: readonly ScopeRead[]
  onMade: (made: ApiTokenMade) => void
}) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema,
    defaultValues: { name: '', scopes: [] as string[], expires_in_days: '365' },
    onSubmit: async (body) => {
      const { data } = await makeApiToken({ body, throwOnError: true })
      onMade(data)
      await queryClient.invalidateQueries({ queryKey: listApiTokensOptions().queryKey })
    },
  })
  return (
    <Panel title="New token" hint="It can never sign in, change your account or make other tokens.">
      <Form form={form} label="New token">
        <TextField name="name" label="What it is for" hint="Such as the name of your practice software." />
        <CheckboxesField
          name="scopes"
          label="What it may do"
          choices={scopes.map((scope) => ({ value: scope.name, label: scope.title }))}
        />
        <SelectField name="expires_in_days" label="How long it works" options={LASTS} width="sm" />
        <SubmitButton>Make token</SubmitButton>
      </Form>
    </Panel>
  )
}

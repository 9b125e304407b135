import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import {
  ActionButton,
  CheckboxesField,
  ErrorPanel,
  Form,
  SubmitButton,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import {
  addTeam,
  changeTeam,
  removeTeam,
  type CatalogueProductRead,
  type OfficerRead,
  type TeamRead,
} from '../api'

const schema = z.object({
  name: z.string().trim().min(1, 'Enter a name, such as Rates.').max(60),
  products: z.array(z.string()),
  member_ids: z.array(z.string()),
})

interface TeamFormProps {
  /** The team that is changed; without it one is added. */
  team?: TeamRead
  teams: readonly TeamRead[]
  products: readonly CatalogueProductRead[]
  officers: readonly OfficerRead[]
  onDone?: () => void
}

/** A team's name, certificates and officers. */
export function TeamForm({ team, teams, products, officers, onDone }: TeamFormProps) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema,
    defaultValues: {
      name: team?.name ?? '',
      products: team?.products ?? [],
      member_ids: team?.members.map(({ id }) => id) ?? [],
    },
    onSubmit: async (body) => {
      if (team) await changeTeam({ path: { team_id: team.id }, body, throwOnError: true })
      else await addTeam({ body, throwOnError: true })
      await queryClient.invalidateQueries()
      onDone?.()
    },
  })
  const ownerOf = (code: string) =>
    teams.find(({ id, products: theirs }) => id !== team?.id && theirs.includes(code))
  return (
    <Form form={form} label={team ? `Team ${team.name}` : 'New team'}>
      <TextField name="name" label="Name" />
      <CheckboxesField
        name="products"
        label="Certificates it prepares"
        choices={products.map(({ code, short_title }) => {
          const owner = ownerOf(code)
          return {
            value: code,
            label: owner ? `${short_title} (prepared by ${owner.name})` : short_title,
            disabled: owner !== undefined,
          }
        })}
      />
      <CheckboxesField
        name="member_ids"
        label="Officers"
        choices={officers.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SubmitButton beside={team ? <Remove team={team} /> : <Cancel onDone={onDone} />}>
        {team ? 'Save team' : 'Add team'}
      </SubmitButton>
    </Form>
  )
}

function Cancel({ onDone }: Pick<TeamFormProps, 'onDone'>) {
  return (
    <Button variant="text" onClick={onDone}>
      Cancel
    </Button>
  )
}

function Remove({ team }: { team: TeamRead }) {
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => removeTeam({ path: { team_id: team.id }, throwOnError: true }),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <>
      <ActionButton
        variant="text"
        loading={remove.isPending}
        onClick={() => {
          remove.mutate()
        }}
      >
        {`Remove ${team.name}`}
      </ActionButton>
      {remove.error ? <ErrorPanel title="The team was not removed" error={remove.error} /> : null}
    </>
  )
}

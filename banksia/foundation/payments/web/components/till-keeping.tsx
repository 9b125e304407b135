import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  ActionButton,
  ErrorPanel,
  Form,
  Panel,
  RowList,
  SubmitButton,
  Tag,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import {
  addLocation,
  addTill,
  updateLocationMutation,
  updateTillMutation,
  type LocationRead,
  type TillRead,
} from '../api'

const named = (message: string) => z.object({ name: z.string().trim().min(1, message).max(200) })
const tillSchema = named('Enter what the till is called.')
const locationSchema = named('Enter what the counter is called.')

/** A new counter. */
export function AddLocation() {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema: locationSchema,
    defaultValues: { name: '' },
    onSubmit: async (body) => {
      await addLocation({ body, throwOnError: true })
      form.methods.reset()
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Panel title="New counter">
      <Form form={form} label="New counter" gap="1rem">
        <TextField name="name" label="Name of the counter" hint="Front counter, or Library." />
        <SubmitButton size="sm">Add counter</SubmitButton>
      </Form>
    </Panel>
  )
}

/** A new till at a counter. */
export function AddTill({ location }: { location: LocationRead }) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema: tillSchema,
    defaultValues: { name: '' },
    onSubmit: async ({ name }) => {
      await addTill({ body: { location_id: location.id, name }, throwOnError: true })
      form.methods.reset()
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Form form={form} label={`New till at ${location.name}`} gap="1rem">
      <TextField name="name" label={`New till at ${location.name}`} />
      <SubmitButton size="sm">{`Add till to ${location.name}`}</SubmitButton>
    </Form>
  )
}

/** The tills of a counter, each with the way out of use and back. */
export function TillRows({ tills }: { tills: readonly TillRead[] }) {
  const queryClient = useQueryClient()
  const change = useMutation({ ...updateTillMutation(), onSuccess: () => queryClient.invalidateQueries() })
  if (tills.length === 0) return <p>It has no till yet.</p>
  return (
    <>
      {change.error ? <ErrorPanel title="The till was not changed" error={change.error} /> : null}
      <RowList
        rows={tills.map((till) => ({
          key: till.id,
          title: (
            <>
              {till.name} {till.closed_at ? <Tag>Out of use</Tag> : null}
            </>
          ),
          detail: till.cashier_name ? `${till.cashier_name} has it open` : 'Nobody has it open',
          end: (
            <ActionButton
              size="sm"
              variant="secondary"
              loading={change.isPending && change.variables.path.till_id === till.id}
              aria-label={`${till.closed_at ? 'Use' : 'Stop using'} ${till.name}`}
              onClick={() => {
                change.mutate({ path: { till_id: till.id }, body: { closed: till.closed_at === null } })
              }}
            >
              {till.closed_at ? 'Use' : 'Stop using'}
            </ActionButton>
          ),
        }))}
      />
    </>
  )
}

/** A counter that is taken out of use keeps its history; its tills cannot be opened. */
export function LocationUse({ location }: { location: LocationRead }) {
  const queryClient = useQueryClient()
  const change = useMutation({
    ...updateLocationMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <>
      {change.error ? <ErrorPanel title="The counter was not changed" error={change.error} /> : null}
      <ActionButton
        size="sm"
        variant="tertiary"
        loading={change.isPending}
        aria-label={`${location.closed_at ? 'Use' : 'Stop using'} ${location.name}`}
        onClick={() => {
          change.mutate({
            path: { location_id: location.id },
            body: { closed: location.closed_at === null },
          })
        }}
      >
        {location.closed_at ? 'Use' : 'Stop using'}
      </ActionButton>
    </>
  )
}

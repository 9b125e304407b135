import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, Dialog, ErrorPanel, Panel } from '@banksia/kit'
import { forgetAccountMutation, type AccountRead } from '../api'

/** A customer asked to be forgotten: name, address and password go, orders stay. */
export function ForgetPerson({ person }: { person: AccountRead }) {
  const [asking, setAsking] = useState(false)
  const queryClient = useQueryClient()
  const close = () => {
    setAsking(false)
  }
  const forget = useMutation({
    ...forgetAccountMutation(),
    onSuccess: async () => {
      close()
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Panel title="Forget this person">
      <p css={{ marginBottom: '0.75rem' }}>
        For a customer who asks for it. It cannot be undone: name, email and password are removed, and the
        person leaves their firms. Orders are council’s records and stay as they are.
      </p>
      <Button
        size="sm"
        variant="secondary"
        onClick={() => {
          setAsking(true)
        }}
      >
        Forget this person
      </Button>
      <Dialog
        open={asking}
        onClose={close}
        title={`Forget ${person.name}?`}
        actions={
          <>
            <ActionButton
              loading={forget.isPending}
              onClick={() => {
                forget.mutate({ path: { user_id: person.id } })
              }}
            >
              {`Forget ${person.name}`}
            </ActionButton>
            <Button variant="secondary" onClick={close}>
              Keep the account
            </Button>
          </>
        }
      >
        {forget.error ? <ErrorPanel title="The account was kept" error={forget.error} /> : null}
        <p>
          {person.email} can sign in no more. A firm that loses its last owner goes to whoever comes next in
          it.
        </p>
      </Dialog>
    </Panel>
  )
}

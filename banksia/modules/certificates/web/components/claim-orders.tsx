import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, Notice } from '@banksia/kit'
import { claimOrdersMutation } from '../api'

/** Orders placed as a guest with the same address come into the account when asked for. */
export function ClaimOrders() {
  const queryClient = useQueryClient()
  const claim = useMutation({ ...claimOrdersMutation(), onSuccess: () => queryClient.invalidateQueries() })
  if (claim.isSuccess) {
    const { numbers } = claim.data
    return (
      <Notice
        tone={numbers.length > 0 ? 'success' : 'info'}
        role="status"
        title={
          numbers.length > 0
            ? `Added to your account: ${numbers.join(', ')}`
            : 'No other order carries your email address'
        }
      />
    )
  }
  return (
    <p>
      Ordered without signing in?{' '}
      <ActionButton
        variant="text"
        loading={claim.isPending}
        onClick={() => {
          claim.mutate({ body: {} })
        }}
      >
        Add orders that carry your email address
      </ActionButton>
    </p>
  )
}

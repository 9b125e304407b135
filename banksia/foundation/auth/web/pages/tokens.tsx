import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import {
  ActionButton,
  CustomerPage,
  EmptyState,
  ErrorPanel,
  formatDate,
  Loaded,
  Panel,
  RowList,
  Tag,
} from '@banksia/kit'
import { listApiTokensOptions, revokeApiTokenMutation, type ApiTokenRead, type ScopeRead } from '../api'
import { newTokenPage, tokensPage } from '../routes'

/** What a customer's software signs in with. */
export default function TokensPage() {
  const tokens = useQuery(listApiTokensOptions())
  return (
    <CustomerPage
      title={tokensPage.title}
      lead="With a token your own software orders certificates for you. Whoever has it can do what it allows."
      actions={
        <ButtonLink size="sm" href={newTokenPage.href()}>
          Make a token
        </ButtonLink>
      }
    >
      <Loaded query={tokens} failed="Your tokens could not be loaded">
        {(found) => (
          <Panel title="Your tokens" flush>
            {found.tokens.length > 0 ? (
              <Tokens tokens={found.tokens} scopes={found.scopes} />
            ) : (
              <EmptyState>You have no tokens. Make one for each program that orders for you.</EmptyState>
            )}
          </Panel>
        )}
      </Loaded>
    </CustomerPage>
  )
}

function Tokens({ tokens, scopes }: { tokens: readonly ApiTokenRead[]; scopes: readonly ScopeRead[] }) {
  const queryClient = useQueryClient()
  const revoke = useMutation({
    ...revokeApiTokenMutation(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: listApiTokensOptions().queryKey }),
  })
  const titleOf = (name: string) => scopes.find((scope) => scope.name === name)?.title ?? name
  return (
    <>
      {revoke.error ? <ErrorPanel title="The token was not revoked" error={revoke.error} /> : null}
      <RowList
        inset
        stack
        rows={tokens.map((token) => ({
          key: token.id,
          title: (
            <>
              <strong>{token.name}</strong> <code>{token.prefix}…</code>{' '}
              {new Date(token.expires_at) < new Date() ? <Tag>Expired</Tag> : null}
            </>
          ),
          detail: (
            <>
              {token.scopes.map(titleOf).join('. ')}.
              <br />
              {token.last_used_on ? `Last used ${formatDate(token.last_used_on)}` : 'Never used'}, ends{' '}
              {formatDate(token.expires_at)}
            </>
          ),
          end: (
            <ActionButton
              size="sm"
              variant="secondary"
              aria-label={`Revoke ${token.name}`}
              loading={revoke.isPending && revoke.variables.path.token_id === token.id}
              onClick={() => {
                revoke.mutate({ path: { token_id: token.id } })
              }}
            >
              Revoke
            </ActionButton>
          ),
        }))}
      />
    </>
  )
}

"""The API tokens of one's own account; no token can make or see tokens."""

import uuid

from banksia.foundation.auth import permissions, service
from banksia.foundation.auth.errors import ScopeUnknown, TokenNotFound, TooManyAttempts, TooManyTokens
from banksia.foundation.auth.schemas import ApiTokenCreate, ApiTokenList, ApiTokenMade, ApiTokenRead, ScopeRead
from banksia.kit.routing import ActorDep, Router, SessionDep

api_tokens = Router("/tokens")


@api_tokens.get("", permission=permissions.TOKENS_KEEP)
def list_api_tokens(session: SessionDep, actor: ActorDep) -> ApiTokenList:
    """One's own API tokens, and what a new one can be allowed to do."""
    return ApiTokenList(
        tokens=[ApiTokenRead.model_validate(row) for row in service.list_tokens(session, actor)],
        scopes=[ScopeRead.model_validate(scope) for scope in service.scopes_of(session, actor)],
    )


@api_tokens.post(
    "",
    permission=permissions.TOKENS_KEEP,
    raises=[ScopeUnknown, TooManyTokens, TooManyAttempts],
    status_code=201,
)
def make_api_token(session: SessionDep, actor: ActorDep, wanted: ApiTokenCreate) -> ApiTokenMade:
    """Make an API token; it is shown in this answer and never again."""
    made = service.make_api_token(
        session, actor, name=wanted.name, scopes=wanted.scopes, expires_in_days=wanted.expires_in_days
    )
    return ApiTokenMade.of(made.row, token=made.token)


@api_tokens.delete("/{token_id}", permission=permissions.TOKENS_KEEP, raises=[TokenNotFound], status_code=204)
def revoke_api_token(session: SessionDep, actor: ActorDep, token_id: uuid.UUID) -> None:
    """End an API token at once."""
    service.revoke_api_token(session, actor, token_id=token_id)

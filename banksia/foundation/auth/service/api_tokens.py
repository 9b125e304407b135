"""API tokens: a customer's software acts for the customer, within the scopes that it was given.

A scope is a permission of a module that is there for tokens. What a token may do is what it was given and its account
still may; each route says which scope it needs (kit/routing.py), and the others let no token in.
"""

import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.orm import Session
from starlette.requests import Request

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors import ScopeUnknown, TokenInvalid, TokenNotFound, TooManyTokens
from banksia.foundation.auth.models import ApiToken, User
from banksia.foundation.auth.queries import api_tokens_of, live_api_token, note_use
from banksia.foundation.auth.service.addresses import client_address
from banksia.foundation.auth.service.rates import limit_rate
from banksia.foundation.auth.service.sessions import actor_of, authenticate_browser
from banksia.kit.actor import Actor, Permission
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.models import new_id
from banksia.kit.sealing import hash_token

PREFIX, SHOWN = "bks_", 10
MOST_TOKENS = 20


@dataclass(frozen=True)
class MadeToken:
    """An API token that was just made; what it signs in with is known only now."""

    row: ApiToken
    token: str


def authenticate(session: Session, request: Request) -> Actor:
    """Who sends a request: an API token, else whose session the browser has, else a guest.

    A token is sent by no browser of its own accord, so a request with one needs no proof that it comes from our pages;
    cookies beside it count for nothing. Raises TokenInvalid, TooManyAttempts, and ForgedRequest for a browser.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return authenticate_browser(session, request)
    return _authenticate_token(session, token.strip(), client=client_address(request))


def _authenticate_token(session: Session, token: str, *, client: str) -> Actor:
    organisation_id, now = organisation_id_of(session), utc_now()
    found = session.execute(live_api_token(organisation_id, hash_token(token), now)).one_or_none()
    if found is None:
        limit_rate(session, "auth.bad_token", subject=client, at_most=100, per=timedelta(minutes=15))
        raise TokenInvalid
    row, user = found
    if row.last_used_on != now.date():
        session.execute(note_use(row, now.date()))
    return _actor_of_token(session, row, user)


def _actor_of_token(session: Session, row: ApiToken, user: User) -> Actor:
    """The account's actor, cut down to the token's scopes: the one place that says for whom a token acts."""
    actor = actor_of(session, user)
    allowed = frozenset(scope.name for scope in scopes_of(session, actor))
    return replace(
        actor,
        kind="token",
        name=f"{user.name} ({row.name})",
        roles=frozenset(),
        permissions=allowed.intersection(row.scopes),
        token_id=row.id,
    )


def scopes_of(session: Session, actor: Actor) -> list[Permission]:
    """What this person can allow a token to do, as the installed modules say."""
    permissions = platform_of(session).modules.permissions.values()
    return [each for each in permissions if each.for_tokens and actor.may(each)]


def list_tokens(session: Session, actor: Actor) -> list[ApiToken]:
    """One's own API tokens that were not revoked, newest first; expired ones for a while."""
    return list(session.scalars(api_tokens_of(actor.organisation_id, _owner(actor))))


def make_api_token(session: Session, actor: Actor, *, name: str, scopes: list[str], expires_in_days: int) -> MadeToken:
    """Make a token that acts for this person; raises ScopeUnknown and TooManyTokens.

    It has 256 random bits, so that a plain hash of it is enough to keep.
    """
    allowed = {scope.name for scope in scopes_of(session, actor)}
    for scope in scopes:
        if scope not in allowed:
            raise ScopeUnknown(scope)
    limit_rate(session, "auth.make_token", subject=str(actor.user_id), at_most=30, per=timedelta(hours=1))
    if len(list_tokens(session, actor)) >= MOST_TOKENS:
        raise TooManyTokens(MOST_TOKENS)
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken(
        id=new_id(),
        created_at=utc_now(),
        organisation_id=actor.organisation_id,
        user_id=_owner(actor),
        name=name,
        prefix=token[:SHOWN],
        token_hash=hash_token(token),
        scopes=sorted(set(scopes)),
        expires_at=utc_now() + timedelta(days=expires_in_days),
    )
    session.add(row)
    detail = {"name": name, "scopes": row.scopes, "expires_at": row.expires_at}
    audit.record(session, actor, "auth.api_token_made", subject=row, detail=detail)
    return MadeToken(row, token)


def revoke_api_token(session: Session, actor: Actor, *, token_id: uuid.UUID) -> None:
    """End one of one's own tokens at once; raises TokenNotFound."""
    row = session.scalar(api_tokens_of(actor.organisation_id, _owner(actor)).where(ApiToken.id == token_id))
    if row is None:
        raise TokenNotFound
    row.revoked_at = utc_now()
    audit.record(session, actor, "auth.api_token_revoked", subject=row, detail={"name": row.name})


def revoke_api_tokens(session: Session, user: User) -> None:
    """End every token of an account that is switched off or forgotten; they stay ended when it is switched on again."""
    for row in session.scalars(api_tokens_of(user.organisation_id, user.id)):
        row.revoked_at = utc_now()


def _owner(actor: Actor) -> uuid.UUID:
    if actor.user_id is None:
        raise TokenNotFound
    return actor.user_id

"""How a module proves itself to us: its credential is exchanged for a token of five minutes (RFC 6749, RFC 8693).

With the token that the gateway sent along it acts for that person, and is lent of their permissions only those that
its capabilities ask for; without one it acts for itself and has none. A token counts only while the connection is
enabled, so switching a module off ends all of them at once.
"""

import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request

from banksia.foundation.auth.public import active_user, actor_for, authenticate, client_address, limit_rate
from banksia.foundation.connections.errors.calls import ClientRefused, GrantRefused, ModuleTokenInvalid
from banksia.foundation.connections.models import AccessToken, Connection
from banksia.foundation.connections.queries.calling import connection_with_client, live_access_token
from banksia.foundation.connections.service.minting import TokenRefused, read_token
from banksia.foundation.connections.service.remote_modules import audience_of
from banksia.foundation.connections.service.signing_keys import public_keys_of
from banksia.foundation.organisations.public import council_url
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.entry import permissions_of_capabilities
from banksia.kit.models import new_id
from banksia.kit.sealing import hash_token

PREFIX = "bkm_"
LASTS = timedelta(minutes=5)
CLIENT_CREDENTIALS = "client_credentials"
TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"  # noqa: S105  (the name of a grant)
JWT_TYPE = "urn:ietf:params:oauth:token-type:jwt"
EXCHANGES_A_MINUTE = 1200
"""Of one connection: with one token for each person and five minutes far more than anybody needs."""


@dataclass(frozen=True)
class Grant:
    """What a module asks to exchange."""

    client_id: str
    client_secret: str
    grant_type: str
    subject_token: str = ""
    subject_token_type: str = ""


@dataclass(frozen=True)
class _Subject:
    """For whom a module wants to act."""

    user_id: uuid.UUID | None = None
    lends_permissions: bool = False


def exchange(session: Session, grant: Grant, *, client: str) -> str:
    """A token for a module; `client` is the network address, by which failures are counted.

    Raises ClientRefused, GrantRefused and TooManyAttempts.
    """
    connection = _proven(session, grant, client=client)
    limit_rate(session, "connections.tokens", subject=str(connection.id), at_most=EXCHANGES_A_MINUTE, per=_MINUTE)
    if grant.grant_type == TOKEN_EXCHANGE:
        subject = _subject_of(session, connection, grant)
    elif grant.grant_type == CLIENT_CREDENTIALS:
        subject = _subject_of(session, connection, grant) if grant.subject_token else _Subject()
    else:
        detail = f"Send grant_type={CLIENT_CREDENTIALS}, or {TOKEN_EXCHANGE} with a subject_token."
        raise GrantRefused(detail, error="unsupported_grant_type")
    token = PREFIX + secrets.token_urlsafe(32)
    session.add(
        AccessToken(
            id=new_id(),
            organisation_id=connection.organisation_id,
            connection_id=connection.id,
            token_hash=hash_token(token),
            user_id=subject.user_id,
            lends_permissions=subject.lends_permissions,
            expires_at=utc_now() + LASTS,
        )
    )
    return token


_MINUTE = timedelta(minutes=1)


def _proven(session: Session, grant: Grant, *, client: str) -> Connection:
    found = session.scalar(connection_with_client(organisation_id_of(session), grant.client_id))
    kept = (found.client_secret_hash if found else None) or hash_token(secrets.token_urlsafe())
    matches = hmac.compare_digest(kept, hash_token(grant.client_secret))
    if found is None or not matches or not found.is_enabled:
        limit_rate(session, "connections.bad_client", subject=client, at_most=100, per=timedelta(minutes=15))
        raise ClientRefused
    return found


def _subject_of(session: Session, connection: Connection, grant: Grant) -> _Subject:
    """Whom the gateway's token names, if it was sent to this module at this council and its minute is not over."""
    if grant.subject_token_type not in ("", JWT_TYPE):
        raise GrantRefused(f"Only a subject_token_type of {JWT_TYPE} is taken.", error="invalid_request")
    try:
        claims = read_token(
            grant.subject_token,
            keys=public_keys_of(session),
            issuer=council_url(session, ""),
            audience=audience_of(connection.name, connection.id),
        )
    except TokenRefused as error:
        raise GrantRefused(
            "The subject_token is none that was sent to this module at this council, or its minute is over. Use the "
            "token of the request that is being answered."
        ) from error
    return _subject_in(session, claims)


def _subject_in(session: Session, claims: dict[str, Any]) -> _Subject:
    if claims["kind"] not in ("customer", "staff", "token", "module"):
        return _Subject()  # a guest: the module acts for itself, and is lent nothing
    try:
        user_id = uuid.UUID(claims["sub"])
    except ValueError:
        return _Subject()  # another module, for itself
    if active_user(session, user_id) is None:
        raise GrantRefused("The account that the subject_token names is switched off.")
    # Software that acts for a person may have fewer rights than they; a token that is lent theirs would have more.
    return _Subject(user_id, lends_permissions="act" not in claims)


def authenticate_all(session: Session, request: Request) -> Actor:
    """Who sends a request: a remote module, or whoever signs in otherwise.

    Raises ModuleTokenInvalid, TooManyAttempts and what `authenticate` raises.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip().startswith(PREFIX):
        return _module_with(session, token.strip(), client=client_address(request))
    return authenticate(session, request)


def _module_with(session: Session, token: str, *, client: str) -> Actor:
    found = session.execute(live_access_token(organisation_id_of(session), hash_token(token), utc_now())).one_or_none()
    actor = _actor_of(session, found[0], found[1]) if found is not None else None
    if actor is None:
        limit_rate(session, "connections.bad_token", subject=client, at_most=100, per=timedelta(minutes=15))
        raise ModuleTokenInvalid
    return actor


def _actor_of(session: Session, row: AccessToken, connection: Connection) -> Actor | None:
    """The one place that says as whom a module acts; None when the person's account was switched off meanwhile."""
    manifest = connection.manifest or {}
    title, capabilities = str(manifest.get("title", connection.name)), frozenset(manifest.get("capabilities", ()))
    user = active_user(session, row.user_id) if row.user_id else None
    if row.user_id and user is None:
        return None
    lent = actor_for(session, user).permissions if user and row.lends_permissions else frozenset()
    return Actor(
        connection.organisation_id,
        "module",
        user_id=row.user_id,
        name=f"{user.name} ({title})" if user else title,
        permissions=lent & permissions_of_capabilities(capabilities),
        module=connection.name,
        connection_id=connection.id,
        capabilities=capabilities,
    )

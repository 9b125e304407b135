"""Signing in and out, and finding out who sends a request."""

import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from pwdlib import PasswordHash
from sqlalchemy.orm import Session
from starlette.requests import Request

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors import EmailNotVerified, ForgedRequest, WrongPassword
from banksia.foundation.auth.models import SignInSession, User
from banksia.foundation.auth.queries import live_session, sessions_of, user_by_email
from banksia.foundation.auth.service.rates import limit_rate
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import after_commit, organisation_id_of, platform_of
from banksia.kit.models import new_id
from banksia.kit.sealing import hash_token
from banksia.kit.settings import DEMO_PASSWORD

SESSION_COOKIE, CSRF_COOKIE, CSRF_HEADER = "banksia_session", "banksia_csrf", "x-csrf-token"
STAYS_FOR = {"staff": timedelta(hours=12), "customer": timedelta(days=14)}
SEEN_EVERY = timedelta(minutes=5)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
RECOGNISED = "auth.recognised"
"""Under this name a process may keep for a moment who was signed in; it is dropped when somebody no longer is."""
hasher = PasswordHash.recommended()
NOBODY = hasher.hash(secrets.token_urlsafe())
"""Checked when there is no such account, so that the answer takes as long."""


@dataclass(frozen=True)
class SignedIn:
    """A session that was just opened; the token is known only now."""

    actor: Actor
    token: str
    csrf_token: str
    lasts: timedelta


def sign_in(session: Session, *, email: str, password: str, client: str) -> SignedIn:
    """Open a session; raises WrongPassword, EmailNotVerified or TooManyAttempts."""
    limit_rate(session, "auth.sign_in_address", subject=client, at_most=100, per=timedelta(minutes=15))
    limit_rate(session, "auth.sign_in_email", subject=email.lower(), at_most=10, per=timedelta(minutes=15))
    organisation_id = organisation_id_of(session)
    user = session.scalar(user_by_email(organisation_id, email))
    matches, new_hash = hasher.verify_and_update(
        password, user.password_hash if user and user.password_hash else NOBODY
    )
    demo_in_production = password == DEMO_PASSWORD and platform_of(session).settings.environment == "production"
    if user is None or not matches or not user.active or demo_in_production:
        actor = Actor.guest(organisation_id)
        audit.record(session, actor, "auth.sign_in_failed", subject=user)
        raise WrongPassword
    if user.email_verified_at is None:
        raise EmailNotVerified
    if new_hash:
        user.password_hash = new_hash
    return open_session(session, user)


def open_session(session: Session, user: User) -> SignedIn:
    """Open a session for an account whose owner has proved who they are."""
    token, csrf_token, now = secrets.token_urlsafe(32), secrets.token_urlsafe(32), utc_now()
    row = SignInSession(
        id=new_id(),
        organisation_id=user.organisation_id,
        user_id=user.id,
        token_hash=hash_token(token),
        csrf_token=csrf_token,
        expires_at=now + STAYS_FOR[user.kind],
        last_seen_at=now,
    )
    user.last_signed_in_at = now
    session.add(row)
    actor = actor_of(session, user, session_id=row.id)
    audit.record(session, actor, "auth.signed_in", subject=user)
    return SignedIn(actor, token, csrf_token, STAYS_FOR[user.kind])


def sign_out(session: Session, actor: Actor) -> None:
    """End the session of this browser."""
    forget_recognised(session)
    for row in session.scalars(sessions_of(actor.organisation_id, actor.user_id or uuid.UUID(int=0))):
        if row.id == actor.session_id:
            row.ended_at = utc_now()
            audit.record(session, actor, "auth.signed_out")


def end_sessions(session: Session, user: User, *, except_id: uuid.UUID | None = None) -> None:
    """End every session of an account, as after a change of password or roles."""
    forget_recognised(session)
    for row in session.scalars(sessions_of(user.organisation_id, user.id)):
        if row.id != except_id:
            row.ended_at = utc_now()


def forget_recognised(session: Session) -> None:
    """Look up anew who is signed in, once this transaction is committed."""
    kept = platform_of(session).kept
    after_commit(session, lambda: kept.pop(RECOGNISED, None))


def permissions_of(session: Session, roles: list[str]) -> frozenset[str]:
    """What roles may do, as the modules say: those that are installed, and those that the council has connected."""
    given, permissions = set(roles), platform_of(session).modules.permissions_at(session)
    return frozenset(name for name, permission in permissions.items() if given.intersection(permission.roles))


def actor_of(session: Session, user: User, *, session_id: uuid.UUID | None = None) -> Actor:
    """The actor that an account stands for."""
    return Actor(
        organisation_id=user.organisation_id,
        kind="staff" if user.kind == "staff" else "customer",
        user_id=user.id,
        name=user.name,
        email=user.email,
        roles=frozenset(user.roles),
        permissions=permissions_of(session, user.roles),
        session_id=session_id,
    )


def authenticate_browser(session: Session, request: Request) -> Actor:
    """Who is signed in in the browser; a guest without a session.

    Raises ForgedRequest for an unsafe request from elsewhere.
    """
    organisation_id = organisation_id_of(session)
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return Actor.guest(organisation_id)
    now = utc_now()
    found = session.execute(live_session(organisation_id, hash_token(token), now)).one_or_none()
    if found is None:
        return Actor.guest(organisation_id)
    row, user = found
    if request.method not in SAFE_METHODS:
        refuse_forged(request, row.csrf_token)
    if now - row.last_seen_at > SEEN_EVERY:
        row.last_seen_at, row.expires_at = now, now + STAYS_FOR[user.kind]
    return actor_of(session, user, session_id=row.id)


def refuse_forged(request: Request, csrf_token: str) -> None:
    """A browser adds our cookie to anybody's request: ask for our origin and for what only our pages can read.

    Raises ForgedRequest.
    """
    origin = urlsplit(request.headers.get("origin", ""))
    sent = request.headers.get(CSRF_HEADER, "")
    if origin.netloc != request.headers.get("host") or not hmac.compare_digest(sent.encode(), csrf_token.encode()):
        raise ForgedRequest

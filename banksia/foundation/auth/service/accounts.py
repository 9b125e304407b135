"""Making accounts, proving addresses, setting passwords."""

import secrets
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors import (
    EmailTaken,
    LinkExpired,
    PasswordTooWeak,
    UnknownRole,
)
from banksia.foundation.auth.models import OneTimeToken, User
from banksia.foundation.auth.permissions import ROLES
from banksia.foundation.auth.queries import usable_token, user_by_email, users_of
from banksia.foundation.auth.service.sessions import hash_token, hasher
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id

SHORTEST_PASSWORD = 12
TOKENS_LAST = {"verify_email": timedelta(days=2), "set_password": timedelta(hours=2), "invitation": timedelta(days=7)}


def check_password(password: str, *, field: str = "password") -> None:
    """Refuse a short password (NIST SP 800-63B: length counts, odd characters do not); raises PasswordTooWeak."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooWeak(field, f"Use at least {SHORTEST_PASSWORD} characters. A few words in a row work well.")
    if len(set(password)) < 5:  # noqa: PLR2004  (aaaaaaaaaaaa)
        raise PasswordTooWeak(field, "Use more different characters.")


def create_user(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    kind: str,
    roles: list[str],
    password: str | None = None,
    verified: bool = False,
) -> User:
    """Make an account; raises EmailTaken or UnknownRole."""
    for role in roles:
        if role not in ROLES or (role == "customer") != (kind == "customer"):
            raise UnknownRole(role)
    organisation_id = organisation_id_of(session)
    if session.scalar(user_by_email(organisation_id, email)) is not None:
        raise EmailTaken
    user = User(
        id=new_id(),
        organisation_id=organisation_id,
        email=email.strip().lower(),
        name=name,
        kind=kind,
        roles=sorted(roles),
        password_hash=hasher.hash(password) if password else "",
        email_verified_at=utc_now() if verified else None,
    )
    session.add(user)
    audit.record(session, actor, "auth.user_created", subject=user, detail={"kind": kind, "roles": sorted(roles)})
    return user


def make_token(session: Session, user: User, purpose: str) -> str:
    """A link's token; it works once and for a limited time."""
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeToken(
            organisation_id=user.organisation_id,
            user_id=user.id,
            purpose=purpose,
            token_hash=hash_token(token),
            expires_at=utc_now() + TOKENS_LAST[purpose],
        )
    )
    return token


def use_token(session: Session, token: str, *purposes: str) -> User:
    """Use a token up; raises LinkExpired."""
    organisation_id = organisation_id_of(session)
    for purpose in purposes:
        found = session.scalar(usable_token(organisation_id, purpose, hash_token(token), utc_now()))
        if found is not None:
            found.used_at = utc_now()
            return session.scalars(users_of(organisation_id).where(User.id == found.user_id)).one()
    raise LinkExpired

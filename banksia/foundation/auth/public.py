"""What other parts use: who acts, how often, and what they are called."""

import uuid
from collections.abc import Iterable

from sqlalchemy.orm import Session

from banksia.foundation.auth import service
from banksia.foundation.auth.events import EmailVerified
from banksia.foundation.auth.models import User
from banksia.foundation.auth.queries import users_in_roles, users_of
from banksia.foundation.auth.service import SignedIn, authenticate, client_address, create_user, limit_rate
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of, platform_of

__all__ = [
    "EmailVerified",
    "SignedIn",
    "actor_for",
    "authenticate",
    "client_address",
    "create_user",
    "limit_rate",
    "names_of",
    "open_session",
    "users_with_permission",
]


def names_of(session: Session, user_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What people are called, in one query."""
    rows = session.scalars(users_of(organisation_id_of(session)).where(User.id.in_(set(user_ids))))
    return {user.id: user.name for user in rows}


def users_with_permission(session: Session, permission: str) -> list[User]:
    """The members of staff who may do something, by name; switched-off accounts left out."""
    roles = platform_of(session).modules.permissions[permission].roles
    return list(session.scalars(users_in_roles(organisation_id_of(session), roles)))


def actor_for(session: Session, user: User) -> Actor:
    """The actor that an account stands for."""
    return service.actor_of(user, platform_of(session).modules)


def open_session(session: Session, actor: Actor) -> SignedIn:
    """A browser session for an account, without a password: for tests."""
    user = session.scalars(users_of(actor.organisation_id).where(User.id == actor.user_id)).one()
    return service.open_session(session, user)

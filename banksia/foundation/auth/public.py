"""What other parts use: who acts, how often, and what they are called."""

import uuid
from collections.abc import Iterable

from sqlalchemy.orm import Session

from banksia.foundation.auth import service
from banksia.foundation.auth.events import EmailVerified
from banksia.foundation.auth.models import User
from banksia.foundation.auth.permissions import ROLES
from banksia.foundation.auth.queries import users_in_roles, users_of
from banksia.foundation.auth.queries.firms import firm_ids_of, owner_emails_of, who_left
from banksia.foundation.auth.schemas.firms import FirmCreate, FirmInvitationCreate
from banksia.foundation.auth.service import (
    RECOGNISED,
    SAFE_METHODS,
    SESSION_COOKIE,
    LeanSessions,
    SignedIn,
    accept_invitation,
    authenticate,
    client_address,
    counted_address,
    create_firm,
    create_user,
    find_membership,
    invite_to_firm,
    limit_rate,
    remove_member,
    use_firm,
)
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of, platform_of

__all__ = [
    "RECOGNISED",
    "ROLES",
    "SAFE_METHODS",
    "SESSION_COOKIE",
    "EmailVerified",
    "FirmCreate",
    "FirmInvitationCreate",
    "LeanSessions",
    "SignedIn",
    "accept_invitation",
    "active_user",
    "actor_for",
    "authenticate",
    "client_address",
    "counted_address",
    "create_firm",
    "create_user",
    "firm_ids_of",
    "has_left_firm",
    "invite_to_firm",
    "is_in_firm",
    "limit_rate",
    "names_of",
    "open_session",
    "owner_emails",
    "remove_member",
    "use_firm",
    "users_with_permission",
]


def names_of(session: Session, user_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What people are called, in one query."""
    rows = session.scalars(users_of(organisation_id_of(session)).where(User.id.in_(set(user_ids))))
    return {user.id: user.name for user in rows}


def active_user(session: Session, user_id: uuid.UUID) -> User | None:
    """The account, unless it is switched off."""
    return session.scalar(users_of(organisation_id_of(session)).where(User.id == user_id, User.active))


def is_in_firm(session: Session, actor: Actor, firm_id: uuid.UUID) -> bool:
    """Whether the person belongs to a firm at this moment."""
    return find_membership(session, actor, firm_id) is not None


def has_left_firm(session: Session, firm_id: uuid.UUID, *, user_id: uuid.UUID | None, email: str | None) -> bool:
    """Whether this account, or the one with this address, belonged to a firm and does so no more."""
    left = who_left(organisation_id_of(session), firm_id, user_id=user_id, email=email)
    return session.scalar(left.limit(1)) is not None


def owner_emails(session: Session, firm_id: uuid.UUID) -> list[str]:
    """The addresses of the owners of a firm who can sign in."""
    return list(session.scalars(owner_emails_of(organisation_id_of(session), firm_id)))


def users_with_permission(session: Session, permission: str) -> list[User]:
    """The members of staff who may do something, by name; switched-off accounts left out."""
    roles = platform_of(session).modules.permissions_at(session)[permission].roles
    return list(session.scalars(users_in_roles(organisation_id_of(session), roles)))


def actor_for(session: Session, user: User) -> Actor:
    """The actor that an account stands for."""
    return service.actor_of(session, user)


def open_session(session: Session, actor: Actor) -> SignedIn:
    """A browser session for an account, without a password: for tests."""
    user = session.scalars(users_of(actor.organisation_id).where(User.id == actor.user_id)).one()
    return service.open_session(session, user)

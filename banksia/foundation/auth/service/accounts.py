"""Making accounts, and what a password has to be."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors import EmailTaken, PasswordTooWeak, UnknownRole
from banksia.foundation.auth.models import User
from banksia.foundation.auth.permissions import ROLES
from banksia.foundation.auth.queries import user_by_email
from banksia.foundation.auth.service.sessions import hasher
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.kit.settings import DEMO_PASSWORD

SHORTEST_PASSWORD = 12


def check_password(password: str, *, field: str = "password") -> None:
    """Refuse a short password (NIST SP 800-63B: length counts, odd characters do not); raises PasswordTooWeak."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooWeak(field, f"Use at least {SHORTEST_PASSWORD} characters. A few words in a row work well.")
    if len(set(password)) < 5:
        raise PasswordTooWeak(field, "Use more different characters.")
    if password.lower() == DEMO_PASSWORD:
        raise PasswordTooWeak(field, "Everybody knows this password. Choose another one.")


def check_roles(roles: list[str], *, kind: str) -> None:
    """Refuse a role that does not exist or that this kind of account cannot have; raises UnknownRole."""
    for role in roles:
        if role not in ROLES or (role == "customer") != (kind == "customer"):
            raise UnknownRole(role)


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
    check_roles(roles, kind=kind)
    organisation_id = organisation_id_of(session)
    if session.scalar(user_by_email(organisation_id, email)) is not None:
        raise EmailTaken
    made = insert(User).values(
        id=new_id(),
        organisation_id=organisation_id,
        email=email.strip().lower(),
        name=name,
        kind=kind,
        roles=sorted(set(roles)),
        password_hash=hasher.hash(password) if password else "",
        email_verified_at=utc_now() if verified else None,
        active=True,
    )
    # Two who ask for one address at the same moment both find it free: the second waits here for the first.
    once = made.on_conflict_do_nothing(index_elements=["organisation_id", "email"]).returning(User)
    user = session.scalar(once)
    if user is None:
        raise EmailTaken
    audit.record(session, actor, "auth.user_created", subject=user, detail={"kind": kind, "roles": user.roles})
    return user


def rename_account(session: Session, actor: Actor, *, user: User, name: str) -> User:
    """Change what somebody is called."""
    if user.name != name:
        audit.record(session, actor, "auth.user_renamed", subject=user)
        user.name = name
    return user

"""What an administrator does with accounts."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors import AccountInactive, CustomersHaveOneRole, LastAdministrator, UserNotFound
from banksia.foundation.auth.models import User
from banksia.foundation.auth.permissions import ROLES
from banksia.foundation.auth.queries import active_administrators, users_of
from banksia.foundation.auth.schemas import PermissionRead, RoleRead
from banksia.foundation.auth.service.accounts import check_roles, create_user
from banksia.foundation.auth.service.api_tokens import revoke_api_tokens
from banksia.foundation.auth.service.firm_members import hand_on_firms
from banksia.foundation.auth.service.links import make_password_link, send_password_link, void_tokens
from banksia.foundation.auth.service.sessions import end_sessions, forget_recognised
from banksia.kit.actor import Actor
from banksia.kit.database import platform_of

ADMINISTRATOR = "administrator"


def get_user(session: Session, actor: Actor, *, user_id: uuid.UUID) -> User:
    """One account of the council; raises UserNotFound."""
    user = session.scalar(users_of(actor.organisation_id).where(User.id == user_id))
    if user is None:
        raise UserNotFound
    return user


def invite_user(session: Session, actor: Actor, *, email: str, name: str, roles: list[str]) -> User:
    """Make an account for a member of staff and mail the link that sets a password; raises EmailTaken, UnknownRole."""
    user = _create_staff(session, actor, email=email, name=name, roles=roles)
    send_password_link(session, user)
    return user


def invite_by_hand(session: Session, actor: Actor, *, email: str, name: str, roles: list[str]) -> str:
    """Make an account of staff and answer the link that sets its password, where no mail server could carry it.

    Raises EmailTaken, UnknownRole.
    """
    user = _create_staff(session, actor, email=email, name=name, roles=roles)
    audit.record(session, actor, "auth.password_link_shown", subject=user)
    return make_password_link(session, user)


def _create_staff(session: Session, actor: Actor, *, email: str, name: str, roles: list[str]) -> User:
    user = create_user(session, actor, email=email, name=name, kind="staff", roles=roles)
    session.flush()
    return user


def update_user(
    session: Session,
    actor: Actor,
    *,
    user_id: uuid.UUID,
    name: str | None = None,
    roles: list[str] | None = None,
    active: bool | None = None,
) -> User:
    """Change an account; what is None stays. Roles count from the next request; switching off signs out.

    Raises UserNotFound, UnknownRole, CustomersHaveOneRole, and LastAdministrator when nobody could give roles after it.
    """
    administrators = list(session.scalars(active_administrators(actor.organisation_id)))  # locked first
    user = get_user(session, actor, user_id=user_id)
    if roles is not None:
        _check_new_roles(user, roles)
    stays = (active is None or active) and (roles is None or ADMINISTRATOR in roles)
    if [each.id for each in administrators] == [user.id] and not stays:
        raise LastAdministrator
    given = {"name": name, "roles": sorted(set(roles)) if roles is not None else None, "active": active}
    changed = {field: value for field, value in given.items() if value is not None and getattr(user, field) != value}
    before = {field: getattr(user, field) for field in changed if field != "name"}
    for field, value in changed.items():
        setattr(user, field, value)
    if changed.get("active") is False:
        hand_on_firms(session, actor, user=user)
        end_sessions(session, user)
        revoke_api_tokens(session, user)
        void_tokens(session, user)
    if changed:
        forget_recognised(session)
        after = {field: changed[field] for field in before}
        audit.record(session, actor, "auth.user_changed", subject=user, detail={"before": before, "after": after})
    return user


def _check_new_roles(user: User, roles: list[str]) -> None:
    if user.kind == "customer" and set(roles) != {"customer"}:
        raise CustomersHaveOneRole
    check_roles(roles, kind=user.kind)


def send_link(session: Session, actor: Actor, *, user_id: uuid.UUID) -> User:
    """Mail an account a link to set a new password; raises UserNotFound or AccountInactive."""
    user = get_user(session, actor, user_id=user_id)
    if not user.active:
        raise AccountInactive
    audit.record(session, actor, "auth.password_link_sent", subject=user)
    send_password_link(session, user)
    return user


def roles_of_council(session: Session) -> list[RoleRead]:
    """Every role with what it may do, as the installed modules say."""
    permissions = platform_of(session).modules.permissions_at(session).values()
    return [
        RoleRead(
            name=role,
            title=title,
            permissions=[PermissionRead.model_validate(each) for each in permissions if role in each.roles],
        )
        for role, title in ROLES.items()
    ]

"""The accounts of a council, for its administrator."""

import uuid
from typing import Annotated, Literal

from fastapi import Query

from banksia.foundation.auth import permissions, queries, service
from banksia.foundation.auth.errors import (
    AccountInactive,
    CustomersHaveOneRole,
    EmailTaken,
    LastAdministrator,
    OnlyCustomersForgotten,
    UnknownRole,
    UserNotFound,
)
from banksia.foundation.auth.models import User
from banksia.foundation.auth.schemas import AccountChange, AccountRead, Invitation, RoleRead
from banksia.kit.paging import Key, page_of
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Line, Page

staff = Router()


@staff.get("/users", permission=permissions.USERS_MANAGE)
def list_users(
    session: SessionDep,
    actor: ActorDep,
    kind: Literal["staff", "customer"] = "staff",
    q: Annotated[
        Line, Query(description="Staff: a part of the name or address. Customers: how the address begins.")
    ] = "",
    role: Annotated[Line | None, Query(description="Only who has this role")] = None,
    active: bool | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[AccountRead]:
    """Accounts by name."""
    found = queries.listed_users(actor.organisation_id, kind=kind, q=q, role=role, active=active)
    keys = [Key(User.name, "name"), Key(User.id, "id")]
    rows, following = page_of(session, found, keys=keys, limit=limit, cursor=cursor)
    return Page(results=[AccountRead.model_validate(row) for row in rows], next_cursor=following)


@staff.post("/users", permission=permissions.USERS_MANAGE, raises=[EmailTaken, UnknownRole], status_code=201)
def invite_user(session: SessionDep, actor: ActorDep, invitation: Invitation) -> AccountRead:
    """Make an account for a member of staff; a mail with a link lets them set a password."""
    user = service.invite_user(session, actor, email=invitation.email, name=invitation.name, roles=invitation.roles)
    return AccountRead.model_validate(user)


@staff.get("/users/{user_id}", permission=permissions.USERS_MANAGE, raises=[UserNotFound])
def get_user(session: SessionDep, actor: ActorDep, user_id: uuid.UUID) -> AccountRead:
    """One account."""
    return AccountRead.model_validate(service.get_user(session, actor, user_id=user_id))


@staff.patch(
    "/users/{user_id}",
    permission=permissions.USERS_MANAGE,
    raises=[UserNotFound, UnknownRole, CustomersHaveOneRole, LastAdministrator],
)
def update_user(session: SessionDep, actor: ActorDep, user_id: uuid.UUID, changes: AccountChange) -> AccountRead:
    """Change a name or roles, or switch an account on or off, which signs it out."""
    user = service.update_user(
        session, actor, user_id=user_id, name=changes.name, roles=changes.roles, active=changes.active
    )
    return AccountRead.model_validate(user)


@staff.post(
    "/users/{user_id}/send-password-link",
    permission=permissions.USERS_MANAGE,
    raises=[UserNotFound, AccountInactive],
    status_code=202,
)
def send_password_link(session: SessionDep, actor: ActorDep, user_id: uuid.UUID) -> AccountRead:
    """Mail somebody a link to set a new password."""
    return AccountRead.model_validate(service.send_link(session, actor, user_id=user_id))


@staff.post(
    "/users/{user_id}/forget",
    permission=permissions.USERS_MANAGE,
    raises=[UserNotFound, OnlyCustomersForgotten],
)
def forget_account(session: SessionDep, actor: ActorDep, user_id: uuid.UUID) -> AccountRead:
    """Take a customer's name, address and password out of their account for good; orders stay as they are."""
    return AccountRead.model_validate(service.forget_account(session, actor, user_id=user_id))


@staff.get("/roles", permission=permissions.USERS_MANAGE)
def list_roles(session: SessionDep) -> list[RoleRead]:
    """Every role, and what it may do."""
    return service.roles_of_council(session)

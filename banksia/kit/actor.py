"""Who acts, in which organisation, with which permissions."""

import uuid
from dataclasses import dataclass, field
from typing import Literal

from banksia.kit.errors import Forbidden, Unauthenticated

ActorKind = Literal["guest", "customer", "staff", "token", "system"]
GUEST_NAME, SYSTEM_NAME = "Guest", "Banksia"


@dataclass(frozen=True)
class Permission:
    """Something a role may do; `roles` are those that have it until an administrator decides otherwise."""

    name: str
    title: str
    roles: tuple[str, ...] = ()


class PermissionMissing(Forbidden):
    """The person is signed in, without the permission that this needs."""

    def __init__(self, permission: Permission) -> None:
        """Name what is missing, and who can give it."""
        super().__init__(
            f"This needs the permission “{permission.title}”. Ask your administrator for a role that has it.",
            permission=permission.name,
        )


@dataclass(frozen=True)
class Actor:
    """One principal: a guest, a customer, a member of staff, an API token or the system itself."""

    organisation_id: uuid.UUID
    kind: ActorKind
    user_id: uuid.UUID | None = None
    name: str = GUEST_NAME
    email: str = ""
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = field(default=frozenset())
    session_id: uuid.UUID | None = None

    @classmethod
    def guest(cls, organisation_id: uuid.UUID) -> "Actor":
        """Somebody who is not signed in."""
        return cls(organisation_id, "guest")

    @classmethod
    def system(cls, organisation_id: uuid.UUID) -> "Actor":
        """The platform itself, in tasks and commands."""
        return cls(organisation_id, "system", name=SYSTEM_NAME)

    def may(self, permission: Permission) -> bool:
        """Whether the actor has the permission; the system has all."""
        return self.kind == "system" or permission.name in self.permissions

    def require(self, permission: Permission) -> None:
        """Refuse an actor without the permission."""
        if self.may(permission):
            return
        if self.kind == "guest":
            raise Unauthenticated
        raise PermissionMissing(permission)

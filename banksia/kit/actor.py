"""Who acts, in which organisation, with which permissions."""

import uuid
from dataclasses import dataclass, field
from typing import Literal

from banksia.kit.errors import Forbidden, Unauthenticated

ActorKind = Literal["guest", "customer", "staff", "token", "module", "system"]
GUEST_NAME, SYSTEM_NAME = "Guest", "Banksia"


@dataclass(frozen=True)
class Permission:
    """Something a role may do; `roles` are those that have it until an administrator decides otherwise."""

    name: str
    title: str
    roles: tuple[str, ...] = ()
    for_tokens: bool = False
    """Whether a customer may give it to an API token, as one of its scopes."""


class PermissionMissing(Forbidden):
    """The person is signed in, without the permission that this needs."""

    def __init__(self, permission: Permission) -> None:
        """Name what is missing, and who can give it."""
        super().__init__(
            f"This needs the permission “{permission.title}”. Ask your administrator for a role that has it.",
            permission=permission.name,
        )


class TokenNotAllowed(Forbidden):
    """An API token was sent where only a person may go: sign-in, accounts, tokens, the work of staff."""

    title = "An API token cannot do this"

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("An API token cannot do this. Sign in with a browser instead.")


class ScopeMissing(Forbidden):
    """The API token was made without the scope that this needs."""

    title = "The API token lacks a scope"

    def __init__(self, scope: Permission) -> None:
        """Name the scope, and where to get a token that has it."""
        super().__init__(
            f"This API token lacks the scope “{scope.title}”. Make a token that has it in your account.",
            scope=scope.name,
        )


class ModuleNotAllowed(Forbidden):
    """A remote module called a route that is there for people alone."""

    title = "A module cannot do this"

    def __init__(self) -> None:
        """Say where the open routes stand."""
        super().__init__("A module cannot do this. What modules may call stands in the guide for writing modules.")


class CapabilityMissing(Forbidden):
    """The remote module did not ask for this in the manifest that the council approved."""

    title = "The module has not asked for this"

    def __init__(self, capability: str) -> None:
        """Name what is missing, and how a module gets it."""
        super().__init__(
            f"The approved manifest does not ask for “{capability}”. Add it to the manifest's capabilities and have "
            "the council approve the change.",
            capability=capability,
        )


class ModulesOnly(Forbidden):
    """A person called a route that is there for remote modules alone."""

    title = "Only connected modules can do this"

    def __init__(self) -> None:
        """Say who may."""
        super().__init__("Only a connected module can do this, with a token of its own.")


@dataclass(frozen=True)
class Actor:
    """One principal: a guest, a customer, a member of staff, an API token, a remote module or the system itself."""

    organisation_id: uuid.UUID
    kind: ActorKind
    user_id: uuid.UUID | None = None
    name: str = GUEST_NAME
    email: str = ""
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = field(default=frozenset())
    session_id: uuid.UUID | None = None
    token_id: uuid.UUID | None = None
    """The API token that acts, for the customer that `user_id` names."""
    module: str = ""
    """The remote module that acts, for the person that `user_id` names or else for itself."""
    connection_id: uuid.UUID | None = None
    capabilities: frozenset[str] = field(default=frozenset())
    """What the council has approved that the module may call."""

    @property
    def is_customer(self) -> bool:
        """Whether this is a customer, or an API token that acts for one."""
        return self.kind in ("customer", "token")

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

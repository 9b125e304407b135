"""Which routes let in a customer's API token, and which a remote module; every other route lets in people alone."""

from collections.abc import Callable, Iterable
from typing import Any, Literal

from banksia.kit.actor import (
    Actor,
    CapabilityMissing,
    ModuleNotAllowed,
    Permission,
    ScopeMissing,
    TokenNotAllowed,
)

Endpoint = Callable[..., Any]
Scope = Permission | Literal["any"]
_SCOPES: dict[Endpoint, Scope] = {}
"""What an API token needs for each route function that lets tokens in."""
_CAPABILITIES: dict[Endpoint, str] = {}
"""What a remote module needs for each route function that lets modules in; `any` lets in each that is enabled."""
_PERMISSIONS: dict[str, set[str]] = {}
"""What the routes of a capability ask of the person for whom a module calls them."""


def let_in(function: Endpoint, permission: Permission | None, scope: Scope | None, capability: str | None) -> None:
    """Note what a route function asks of those who are no people."""
    if scope is not None:
        _SCOPES[function] = scope
    if capability is not None:
        _CAPABILITIES[function] = capability
        _PERMISSIONS.setdefault(capability, set()).update([permission.name] if permission else [])


def refuse_unless_let_in(actor: Actor, endpoint: Endpoint) -> None:
    """Refuse an API token without the scope, and a module without the capability, that a route asks for."""
    if actor.kind == "token":
        _refuse_token(actor, _SCOPES.get(endpoint))
    if actor.kind == "module":
        _refuse_module(actor, _CAPABILITIES.get(endpoint))


def _refuse_token(actor: Actor, scope: Scope | None) -> None:
    if scope is None:
        raise TokenNotAllowed
    if scope != "any" and not actor.may(scope):
        raise ScopeMissing(scope)


def _refuse_module(actor: Actor, capability: str | None) -> None:
    if capability is None:
        raise ModuleNotAllowed
    if capability not in ("any", *actor.capabilities):
        raise CapabilityMissing(capability)


def capabilities() -> frozenset[str]:
    """Everything that a route lets remote modules do, by the names that manifests ask for."""
    return frozenset(_CAPABILITIES.values()) - {"any"}


def permissions_of_capabilities(names: Iterable[str]) -> frozenset[str]:
    """The permissions that the routes of these capabilities ask for; a module is lent no others by a person."""
    return frozenset(permission for name in names for permission in _PERMISSIONS.get(name, ()))


def described_access(
    permission: Permission | None, scope: Scope | None, capability: str | None
) -> dict[str, str | None]:
    """What the description of the API says of who may call a route."""
    extra = {"x-permission": permission.name if permission else None}
    if scope is not None:
        extra["x-scope"] = scope if scope == "any" else scope.name
    if capability is not None:
        extra["x-capability"] = capability
    return extra

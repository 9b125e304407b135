"""Who may call a declared route: its audience first, then its permission."""

from banksia.foundation.connections.errors.gateway import RemotePermissionMissing, WrongAudience
from banksia.foundation.connections.service.knowing import Known
from banksia.foundation.connections.service.remote_modules import RemoteModule
from banksia.kit.actor import Actor, ModuleNotAllowed, TokenNotAllowed
from banksia.kit.errors import Unauthenticated
from banksia.kit.manifest import ManifestRoute

ADMINISTRATOR = "administrator"


def check_access(known: Known, module: RemoteModule, route: ManifestRoute, actor: Actor) -> None:
    """Let the actor through; raises Unauthenticated, WrongAudience, RemotePermissionMissing and what tells software."""
    if actor.kind == "token":
        raise TokenNotAllowed  # a manifest has no scopes, so nobody has allowed a token to do any of it
    if actor.kind == "module":
        _check_module(known, module, route, actor)
    elif route.audience != "public":
        _check_person(route, actor)
    if route.permission is not None and not _has(module, route.permission, actor):
        title = module.declared.titles.get(route.permission, route.permission)
        raise RemotePermissionMissing(route.permission, title)


def _check_person(route: ManifestRoute, actor: Actor) -> None:
    if route.audience == "service":
        raise WrongAudience(route.audience)
    if actor.kind == "guest":
        raise Unauthenticated
    if route.audience == "customer":
        allowed = actor.kind == "customer"
    elif route.audience == "admin":
        allowed = actor.kind == "staff" and ADMINISTRATOR in actor.roles
    else:
        allowed = actor.kind == "staff"
    if not allowed:
        raise WrongAudience(route.audience)


def _check_module(known: Known, module: RemoteModule, route: ManifestRoute, actor: Actor) -> None:
    """A module calls what others offer to modules, when the manifest that was approved says that it builds on them."""
    caller = known.modules.get(actor.module)
    if caller is None or not caller.enabled or caller.connection_id != actor.connection_id:
        raise ModuleNotAllowed
    builds_on_it = module.name == caller.name or module.name in caller.declared.required
    if not builds_on_it or route.audience not in ("service", "public"):
        raise ModuleNotAllowed


def _has(module: RemoteModule, permission: str, actor: Actor) -> bool:
    return permission in actor.permissions or permission in module.declared.grants(actor)

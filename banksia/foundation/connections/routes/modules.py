"""What an administrator does with modules that run elsewhere."""

from typing import Any

from banksia.foundation.connections import permissions
from banksia.foundation.connections.errors import (
    AddressNotAllowed,
    ConnectionNotFound,
    ConnectionSecretsNotKept,
    ConnectionSettingsInvalid,
    ManifestChanged,
    ManifestNotReached,
    ManifestRefused,
    NameTaken,
    NotApproved,
    RequirementsMissing,
    StillRequired,
)
from banksia.foundation.connections.schemas import (
    ConnectedModuleDetail,
    ConnectedModuleRead,
    ConnectedModuleSettings,
    ModuleApprove,
    ModuleApproved,
    ModuleRegister,
)
from banksia.foundation.connections.service import checking, describing, own_settings, registering
from banksia.foundation.connections.service.registering import Approval
from banksia.kit.database import Transactions
from banksia.kit.errors import TooManyRequests
from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep

modules = Router("/modules")
MANAGE = permissions.MODULES_MANAGE


@modules.get("", permission=MANAGE)
def list_modules(session: SessionDep, actor: ActorDep) -> list[ConnectedModuleRead]:
    """Every connected module and how it is."""
    return describing.list_connections(session, actor)


@modules.post(
    "",
    permission=MANAGE,
    transactions=True,
    raises=[AddressNotAllowed, ManifestNotReached, ManifestRefused, NameTaken, TooManyRequests],
    status_code=201,
)
def register_module(transactions: TransactionsDep, wanted: ModuleRegister) -> ConnectedModuleDetail:
    """Read the manifest of the module at an address; nothing is let in before it is approved."""
    connection = registering.register_connection(transactions, base_url=wanted.base_url)
    return _read(transactions, connection.name)


@modules.get("/{name}", permission=MANAGE, raises=[ConnectionNotFound])
def read_module(session: SessionDep, actor: ActorDep, name: str) -> ConnectedModuleDetail:
    """One connected module: what it was approved for, and what it asks for."""
    return describing.read_connection(session, actor, name)


@modules.post(
    "/{name}/approve",
    permission=MANAGE,
    raises=[ConnectionNotFound, ManifestChanged, RequirementsMissing, ConnectionSecretsNotKept],
)
def approve_module(session: SessionDep, actor: ActorDep, name: str, wanted: ModuleApprove) -> ModuleApproved:
    """Approve what was looked at; the first time the answer holds the module's secrets, and never again."""
    approval = registering.approve_connection(
        session, actor, name=name, manifest_sha256=wanted.manifest_sha256, page_mode=wanted.page_mode
    )
    return _approved(describing.describe_connection(session, approval.connection), approval)


@modules.post("/{name}/enable", permission=MANAGE, raises=[ConnectionNotFound, NotApproved, RequirementsMissing])
def enable_module(session: SessionDep, actor: ActorDep, name: str) -> ConnectedModuleDetail:
    """Use an approved module."""
    connection = registering.enable_connection(session, actor, name=name)
    return describing.describe_connection(session, connection)


@modules.post("/{name}/disable", permission=MANAGE, raises=[ConnectionNotFound, NotApproved, StillRequired])
def disable_module(session: SessionDep, actor: ActorDep, name: str) -> ConnectedModuleDetail:
    """Use a module no longer; it keeps its data."""
    connection = registering.disable_connection(session, actor, name=name)
    return describing.describe_connection(session, connection)


@modules.post("/{name}/remove", permission=MANAGE, raises=[ConnectionNotFound, StillRequired], status_code=204)
def remove_module(session: SessionDep, actor: ActorDep, name: str) -> None:
    """Part with a module; its secrets end."""
    registering.remove_connection(session, actor, name=name)


@modules.post("/{name}/check", permission=MANAGE, transactions=True, raises=[ConnectionNotFound, TooManyRequests])
def check_module(transactions: TransactionsDep, name: str) -> ConnectedModuleDetail:
    """Look at the module now: what asks for no more holds at once, what asks for more waits for approval."""
    checking.check_connection(transactions, name=name)
    return _read(transactions, name)


@modules.get("/{name}/settings", permission=MANAGE, raises=[ConnectionNotFound, NotApproved])
def read_settings(session: SessionDep, actor: ActorDep, name: str) -> ConnectedModuleSettings:
    """A module's settings at this council."""
    values, schema = own_settings.settings_of(registering.find_connection(session, actor, name))
    return ConnectedModuleSettings(name=name, values=values, json_schema=schema)


@modules.put("/{name}/settings", permission=MANAGE, raises=[ConnectionNotFound, NotApproved, ConnectionSettingsInvalid])
def change_settings(session: SessionDep, actor: ActorDep, name: str, values: dict[str, Any]) -> ConnectedModuleSettings:
    """Change a module's settings at this council."""
    kept, schema = own_settings.settings_of(own_settings.change_settings(session, actor, name=name, values=values))
    return ConnectedModuleSettings(name=name, values=kept, json_schema=schema)


@modules.post("/{name}/secrets", permission=MANAGE, raises=[ConnectionNotFound, NotApproved, ConnectionSecretsNotKept])
def rotate_secrets(session: SessionDep, actor: ActorDep, name: str) -> ModuleApproved:
    """Give a module new secrets, shown this once; the one that signs events goes on beside it for 24 hours."""
    approval = registering.rotate_secrets(session, actor, name=name)
    return _approved(describing.describe_connection(session, approval.connection), approval)


def _read(transactions: Transactions, name: str) -> ConnectedModuleDetail:
    with transactions() as session:
        return describing.read_connection(session, transactions.actor, name)


def _approved(detail: ConnectedModuleDetail, approval: Approval) -> ModuleApproved:
    secrets = approval.secrets
    return ModuleApproved.of(
        detail,
        client_secret=secrets.client_secret if secrets else None,
        webhook_secret=secrets.webhook_secret if secrets else None,
    )

"""Registering a module by its address, approving what it asks for, and parting with it."""

import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import ROLES, limit_rate
from banksia.foundation.connections.errors import (
    ConnectionNotFound,
    ManifestChanged,
    ManifestRefused,
    NameTaken,
    NotApproved,
)
from banksia.foundation.connections.models import Connection, PageMode
from banksia.foundation.connections.queries import connection_named
from banksia.foundation.connections.service.fetching import FoundModule, check_address, find_module
from banksia.foundation.connections.service.requiring import refuse_missing, refuse_needed
from banksia.foundation.connections.service.sealed_secrets import Secrets, forget_secrets, give_secrets
from banksia.foundation.connections.service.states import CONNECTED_MODULE_TRANSITIONS
from banksia.foundation.connections.service.stored import approved_manifest, offered_manifest, title_of
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, platform_of
from banksia.kit.keeping import forget_councils
from banksia.kit.manifest import MODULE_NAME, Manifest, digest_of, dump
from banksia.kit.models import new_id
from banksia.kit.module import Modules

MOST_FETCHES_AN_HOUR = 300


@dataclass(frozen=True)
class Approval:
    """An approved connection; its secrets the first time, and never again."""

    connection: Connection
    secrets: Secrets | None


def find_connection(session: Session, actor: Actor, name: str, *, lock: bool = False) -> Connection:
    """The connected module of that name; raises ConnectionNotFound."""
    statement = connection_named(actor.organisation_id, name)
    known = re.fullmatch(MODULE_NAME, name)  # what no module can be called is not asked of the database
    connection = session.scalar(statement.with_for_update() if lock else statement) if known else None
    if connection is None:
        raise ConnectionNotFound(name)
    return connection


def limit_fetches(session: Session, actor: Actor) -> None:
    """Reading from others' servers is limited: nobody shall use this one to try the doors of many."""
    subject = str(actor.user_id or actor.kind)
    limit_rate(session, "connections.fetch", subject=subject, at_most=MOST_FETCHES_AN_HOUR, per=timedelta(hours=1))


def register_connection(transactions: Transactions, *, base_url: str) -> Connection:
    """Read the manifest of the module at an address and keep it for approval.

    Raises AddressNotAllowed, ManifestNotReached, ManifestRefused and NameTaken.
    """
    settings = transactions.platform.settings
    check_address(settings, base_url.strip())
    with transactions() as session:
        limit_fetches(session, transactions.actor)
    found = find_module(settings, base_url)
    with transactions() as session:
        return keep_module(session, transactions.actor, found)


def keep_module(session: Session, actor: Actor, found: FoundModule) -> Connection:
    """Keep a module that was found, for approval; raises ManifestRefused and NameTaken."""
    manifest = found.manifest
    check_manifest_here(platform_of(session).modules, manifest)
    if session.scalar(connection_named(actor.organisation_id, manifest.id).with_for_update()) is not None:
        raise NameTaken(manifest.id, installed=False)
    connection = Connection(
        id=new_id(),
        created_at=utc_now(),
        organisation_id=actor.organisation_id,
        name=manifest.id,
        base_url=found.base_url,
        offered=dump(manifest),
        offered_sha256=digest_of(manifest),
        page_mode="frame",
        settings={},
        registered_by=actor.user_id,
        checked_at=utc_now(),
    )
    try:
        with session.begin_nested():
            session.add(connection)
    except IntegrityError as error:  # somebody else connects it at the same moment
        raise NameTaken(manifest.id, installed=False) from error
    detail = {"name": manifest.id, "base_url": found.base_url, "manifest_sha256": connection.offered_sha256}
    audit.record(session, actor, "connections.module_registered", subject=connection, detail=detail)
    return connection


def check_manifest_here(modules: Modules, manifest: Manifest) -> None:
    """Hold a manifest against this installation; raises NameTaken and ManifestRefused."""
    if manifest.id in modules:
        raise NameTaken(manifest.id, installed=True)
    problems = [
        f"permissions: {permission.name} is for the role “{role}”. The roles here are {', '.join(ROLES)}."
        for permission in manifest.permissions
        for role in permission.roles
        if role not in ROLES
    ]
    if manifest.kind == "foundation":
        problems.append("kind: a module that runs elsewhere is a truth or a workflow.")
    for name in manifest.events.hears:
        module = modules.get(name.split(".", 1)[0])
        if module is not None and name not in modules.events:
            problems.append(f"events.hears: {module.title} has no event “{name}”. Take it out or correct its name.")
    if problems:
        raise ManifestRefused(problems)


def approve_connection(
    session: Session, actor: Actor, *, name: str, manifest_sha256: str, page_mode: PageMode
) -> Approval:
    """Approve the manifest that was looked at, known by its SHA-256, and say how its pages are shown.

    Raises ConnectionNotFound, ManifestChanged, RequirementsMissing and ConnectionSecretsNotKept.
    """
    connection = find_connection(session, actor, name, lock=True)
    expected = connection.offered_sha256 or connection.manifest_sha256
    if manifest_sha256 != expected:
        raise ManifestChanged
    manifest = offered_manifest(connection) if connection.offered else approved_manifest(connection)
    if manifest is None or digest_of(manifest) != expected:
        raise ManifestChanged  # written by another version of this program: it has to be read anew
    if connection.is_enabled:
        refuse_missing(session, manifest)
    take_manifest(connection, manifest)
    connection.page_mode, connection.approved_by, connection.approved_at = page_mode, actor.user_id, utc_now()
    first = _change_state(session, actor, connection, "approve")
    secrets = give_secrets(session, connection) if first else None
    detail = {"name": name, "manifest_sha256": manifest_sha256, "page_mode": page_mode}
    audit.record(session, actor, "connections.module_approved", subject=connection, detail=detail)
    forget_councils(session)
    return Approval(connection, secrets)


def take_manifest(connection: Connection, manifest: Manifest) -> None:
    """Let a manifest hold from now on."""
    connection.manifest, connection.manifest_sha256 = dump(manifest), digest_of(manifest)
    connection.offered = connection.offered_sha256 = None


def enable_connection(session: Session, actor: Actor, *, name: str) -> Connection:
    """Use an approved module; raises ConnectionNotFound, NotApproved and RequirementsMissing."""
    connection = find_connection(session, actor, name, lock=True)
    manifest = approved_manifest(connection)
    if connection.state == "registered" or manifest is None:
        raise NotApproved
    if connection.state != "enabled":
        refuse_missing(session, manifest)
    _change_state(session, actor, connection, "enable")
    return connection


def disable_connection(session: Session, actor: Actor, *, name: str) -> Connection:
    """Use a module no longer; what it keeps stays with it. Raises ConnectionNotFound, NotApproved, StillRequired."""
    connection = find_connection(session, actor, name, lock=True)
    if connection.state == "registered":
        raise NotApproved
    if connection.state == "enabled":
        refuse_needed(session, name, title_of(connection))
    _change_state(session, actor, connection, "disable")
    return connection


def remove_connection(session: Session, actor: Actor, *, name: str) -> None:
    """Part with a module: its secrets end, what was sent stays on record. Raises ConnectionNotFound, StillRequired."""
    connection = find_connection(session, actor, name, lock=True)
    if connection.state == "enabled":
        refuse_needed(session, name, title_of(connection))
    forget_secrets(connection)
    connection.removed_at = utc_now()
    _change_state(session, actor, connection, "remove")


def rotate_secrets(session: Session, actor: Actor, *, name: str) -> Approval:
    """Give an approved module new secrets; raises ConnectionNotFound, NotApproved and ConnectionSecretsNotKept."""
    connection = find_connection(session, actor, name, lock=True)
    if connection.state == "registered":
        raise NotApproved
    secrets = give_secrets(session, connection)
    audit.record(session, actor, "connections.secrets_rotated", subject=connection, detail={"name": name})
    forget_councils(session)
    return Approval(connection, secrets)


def _change_state(session: Session, actor: Actor, connection: Connection, action: str) -> bool:
    """Take the way of an action from the present state, if there is one."""
    before, after = connection.state, CONNECTED_MODULE_TRANSITIONS[action].get(connection.state)
    if after is None:
        return False
    connection.state = after
    detail = {"name": connection.name, "before": before}
    audit.record(session, actor, f"connections.module_{after}", subject=connection, detail=detail)
    forget_councils(session)
    return True

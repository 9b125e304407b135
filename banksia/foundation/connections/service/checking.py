"""Looking after modules: how each is, and whether it asks for something else than it was approved for."""

import uuid
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.connections.errors import (
    AddressNotAllowed,
    ManifestNotReached,
    ManifestRefused,
    NameTaken,
)
from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.queries import approved_connections_of, connection_with_id
from banksia.foundation.connections.service.fetching import fetch_manifest, hash_of_page, illness_of
from banksia.foundation.connections.service.registering import (
    check_manifest_here,
    find_connection,
    limit_fetches,
    take_manifest,
)
from banksia.foundation.connections.service.requiring import Surroundings
from banksia.foundation.connections.service.stored import UNREADABLE, approved_manifest
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of
from banksia.kit.errors import Problem
from banksia.kit.keeping import forget_councils
from banksia.kit.manifest import PATH, Manifest, asks_for_more, digest_of, dump
from banksia.kit.platform import Platform

log = structlog.get_logger()


@dataclass(frozen=True)
class _Seen:
    """What was found at the module's address."""

    manifest: Manifest | None
    illness: str
    page_hash: str | None


def check_connection(transactions: Transactions, *, name: str) -> Connection:
    """Look at a module now: its manifest, its health and its pages; raises ConnectionNotFound.

    A manifest that asks for no more holds at once; one that asks for more waits until somebody approves it.
    """
    with transactions() as session:
        limit_fetches(session, transactions.actor)
        connection = find_connection(session, transactions.actor, name)
    return _check(transactions, connection)


def check_connections(transactions: Transactions) -> None:
    """Look at every approved module of the council, one after another."""
    with transactions() as session:
        connections = list(session.scalars(approved_connections_of(organisation_id_of(session))))
    for connection in connections:
        try:
            _check(transactions, connection)
        except Exception:  # the next module is looked at all the same
            log.exception("connections.check_failed", name=connection.name)


def _check(transactions: Transactions, connection: Connection) -> Connection:
    seen = _look(transactions.platform, connection)
    with transactions() as session:
        return _note(session, transactions.actor, connection.id, seen)


def _look(platform: Platform, connection: Connection) -> _Seen:
    """Read what the module says; nothing is held meanwhile."""
    url, settings = f"{connection.base_url}/{connection.name}", platform.settings
    try:
        manifest = fetch_manifest(settings, url + PATH)
        check_manifest_here(platform.modules, manifest)
    except (AddressNotAllowed, ManifestNotReached, ManifestRefused, NameTaken) as problem:
        return _Seen(None, _words(problem), None)
    if manifest.id != connection.name:
        return _Seen(
            None, f"The module calls itself “{manifest.id}” now, and was connected as “{connection.name}”.", None
        )
    return _Seen(manifest, illness_of(settings, url, manifest, None), hash_of_page(settings, url, manifest))


def _words(problem: Problem) -> str:
    if isinstance(problem, ManifestNotReached):
        return f"What the module says of itself cannot be read. {problem.reason}"
    errors = problem.extra.get("errors") or [{"message": problem.detail}]
    return " ".join(each["message"] for each in errors)[:1000]


def _note(session: Session, actor: Actor, connection_id: uuid.UUID, seen: _Seen) -> Connection:
    statement = connection_with_id(actor.organisation_id, connection_id).with_for_update()
    connection = session.scalars(statement.execution_options(populate_existing=True)).one()
    if connection.state == "removed":
        return connection
    before = (connection.health, connection.page_hash, connection.manifest_sha256)
    if seen.manifest is not None:
        _compare(session, actor, connection, seen.manifest)
    illness = seen.illness
    if not illness and connection.manifest is not None and approved_manifest(connection) is None:
        illness = UNREADABLE
    connection.checked_at = utc_now()
    connection.health, connection.health_detail = ("failing", illness) if illness else ("ok", "")
    if seen.page_hash and seen.page_hash != connection.page_hash:
        detail = {"name": connection.name, "sha256": seen.page_hash}
        audit.record(session, actor, "connections.page_changed", subject=connection, detail=detail)
        connection.page_hash = seen.page_hash
    if before != (connection.health, connection.page_hash, connection.manifest_sha256):
        log.info("connections.checked", name=connection.name, health=connection.health, detail=illness)
        forget_councils(session)
    return connection


def _compare(session: Session, actor: Actor, connection: Connection, manifest: Manifest) -> None:
    """Take what asks for no more, and let what asks for more wait."""
    digest = digest_of(manifest)
    if digest == connection.manifest_sha256:
        take_manifest(connection, manifest)  # what was approved, and written anew if it could no longer be read
        return
    approved, detail = approved_manifest(connection), {"name": connection.name, "manifest_sha256": digest}
    if approved is not None and not asks_for_more(approved, manifest) and _can_work(session, connection, manifest):
        take_manifest(connection, manifest)
        audit.record(session, actor, "connections.manifest_taken", subject=connection, detail=detail)
        return
    if digest != connection.offered_sha256:
        connection.offered, connection.offered_sha256 = dump(manifest), digest
        audit.record(session, actor, "connections.manifest_offered", subject=connection, detail=detail)


def _can_work(session: Session, connection: Connection, manifest: Manifest) -> bool:
    if not connection.is_enabled:
        return True
    return not any(not lack.optional for lack in Surroundings(session).lacks(manifest))

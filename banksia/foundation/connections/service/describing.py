"""A connection as an administrator sees it; one that can no longer be read is shown all the same."""

from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import names_of
from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.queries import connections_of
from banksia.foundation.connections.schemas import ConnectedModuleDetail, ConnectedModuleRead, DifferenceRead
from banksia.foundation.connections.service.registering import find_connection
from banksia.foundation.connections.service.requiring import Surroundings
from banksia.foundation.connections.service.stored import approved_manifest, offered_manifest
from banksia.kit.actor import Actor
from banksia.kit.manifest import differences


def list_connections(session: Session, actor: Actor) -> list[ConnectedModuleRead]:
    """Every connected module of the council, by name."""
    surroundings = Surroundings(session)
    rows = session.scalars(connections_of(actor.organisation_id))
    return [ConnectedModuleRead.model_validate(_facts(row, surroundings)) for row in rows]


def read_connection(session: Session, actor: Actor, name: str) -> ConnectedModuleDetail:
    """One connected module; raises ConnectionNotFound."""
    return describe_connection(session, find_connection(session, actor, name))


def describe_connection(session: Session, connection: Connection) -> ConnectedModuleDetail:
    """A connected module with all that it asks for."""
    manifest, asks = approved_manifest(connection), offered_manifest(connection)
    approver = connection.approved_by
    return ConnectedModuleDetail(
        **_facts(connection, Surroundings(session)),
        manifest=manifest,
        manifest_sha256=connection.manifest_sha256,
        asks=asks,
        asks_sha256=connection.offered_sha256,
        differences=[DifferenceRead.model_validate(each) for each in differences(manifest, asks)] if asks else [],
        unreadable=(manifest is None) != (connection.manifest is None)
        or (asks is None) != (connection.offered is None),
        approved_by=names_of(session, [approver]).get(approver) if approver else None,
        client_id=connection.client_id,
        old_webhook_secret_until=connection.old_webhook_secret_until,
    )


def _facts(connection: Connection, surroundings: Surroundings) -> dict[str, Any]:
    manifest = approved_manifest(connection) or offered_manifest(connection)
    lacks = surroundings.lacks(manifest) if manifest else []
    return {
        "id": connection.id,
        "name": connection.name,
        "title": manifest.title if manifest else connection.name,
        "version": manifest.version if manifest else None,
        "kind": manifest.kind if manifest else None,
        "description": manifest.description if manifest else "",
        "base_url": connection.base_url,
        "state": connection.state,
        "page_mode": connection.page_mode,
        "health": connection.health,
        "health_detail": connection.health_detail,
        "checked_at": connection.checked_at,
        "approved_at": connection.approved_at,
        "waits_for_approval": connection.offered_sha256 is not None,
        "has_settings": bool(manifest and manifest.settings),
        "blocked_by": [lack.text for lack in lacks if not lack.optional],
        "notices": [lack.text for lack in lacks if lack.optional],
        "needed_by": list(surroundings.needing(connection.name)) if connection.is_enabled else [],
    }

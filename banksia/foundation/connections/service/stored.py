"""What was written down of a module's manifest: an earlier version of this program may have written it."""

from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy.orm import Session

from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.queries import enabled_connections_of
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.manifest import Manifest

log = structlog.get_logger()
UNREADABLE = "What was approved can no longer be read here. Check the module again and approve what it asks for."


def manifests_in_use(session: Session) -> list[tuple[Connection, Manifest]]:
    """The modules that the council uses, by name, with what it approved.

    One that can no longer be read is left out, and one whose name an installed module has taken since.
    """
    modules = platform_of(session).modules
    rows = session.scalars(enabled_connections_of(organisation_id_of(session)))
    found = ((row, approved_manifest(row)) for row in rows if row.name not in modules)
    return [(row, manifest) for row, manifest in found if manifest is not None]


def approved_manifest(connection: Connection) -> Manifest | None:
    """What the council approved; None before that, or when it can no longer be read."""
    return _read(connection, connection.manifest)


def offered_manifest(connection: Connection) -> Manifest | None:
    """What waits for approval; None when nothing does, or when it can no longer be read."""
    return _read(connection, connection.offered)


def title_of(connection: Connection) -> str:
    """What the module is called, by its manifest if that can be read."""
    manifest = approved_manifest(connection) or offered_manifest(connection)
    return manifest.title if manifest else connection.name


def _read(connection: Connection, document: dict[str, Any] | None) -> Manifest | None:
    if document is None:
        return None
    try:
        return Manifest.model_validate(document)
    except ValidationError as error:
        log.warning("connections.manifest_unreadable", name=connection.name, problems=error.error_count())
        return None

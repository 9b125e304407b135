"""What was written down of a module's manifest: an earlier version of this program may have written it."""

from typing import Any

import structlog
from pydantic import ValidationError

from banksia.foundation.connections.models import Connection
from banksia.kit.manifest import Manifest

log = structlog.get_logger()
UNREADABLE = "What was approved can no longer be read here. Check the module again and approve what it asks for."


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

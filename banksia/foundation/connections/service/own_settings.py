"""A remote module's settings at a council: drawn from its JSON Schema, kept here, and read by the module."""

import json
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.connections.errors import ConnectionSettingsInvalid, NotApproved
from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.service.registering import find_connection
from banksia.foundation.connections.service.stored import approved_manifest
from banksia.kit.actor import Actor
from banksia.kit.keeping import forget_councils
from banksia.kit.manifest import value_problems

MOST_CHARACTERS = 64 * 1024


def settings_of(connection: Connection) -> tuple[dict[str, Any], dict[str, Any]]:
    """What holds, with defaults for what the council did not decide, and the schema; raises NotApproved."""
    manifest = approved_manifest(connection)
    if manifest is None:
        raise NotApproved
    properties = manifest.settings.get("properties", {})
    described = {name: each for name, each in properties.items() if isinstance(each, dict)}
    defaults = {name: each["default"] for name, each in described.items() if "default" in each}
    known = {name: value for name, value in connection.settings.items() if name in properties}
    return defaults | known, manifest.settings


def change_settings(session: Session, actor: Actor, *, name: str, values: dict[str, Any]) -> Connection:
    """Keep a module's settings; raises ConnectionNotFound, NotApproved and ConnectionSettingsInvalid."""
    connection = find_connection(session, actor, name, lock=True)
    manifest = approved_manifest(connection)
    if manifest is None:
        raise NotApproved
    if problems := _problems_of(manifest.settings, values):
        raise ConnectionSettingsInvalid(errors=problems)
    if connection.settings != values:
        connection.settings = values
        detail = {"name": name, "values": values}
        audit.record(session, actor, "connections.settings_changed", subject=connection, detail=detail)
        forget_councils(session)
    return connection


def _problems_of(schema: dict[str, Any], values: dict[str, Any]) -> list[dict[str, str]]:
    written = json.dumps(values)
    if len(written) > MOST_CHARACTERS or "\\u0000" in written:
        message = "Write shorter texts, without characters that cannot be seen."
        return [{"field": next(iter(values)), "message": message}]
    unknown = [name for name in values if name not in schema.get("properties", {})]
    if unknown:
        return [{"field": name, "message": "There is no such setting."} for name in unknown]
    return value_problems(schema, values)

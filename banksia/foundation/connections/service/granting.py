"""The permissions that remote modules bring: roles have them as they have those of built-in modules."""

import time
import uuid

from sqlalchemy.orm import Session

from banksia.foundation.connections.service.stored import manifests_in_use
from banksia.kit.actor import Permission
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.keeping import OF_COUNCILS

KEPT_SECONDS = 2.0
KEPT_AS = f"{OF_COUNCILS}permissions"
Granted = dict[str, Permission]


def permissions_of_connections(session: Session) -> Granted:
    """The permissions of the remote modules that are in use at the council of a session, by name.

    Asked for whoever signs in or sends a request, so it is kept for two seconds; then a module that was switched off
    is gone in every process. In a test's one transaction nothing is kept.
    """
    platform, organisation_id, now = platform_of(session), organisation_id_of(session), time.monotonic()
    kept: dict[uuid.UUID, tuple[float, Granted]] = platform.kept.setdefault(KEPT_AS, {})
    found = kept.get(organisation_id)
    if found is None or found[0] < now or platform.bind is not None:
        found = kept[organisation_id] = (now + KEPT_SECONDS, _read(session))
    return found[1]


def _read(session: Session) -> Granted:
    return {
        permission.name: Permission(permission.name, permission.title, roles=tuple(permission.roles))
        for _, manifest in manifests_in_use(session)
        for permission in manifest.permissions
    }

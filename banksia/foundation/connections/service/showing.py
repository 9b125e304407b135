"""The modules in use as everybody who works with them sees them: their navigation, and where their pages are."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.connections.models import Connection, Health, PageMode
from banksia.foundation.connections.service.requiring import Surroundings
from banksia.foundation.connections.service.stored import manifests_in_use
from banksia.kit.actor import Actor
from banksia.kit.manifest import Manifest, ManifestNavigation


@dataclass(frozen=True)
class ShownModule:
    """A remote module in use, as far as a person may see it."""

    manifest: Manifest
    navigation: list[ManifestNavigation]
    page_url: str | None
    page_mode: PageMode | None
    health: Health
    notices: list[str]
    """What is missing here that it works without, one sentence each."""


def shown_modules(session: Session, actor: Actor) -> list[ShownModule]:
    """The remote modules that the council uses; one whose manifest can no longer be read is left out."""
    found = manifests_in_use(session)
    if not found:
        return []
    surroundings = Surroundings(session)
    return [_shown(row, manifest, surroundings, actor) for row, manifest in found]


def _shown(connection: Connection, manifest: Manifest, surroundings: Surroundings, actor: Actor) -> ShownModule:
    pages = manifest.pages
    return ShownModule(
        manifest=manifest,
        navigation=[each for each in (pages.navigation if pages else []) if _may(actor, each.permission)],
        page_url=f"/modules/{connection.name}{pages.script}" if pages else None,
        page_mode=connection.page_mode if pages else None,
        health=connection.health,
        notices=[lack.text for lack in surroundings.lacks(manifest)],
    )


def _may(actor: Actor, permission: str | None) -> bool:
    return permission is None or actor.kind == "system" or permission in actor.permissions

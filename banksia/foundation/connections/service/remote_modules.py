"""What a process knows of a council's remote modules: read together, kept for at most two seconds.

So a request costs no look-up of its own for what is the same for all, and a module that is switched off is gone that
soon in every process. Breakers and places belong to the process and outlive what was read.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy.orm import Session

from banksia.foundation.connections.adapters.breaking import Breaker, Places
from banksia.foundation.connections.adapters.calling import nearby_of
from banksia.foundation.connections.models import Connection, PageMode
from banksia.foundation.connections.service.matching import Routes
from banksia.foundation.connections.service.signing_keys import Signer
from banksia.foundation.organisations.public import council_url
from banksia.foundation.webhooks.public import AddressRefused, read_url
from banksia.kit.actor import Actor
from banksia.kit.database import platform_of
from banksia.kit.manifest import Manifest
from banksia.kit.platform import Platform

log = structlog.get_logger()
GUARDS = "connections.guards"


@dataclass(frozen=True)
class Guards:
    """What one process remembers of how a module fares."""

    breaker: Breaker = field(default_factory=Breaker)
    places: Places = field(default_factory=Places)


@dataclass(frozen=True)
class Declared:
    """A manifest as the gateway asks it: made once for each text."""

    digest: str
    manifest: Manifest
    routes: Routes
    roles: dict[str, frozenset[str]]
    """Who has the module's own permissions."""
    titles: dict[str, str]
    required: frozenset[str]

    def grants(self, actor: Actor) -> frozenset[str]:
        """The module's own permissions that the actor has."""
        given = {name for name, roles in self.roles.items() if roles & actor.roles}
        return frozenset(given.union(name for name in self.roles if name in actor.permissions))

    def rights_of(self, actor: Actor) -> frozenset[str]:
        """What of the actor's rights concerns the module: its own permissions, and those of modules it requires."""
        of_required = (name for name in actor.permissions if name.split(".", 1)[0] in self.required)
        return self.grants(actor).union(of_required)


@dataclass(frozen=True)
class RemoteModule:
    """One connection of one council, as far as calling it needs."""

    connection_id: Any
    organisation_id: Any
    name: str
    title: str
    base_url: str
    enabled: bool
    refused: str
    """Why its address may not be called; empty when it may."""
    declared: Declared
    guards: Guards
    issuer: str
    signer: Signer | None
    page_mode: PageMode
    """Whether its pages stand in a frame without an origin, or within the council's own."""

    @property
    def audience(self) -> str:
        """Whom its tokens are for: this module at this council, and no other."""
        return audience_of(self.name, self.connection_id)


def audience_of(name: str, connection_id: object) -> str:
    """Whom tokens of a connection are for."""
    return f"banksia:module:{name}:{connection_id}"


def remote_module(session: Session, connection: Connection, signer: Signer | None) -> RemoteModule | None:
    """A connection as it is called; None when what was approved can no longer be read."""
    platform = platform_of(session)
    try:
        declared = declared_by(connection.manifest_sha256 or "", connection.manifest)
    except ValidationError as error:
        log.warning("connections.manifest_unreadable", name=connection.name, problems=error.error_count())
        return None
    return RemoteModule(
        connection_id=connection.id,
        organisation_id=connection.organisation_id,
        name=connection.name,
        title=declared.manifest.title,
        base_url=f"{connection.base_url}/{connection.name}",
        enabled=connection.is_enabled,
        refused=refusal_of(platform, connection.base_url),
        declared=declared,
        guards=guards_of(platform, connection),
        issuer=council_url(session, ""),
        signer=signer,
        page_mode=connection.page_mode,
    )


def refusal_of(platform: Platform, url: str) -> str:
    """Why an address may not be called; the name in it is judged once more whenever it is looked up."""
    try:
        read_url(url, nearby=nearby_of(platform.settings))
    except AddressRefused as refused:
        return str(refused)
    return ""


def guards_of(platform: Platform, connection: Connection) -> Guards:
    """The breaker and the places of a connection in this process; a new address begins anew."""
    kept: dict[Any, Guards] = platform.kept.setdefault(GUARDS, {})
    return kept.setdefault((connection.id, connection.base_url), Guards())


class _Text(dict[str, Any]):
    """A manifest's JSON beside its digest, which alone tells two apart."""

    def __init__(self, digest: str, manifest: dict[str, Any]) -> None:
        super().__init__(manifest)
        self.digest = digest

    def __hash__(self) -> int:  # type: ignore[override]  # a dict has none
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Text) and other.digest == self.digest


def declared_by(digest: str, manifest: dict[str, Any] | None) -> Declared:
    """What a manifest declares; reading one takes milliseconds, so it is done once for each digest."""
    return _declared(_Text(digest, manifest or {}))


@lru_cache(maxsize=256)
def _declared(text: _Text) -> Declared:
    manifest = Manifest.model_validate(dict(text))
    return Declared(
        digest=text.digest,
        manifest=manifest,
        routes=Routes(manifest.routes),
        roles={each.name: frozenset(each.roles) for each in manifest.permissions},
        titles={each.name: each.title for each in manifest.permissions},
        required=frozenset(each.module for each in manifest.requires),
    )

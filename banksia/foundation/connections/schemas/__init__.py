"""Connected modules as they travel."""

import uuid
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from banksia.foundation.connections.models import ConnectionState, Health, PageMode
from banksia.kit.manifest import Manifest
from banksia.kit.schemas import ReadModel, RequestModel, UtcDatetime

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class ModuleRegister(RequestModel):
    """Where the module is: `https://modules.example/bookings`, or the address of its manifest."""

    base_url: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class ModuleApprove(RequestModel):
    """What was looked at and is approved, and how the module's pages are shown."""

    manifest_sha256: Sha256
    page_mode: PageMode = "frame"


class DifferenceRead(ReadModel):
    """One thing that changed since the last approval."""

    area: str
    title: str
    change: Literal["added", "removed", "changed"]
    name: str
    before: Any
    after: Any
    asks_for_more: bool


class ConnectedModuleRead(ReadModel):
    """A connected module, and how it is."""

    id: uuid.UUID
    name: str
    title: str
    version: str | None
    kind: str | None
    description: str
    base_url: str
    state: ConnectionState
    page_mode: PageMode
    health: Health
    health_detail: str
    checked_at: UtcDatetime | None
    approved_at: UtcDatetime | None
    waits_for_approval: bool
    has_settings: bool
    blocked_by: list[str]
    """What is missing before it can be used, one sentence each."""
    notices: list[str]
    """Optional modules that are missing: it works with less."""
    needed_by: list[str]
    """The titles of the modules in use that need it."""


class ConnectedModuleDetail(ConnectedModuleRead):
    """A connected module with all that it was approved for and asks for."""

    manifest: Annotated[Manifest | None, Field(description="What was approved")]
    manifest_sha256: str | None
    asks: Annotated[Manifest | None, Field(description="What waits for approval")]
    asks_sha256: str | None
    differences: list[DifferenceRead]
    unreadable: bool
    """Whether what was approved, or what waits, can no longer be read here and has to be checked again."""
    approved_by: str | None
    client_id: str | None
    old_webhook_secret_until: UtcDatetime | None


class ModuleApproved(ConnectedModuleDetail):
    """A module that was just approved; at the first approval with its secrets, which are shown this once."""

    client_secret: str | None
    webhook_secret: str | None


class ConnectedModuleSettings(ReadModel):
    """A module's settings at this council, and the JSON Schema that its form is drawn from."""

    name: str
    values: dict[str, Any]
    json_schema: dict[str, Any]

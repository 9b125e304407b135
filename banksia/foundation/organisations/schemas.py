"""The council as others see it."""

import uuid
from typing import Annotated, Any

from pydantic import Field

from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, RequiredLine


class Council(ReadModel):
    """The organisation of a session, as other parts read it."""

    id: uuid.UUID
    slug: str
    name: str
    service_name: str
    abn: str
    email: str
    phone: str
    address: str
    counter_hours: str
    acknowledgement: str
    time_zone: str
    theme: dict[str, Any]
    logo_type: str


class OrganisationRead(ReadModel):
    """The council as anybody sees it."""

    id: uuid.UUID
    slug: str
    name: str
    service_name: str
    abn: str
    email: str
    phone: str
    address: str
    counter_hours: str
    acknowledgement: str
    time_zone: str
    theme: dict[str, Any]
    logo_url: str | None


class OrganisationUpdate(RequestModel):
    """What an administrator changes; what is left out stays."""

    name: RequiredLine | None = None
    service_name: RequiredLine | None = None
    abn: Annotated[str, Field(pattern=r"^$|^\d{2} ?\d{3} ?\d{3} ?\d{3}$")] | None = None
    email: Line | None = None
    phone: Line | None = None
    address: Paragraph | None = None
    counter_hours: Line | None = None
    acknowledgement: Paragraph | None = None
    theme: dict[str, str] | None = None


class ModuleRead(ReadModel):
    """A module of this installation, and whether the council uses it."""

    name: str
    title: str
    version: str
    kind: str
    description: str
    depends_on: list[str]
    enabled: bool
    always_on: bool
    has_settings: bool


class ModuleUpdate(RequestModel):
    """Switch a module on or off."""

    enabled: bool


class ModuleSettingsRead(ReadModel):
    """A module's settings at this council, and their JSON Schema."""

    module: str
    values: dict[str, Any]
    json_schema: dict[str, Any]

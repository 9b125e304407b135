"""The council as others see it."""

import uuid
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, validate_email

from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, RequiredLine


def _address_or_nothing(value: str) -> str:
    """An e-mail address, or an empty text; raises ValueError with what is wrong with it."""
    return validate_email(value)[1] if value else value


Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_address_or_nothing)]
TimeZone = Literal[
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Broken_Hill",
    "Australia/Darwin",
    "Australia/Hobart",
    "Australia/Lord_Howe",
    "Australia/Melbourne",
    "Australia/Perth",
    "Australia/Sydney",
]


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
    theme: dict[str, str]
    logo_type: str
    logo_sha256: str


class CouncilSite(ReadModel):
    """One of the councils of an installation, and where it is found."""

    id: uuid.UUID
    slug: str
    name: str
    url: str


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
    theme: dict[str, str]
    """Every colour, the council's own or the default."""
    logo_url: str | None
    """Changes with the logo, so that it may be kept."""


class OrganisationUpdate(RequestModel):
    """What an administrator changes; what is left out stays."""

    name: RequiredLine | None = None
    service_name: RequiredLine | None = None
    abn: Annotated[str, Field(max_length=20)] | None = None
    email: Email | None = None
    phone: Line | None = None
    address: Paragraph | None = None
    counter_hours: Line | None = None
    acknowledgement: Paragraph | None = None
    time_zone: TimeZone | None = None
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

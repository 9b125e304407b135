"""Owners, attributes, and what other modules know about a property."""

import datetime
import uuid
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime
from banksia.modules.property.schemas.land import SourceRead

AttributeKind = Literal["text", "choice", "amount", "date", "yes_no"]
AttributeSubject = Literal["parcel", "property"]
AttributeCode = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$"),
    Field(description="What files and certificate templates call the attribute: `bush_fire_prone`"),
]
AsAtOn = Annotated[datetime.date, Field(description="The property as it was at the end of this day")]
Choices = Annotated[list[RequiredLine], Field(max_length=100)]


class OwnerRead(ReadModel):
    """Somebody who owns the property, or owned it until `valid_to`."""

    id: uuid.UUID
    name: str
    postal_address: str | None
    email: str | None
    owned_since_on: datetime.date | None
    valid_from: UtcDatetime
    valid_to: UtcDatetime | None
    source: SourceRead


class AttributeRead(ReadModel):
    """What is known of one attribute of the property or of one of its parcels; unknown is never no.

    `value` is as kept (whole cents, an ISO date, `yes`, `no`), `shown` is for people: `$412.65`, `14 March 2026`, `Yes`
    or `Unknown`. `parcel` and `parcel_title` are null for an attribute of the property itself.
    """

    code: str
    title: str
    group: str
    help: str
    kind: AttributeKind
    subject: AttributeSubject
    choices: list[str]
    parcel_id: uuid.UUID | None
    parcel: str | None
    parcel_title: str | None
    is_unknown: bool
    value: str | None
    shown: str
    detail: str
    source: str | None
    as_at_on: datetime.date | None
    recorded_at: UtcDatetime | None
    origin: SourceRead | None


class AttributeList(ReadModel):
    """The council's catalogue as it stands for one property, by parcel.

    Of a property with very many parcels the first are listed; `more_parcels` says how many are left out, and
    `parcel_id` asks for one of those.
    """

    as_at_on: datetime.date | None
    attributes: list[AttributeRead]
    more_parcels: int


class AttributeRecord(RequestModel):
    """A value that an officer records: text, one of the choices, dollars, a date, or yes, no or unknown.

    `parcel_id` may be left out when the property has one parcel; for an attribute of the property it is left out.
    """

    value: RequiredLine
    detail: Line = ""
    source: RequiredLine
    as_at_on: datetime.date | None = None
    parcel_id: uuid.UUID | None = None


class AttributeDefinitionRead(ReadModel):
    """An attribute of the catalogue; `value_count` says on how many parcels or properties it is recorded now."""

    id: uuid.UUID
    code: str
    title: str
    kind: AttributeKind
    choices: list[str]
    subject: AttributeSubject
    group: str
    help: str
    position: int
    value_count: int
    retired_at: UtcDatetime | None


class AttributeCatalogue(ReadModel):
    """Every attribute of the council, in its order; a catalogue has at most a few hundred."""

    definitions: list[AttributeDefinitionRead]


class AttributeDefinitionCreate(RequestModel):
    """A new attribute; its code stays for ever."""

    code: AttributeCode
    title: RequiredLine
    kind: AttributeKind
    choices: Choices = Field(default=[])
    subject: AttributeSubject = "parcel"
    group: Line = ""
    help: Paragraph = ""
    position: Annotated[int, Field(ge=0, le=100_000)] | None = None


class AttributeDefinitionUpdate(RequestModel):
    """What changes of an attribute; what is left out stays. Kind and subject are fixed once a value is recorded."""

    title: RequiredLine | None = None
    kind: AttributeKind | None = None
    choices: Choices | None = None
    subject: AttributeSubject | None = None
    group: Line | None = None
    help: Paragraph | None = None
    position: Annotated[int, Field(ge=0, le=100_000)] | None = None


class ContributionLine(ReadModel):
    """One thing that a module knows about the property."""

    title: str
    detail: str
    href: str | None
    status: str | None


class ContributionRead(ReadModel):
    """What one module knows about the property; `href` is where all of it is."""

    module: str
    name: str
    title: str
    summary: str
    href: str | None
    count: int
    lines: list[ContributionLine]


class ContributionList(ReadModel):
    """What the council's modules know about the property, as far as this person may see it.

    `failed` names modules that could not answer just now.
    """

    contributions: list[ContributionRead]
    failed: list[str]

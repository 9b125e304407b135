"""What is known of a property and its parcels, and what is not."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_zone
from banksia.kit.database import organisation_id_of
from banksia.modules.property.errors import ParcelNotFound
from banksia.modules.property.models import AttributeDefinition, AttributeValue
from banksia.modules.property.queries import attributes as queries
from banksia.modules.property.schemas import ParcelRead, PropertyRead
from banksia.modules.property.schemas.truths import AttributeKind, AttributeList, AttributeRead, AttributeSubject
from banksia.modules.property.service.as_at import end_of_day
from banksia.modules.property.service.attributes.values import UNKNOWN, shown
from banksia.modules.property.service.describing import Sources
from banksia.modules.property.service.properties import get_property, parcel_named

MAX_PARCELS = 20


class KnownAttribute(NamedTuple):
    """One attribute of a property or parcel for another module; `value` is None where it is unknown.

    `recorded_on` is the council's day on which it was imported or written last; `by_hand` when a person wrote it.
    """

    code: str
    title: str
    kind: AttributeKind
    value: str | None
    detail: str
    shown: str
    source: str | None
    as_at_on: datetime.date | None
    is_unknown: bool
    recorded_on: datetime.date | None = None
    by_hand: bool = False


class DefinedAttribute(NamedTuple):
    """One attribute of the council's catalogue for another module, whether or not it is recorded of any land."""

    code: str
    title: str
    kind: AttributeKind
    group: str
    choices: list[str]
    """What a choice can be; none for other kinds."""
    is_retired: bool


def defined_attributes(session: Session) -> list[DefinedAttribute]:
    """The council's catalogue in its order, retired attributes included."""
    rows = session.scalars(queries.definitions_of(organisation_id_of(session)))
    return [
        DefinedAttribute(
            code=row.code,
            title=row.title,
            kind=row.kind,  # type: ignore[arg-type]  # a check constraint allows nothing else
            group=row.group,
            choices=row.choices,
            is_retired=row.retired_at is not None,
        )
        for row in rows
    ]


def list_attributes(
    session: Session,
    *,
    property_id: uuid.UUID,
    as_at_on: datetime.date | None = None,
    parcel_id: uuid.UUID | None = None,
) -> AttributeList:
    """The catalogue as it stands for a property, by parcel; raises PropertyNotFound, PropertyNotYet or AsAtInvalid."""
    found = get_property(session, property_id, as_at_on=as_at_on)
    wanted = [parcel for parcel in found.parcels if parcel_id in (None, parcel.id)]
    parcels = wanted[:MAX_PARCELS]
    [rows] = _read(session, [(property_id, parcels)], end_of_day(session, as_at_on))
    if parcel_id is not None:
        rows = [row for row in rows if row.parcel_id == parcel_id]
    return AttributeList(as_at_on=as_at_on, attributes=rows, more_parcels=len(wanted) - len(parcels))


def attributes_of(session: Session, property_id: uuid.UUID, parcel: str | None = None) -> list[KnownAttribute]:
    """What is known of a property and of one of its parcels now, unknown attributes included.

    Without a parcel only what is known of the property itself. Raises PropertyNotFound or ParcelNotFound.
    """
    found = get_property(session, property_id)
    [known] = attributes_of_each(session, [(found, parcel_named(found, parcel) if parcel is not None else None)])
    return known


def attributes_of_each(
    session: Session, places: Sequence[tuple[PropertyRead, ParcelRead | None]]
) -> list[list[KnownAttribute]]:
    """The same for each of several properties that were read already, in a fixed number of statements."""
    every = _read(session, [(found.id, [parcel] if parcel else []) for found, parcel in places], None)
    zone = council_zone(session)
    return [[_known(row, zone) for row in rows] for rows in every]


def _known(row: AttributeRead, zone: ZoneInfo) -> KnownAttribute:
    return KnownAttribute(
        code=row.code,
        title=row.title,
        kind=row.kind,
        value=row.value,
        detail=row.detail,
        shown=row.shown,
        source=row.source,
        as_at_on=row.as_at_on,
        is_unknown=row.is_unknown,
        recorded_on=_recorded_on(row, zone),
        by_hand=row.origin is not None and row.origin.file_name is None,
    )


def _recorded_on(row: AttributeRead, zone: ZoneInfo) -> datetime.date | None:
    """The council's day of the import that said it last, else of when it was written."""
    moment = (row.origin.imported_at if row.origin else None) or row.recorded_at
    return moment.astimezone(zone).date() if moment else None


def read_attribute(session: Session, property_id: uuid.UUID, code: str, parcel_id: uuid.UUID | None) -> AttributeRead:
    """One attribute of a property or of one of its parcels."""
    for row in list_attributes(session, property_id=property_id, parcel_id=parcel_id).attributes:
        if row.code == code:
            return row
    raise ParcelNotFound(str(parcel_id))


def _read(
    session: Session, places: Sequence[tuple[uuid.UUID, list[ParcelRead]]], moment: datetime.datetime | None
) -> list[list[AttributeRead]]:
    organisation_id = organisation_id_of(session)
    definitions = list(session.scalars(queries.definitions_of(organisation_id)))
    property_ids = {property_id for property_id, _ in places}
    parcel_ids = {parcel.id for _, parcels in places for parcel in parcels}
    every = queries.values_of(organisation_id, property_ids, parcel_ids)
    values = list(session.scalars(queries.values_holding(every, moment)))
    sources = Sources(session, values)
    by_place = {(value.definition_id, value.parcel_id or value.property_id): value for value in values}
    return [list(_rows(definitions, property_id, parcels, by_place, sources)) for property_id, parcels in places]


def _rows(
    definitions: list[AttributeDefinition],
    property_id: uuid.UUID,
    parcels: list[ParcelRead],
    values: dict[tuple[uuid.UUID, uuid.UUID | None], AttributeValue],
    sources: Sources,
) -> Iterable[AttributeRead]:
    for definition in definitions:
        places: list[ParcelRead | None] = [*parcels] if definition.subject == "parcel" else [None]
        for parcel in places:
            value = values.get((definition.id, parcel.id if parcel else property_id))
            if value is not None or definition.retired_at is None:
                yield _row(definition, parcel, value, sources)


def _row(
    definition: AttributeDefinition, parcel: ParcelRead | None, value: AttributeValue | None, sources: Sources
) -> AttributeRead:
    kind: AttributeKind = definition.kind  # type: ignore[assignment]  # a check constraint allows nothing else
    subject: AttributeSubject = definition.subject  # type: ignore[assignment]  # the same
    is_unknown = value is None or value.value == UNKNOWN
    return AttributeRead(
        code=definition.code,
        title=definition.title,
        group=definition.group,
        help=definition.help,
        kind=kind,
        subject=subject,
        choices=definition.choices,
        parcel_id=parcel.id if parcel else None,
        parcel=parcel.text if parcel else None,
        parcel_title=parcel.title if parcel else None,
        is_unknown=is_unknown,
        value=None if value is None or is_unknown else value.value,
        shown=shown(kind, value.value if value else None, value.detail if value else ""),
        detail=value.detail if value else "",
        source=value.source if value else None,
        as_at_on=value.as_at_on if value else None,
        recorded_at=value.valid_from if value else None,
        origin=sources.of(value) if value else None,
    )

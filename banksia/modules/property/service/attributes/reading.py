"""What is known of a property and its parcels, and what is not."""

import datetime
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.errors import ParcelNotFound
from banksia.modules.property.models import AttributeDefinition, AttributeValue
from banksia.modules.property.queries import attributes as queries
from banksia.modules.property.schemas import ParcelRead
from banksia.modules.property.schemas.truths import AttributeKind, AttributeList, AttributeRead, AttributeSubject
from banksia.modules.property.service.as_at import end_of_day
from banksia.modules.property.service.attributes.values import UNKNOWN, shown
from banksia.modules.property.service.describing import Sources
from banksia.modules.property.service.properties import get_property, parcel_named

MAX_PARCELS = 20


class KnownAttribute(NamedTuple):
    """One attribute of a property or parcel for another module; `value` is None where it is unknown."""

    code: str
    title: str
    kind: AttributeKind
    value: str | None
    detail: str
    shown: str
    source: str | None
    as_at_on: datetime.date | None
    is_unknown: bool


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
    rows = _read(session, property_id, parcels, end_of_day(session, as_at_on))
    if parcel_id is not None:
        rows = [row for row in rows if row.parcel_id == parcel_id]
    return AttributeList(as_at_on=as_at_on, attributes=rows, more_parcels=len(wanted) - len(parcels))


def attributes_of(session: Session, property_id: uuid.UUID, parcel: str | None = None) -> list[KnownAttribute]:
    """What is known of a property and of one of its parcels now, unknown attributes included.

    Without a parcel only what is known of the property itself. Raises PropertyNotFound or ParcelNotFound.
    """
    found = get_property(session, property_id)
    parcels = [parcel_named(found, parcel)] if parcel is not None else []
    return [
        KnownAttribute(
            code=row.code,
            title=row.title,
            kind=row.kind,
            value=row.value,
            detail=row.detail,
            shown=row.shown,
            source=row.source,
            as_at_on=row.as_at_on,
            is_unknown=row.is_unknown,
        )
        for row in _read(session, property_id, parcels, None)
    ]


def read_attribute(session: Session, property_id: uuid.UUID, code: str, parcel_id: uuid.UUID | None) -> AttributeRead:
    """One attribute of a property or of one of its parcels."""
    for row in list_attributes(session, property_id=property_id, parcel_id=parcel_id).attributes:
        if row.code == code:
            return row
    raise ParcelNotFound(str(parcel_id))


def _read(
    session: Session, property_id: uuid.UUID, parcels: list[ParcelRead], moment: datetime.datetime | None
) -> list[AttributeRead]:
    organisation_id = organisation_id_of(session)
    definitions = list(session.scalars(queries.definitions_of(organisation_id)))
    every = queries.values_of(organisation_id, [property_id], [parcel.id for parcel in parcels])
    values = list(session.scalars(queries.values_holding(every, moment)))
    sources = Sources(session, values)
    by_place = {(value.definition_id, value.parcel_id): value for value in values}
    return list(_rows(definitions, parcels, by_place, sources))


def _rows(
    definitions: list[AttributeDefinition],
    parcels: list[ParcelRead],
    values: dict[tuple[uuid.UUID, uuid.UUID | None], AttributeValue],
    sources: Sources,
) -> Iterable[AttributeRead]:
    for definition in definitions:
        places: list[ParcelRead | None] = [*parcels] if definition.subject == "parcel" else [None]
        for parcel in places:
            value = values.get((definition.id, parcel.id if parcel else None))
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

"""Recording an attribute by hand: the value before ends, and the journal says who wrote the new one."""

import datetime
import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import council_day
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.modules.property.errors import AttributeInvalid, AttributeRetired
from banksia.modules.property.models import AttributeDefinition, AttributeValue
from banksia.modules.property.queries import attributes as queries
from banksia.modules.property.queries import land
from banksia.modules.property.schemas import PropertyRead
from banksia.modules.property.schemas.truths import AttributeRead, AttributeRecord
from banksia.modules.property.service.attributes.catalogue import find_definition
from banksia.modules.property.service.attributes.reading import read_attribute
from banksia.modules.property.service.attributes.values import BadValue, Value, read_value
from banksia.modules.property.service.journal import note_change, note_new
from banksia.modules.property.service.properties import get_property

ENTRY = "entry"


def record_attribute(
    session: Session, actor: Actor, *, property_id: uuid.UUID, code: str, recorded: AttributeRecord
) -> AttributeRead:
    """Record what an attribute is; the same again changes nothing.

    Raises PropertyNotFound, AttributeNotFound, AttributeRetired or AttributeInvalid.
    """
    found = get_property(session, property_id)
    definition = find_definition(session, code)
    if definition.retired_at is not None:
        raise AttributeRetired(definition.title)
    parcel_id = _parcel(definition, found, recorded.parcel_id)
    value = _checked(definition, recorded, today=council_day(session))
    before = _before(session, actor, definition, property_id, parcel_id)
    if before is None or not _same(before, value, recorded):
        _replace(session, actor, (definition, property_id, parcel_id), before, (value, recorded))
    return read_attribute(session, property_id, code, parcel_id)


def _parcel(definition: AttributeDefinition, found: PropertyRead, named: uuid.UUID | None) -> uuid.UUID | None:
    if definition.subject == "property":
        if named is not None:
            raise AttributeInvalid.at("parcel_id", f"“{definition.title}” belongs to the property, not to a parcel.")
        return None
    ids = [parcel.id for parcel in found.parcels]
    if named is None and len(ids) == 1:
        return ids[0]
    if named is None or named not in ids:
        raise AttributeInvalid.at("parcel_id", "Choose one of the property's parcels.")
    return named


def _checked(definition: AttributeDefinition, recorded: AttributeRecord, *, today: datetime.date) -> Value:
    if recorded.as_at_on is not None and recorded.as_at_on > today:
        raise AttributeInvalid.at("as_at_on", "The day lies in the future. Choose the day for which the source speaks.")
    try:
        read = read_value(definition.kind, definition.choices, recorded.value)
    except BadValue as error:
        raise AttributeInvalid.at("value", str(error)) from error
    return Value(read.value, ", ".join(filter(None, (read.detail, recorded.detail))))


def _before(
    session: Session,
    actor: Actor,
    definition: AttributeDefinition,
    property_id: uuid.UUID,
    parcel_id: uuid.UUID | None,
) -> AttributeValue | None:
    """What holds now, once nobody else writes it: the parcel's or the property's row is locked."""
    organisation_id = actor.organisation_id
    if parcel_id is None:
        session.scalars(land.property_rows(organisation_id, [property_id]).with_for_update()).one()
        every = queries.values_of(organisation_id, [property_id], ())
    else:
        session.scalars(land.parcels_with_ids(organisation_id, [parcel_id]).with_for_update()).one()
        every = queries.values_of(organisation_id, (), [parcel_id])
    return session.scalar(queries.values_holding(every, None).where(AttributeValue.definition_id == definition.id))


def _same(before: AttributeValue, value: Value, recorded: AttributeRecord) -> bool:
    now = (before.value, before.detail, before.source, before.as_at_on)
    return now == (value.value, value.detail, recorded.source, recorded.as_at_on)


def _replace(
    session: Session,
    actor: Actor,
    place: tuple[AttributeDefinition, uuid.UUID, uuid.UUID | None],
    before: AttributeValue | None,
    after: tuple[Value, AttributeRecord],
) -> None:
    (definition, property_id, parcel_id), (value, recorded), now = place, after, utc_now()
    if before is not None:
        note_change(session, actor, before, {"valid_to": now}, because=ENTRY)
        session.flush()  # two values may not hold at once
    row = AttributeValue(
        id=new_id(),
        organisation_id=actor.organisation_id,
        definition_id=definition.id,
        parcel_id=parcel_id,
        property_id=None if parcel_id else property_id,
        value=value.value,
        detail=value.detail,
        source=recorded.source,
        as_at_on=recorded.as_at_on,
        valid_from=now,
    )
    session.add(row)
    note_new(session, actor, row, ("value", "detail", "source", "as_at_on"), because=ENTRY)
    detail = {"property_id": property_id, "parcel_id": parcel_id, "attribute": definition.code, "value": value.value}
    audit.record(session, actor, "property.attribute_recorded", subject=row, detail=detail)
    session.flush()

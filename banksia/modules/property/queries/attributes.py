"""The catalogue of attributes and their values, scoped to one organisation."""

import datetime
import uuid
from collections.abc import Collection

from sqlalchemy import Select, func, or_, select

from banksia.modules.property.models import AttributeDefinition, AttributeValue

Ids = Collection[uuid.UUID]


def definitions_of(organisation_id: uuid.UUID) -> Select[AttributeDefinition]:
    """The catalogue in its order."""
    return (
        select(AttributeDefinition)
        .where(AttributeDefinition.organisation_id == organisation_id)
        .order_by(AttributeDefinition.position, AttributeDefinition.title, AttributeDefinition.id)
    )


def definition_with_code(organisation_id: uuid.UUID, code: str) -> Select[AttributeDefinition]:
    """The attribute that a code names."""
    return definitions_of(organisation_id).where(AttributeDefinition.code == code)


def last_position(organisation_id: uuid.UUID) -> Select[int]:
    """The highest position of the catalogue; nought when it is empty."""
    return select(func.coalesce(func.max(AttributeDefinition.position), 0)).where(
        AttributeDefinition.organisation_id == organisation_id
    )


def value_counts(organisation_id: uuid.UUID) -> Select[uuid.UUID, int]:
    """How many values each attribute has now."""
    return (
        select(AttributeValue.definition_id, func.count())
        .where(AttributeValue.organisation_id == organisation_id, AttributeValue.valid_to.is_(None))
        .group_by(AttributeValue.definition_id)
    )


def any_value_of(organisation_id: uuid.UUID, definition_id: uuid.UUID) -> Select[uuid.UUID]:
    """A value that was ever recorded for an attribute."""
    return (
        select(AttributeValue.id)
        .where(AttributeValue.organisation_id == organisation_id, AttributeValue.definition_id == definition_id)
        .limit(1)
    )


def choices_in_use(organisation_id: uuid.UUID, definition_id: uuid.UUID) -> Select[str]:
    """The values that an attribute has now, each once."""
    return (
        select(AttributeValue.value)
        .where(
            AttributeValue.organisation_id == organisation_id,
            AttributeValue.definition_id == definition_id,
            AttributeValue.valid_to.is_(None),
        )
        .distinct()
    )


def values_of(organisation_id: uuid.UUID, property_ids: Ids, parcel_ids: Ids) -> Select[AttributeValue]:
    """Every value of properties and of parcels, ended ones too; what was taken back never held."""
    return select(AttributeValue).where(
        AttributeValue.organisation_id == organisation_id,
        or_(AttributeValue.property_id.in_(property_ids), AttributeValue.parcel_id.in_(parcel_ids)),
        AttributeValue.valid_to.is_distinct_from(AttributeValue.valid_from),
    )


def values_holding(values: Select[AttributeValue], moment: datetime.datetime | None) -> Select[AttributeValue]:
    """Those of the values that hold at a moment, or now."""
    if moment is None:
        return values.where(AttributeValue.valid_to.is_(None))
    return values.where(
        AttributeValue.valid_from <= moment, or_(AttributeValue.valid_to.is_(None), AttributeValue.valid_to > moment)
    )

"""The journal and corrections, scoped to one organisation."""

import datetime
import uuid
from collections.abc import Collection

from sqlalchemy import Select, select

from banksia.modules.property.models import Change, Correction

Ids = Collection[uuid.UUID]


def changes_of(organisation_id: uuid.UUID) -> Select[Change]:
    """The journal of a council."""
    return select(Change).where(Change.organisation_id == organisation_id)


def changes_of_records(organisation_id: uuid.UUID, record_ids: Ids) -> Select[Change]:
    """What was done to some records."""
    return changes_of(organisation_id).where(Change.record_id.in_(record_ids))


def changes_after(organisation_id: uuid.UUID, record_ids: Ids, moment: datetime.datetime) -> Select[Change]:
    """What was done to some records after a moment, the latest first."""
    return (
        changes_of_records(organisation_id, record_ids)
        .where(Change.changed_at > moment)
        .order_by(Change.changed_at.desc(), Change.id.desc())
    )


def corrections_of(organisation_id: uuid.UUID) -> Select[Correction]:
    """The corrections of a council."""
    return select(Correction).where(Correction.organisation_id == organisation_id)


def open_correction(organisation_id: uuid.UUID, record_id: uuid.UUID, field: str) -> Select[Correction]:
    """The correction of a field that waits for its decision."""
    return corrections_of(organisation_id).where(
        Correction.record_id == record_id, Correction.field == field, Correction.state == "proposed"
    )


def open_corrections_of_property(organisation_id: uuid.UUID, property_id: uuid.UUID) -> Select[Correction]:
    """The corrections of a property that wait for their decision, the oldest first."""
    return (
        corrections_of(organisation_id)
        .where(Correction.property_id == property_id, Correction.state == "proposed")
        .order_by(Correction.id)
    )


def binding_corrections(organisation_id: uuid.UUID, record_id: uuid.UUID, field: str) -> Select[Correction]:
    """Earlier approved corrections of a field."""
    return corrections_of(organisation_id).where(
        Correction.record_id == record_id, Correction.field == field, Correction.is_binding
    )


def changes_of_event(organisation_id: uuid.UUID, event_id: uuid.UUID) -> Select[Change]:
    """What recording a lineage event did."""
    return changes_of(organisation_id).where(Change.lineage_event_id == event_id)

"""What happened to some records, page by page, scoped to one organisation."""

import datetime
import uuid
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_
from sqlalchemy.dialects.postgresql import distinct_on

from banksia.modules.property.models import Change, Correction
from banksia.modules.property.queries.changes import changes_of_records, corrections_of

Ids = Collection[uuid.UUID]


class Place(NamedTuple):
    """A place in a time line: what lies before it is older."""

    at: datetime.datetime
    id: uuid.UUID

    def before(self, at: ColumnElement[datetime.datetime], row_id: ColumnElement[uuid.UUID]) -> ColumnElement[bool]:
        """The rows that are older."""
        return or_(at < self.at, and_(at == self.at, row_id < self.id))


def newest_changes(organisation_id: uuid.UUID, record_ids: Ids, place: Place | None, limit: int) -> Select[Change]:
    """The journal of some records, the newest first; what events did, and new values, are told by themselves."""
    is_new_value = and_(Change.table_name == "attribute_values", Change.before == {})
    found = changes_of_records(organisation_id, record_ids).where(Change.act != "lineage", not_(is_new_value))
    if place:
        found = found.where(place.before(Change.changed_at.expression, Change.id.expression))
    return found.order_by(Change.changed_at.desc(), Change.id.desc()).limit(limit)


def newest_corrections(
    organisation_id: uuid.UUID, property_id: uuid.UUID, place: Place | None, limit: int
) -> Select[Correction]:
    """Corrections of a property by when they were last decided or proposed; approved ones stand in the journal."""
    at = func.coalesce(Correction.decided_at, Correction.created_at)
    found = corrections_of(organisation_id).where(Correction.property_id == property_id, Correction.state != "approved")
    if place:
        found = found.where(place.before(at, Correction.id.expression))
    return found.order_by(at.desc(), Correction.id.desc()).limit(limit)


def recorders_of(organisation_id: uuid.UUID, value_ids: Ids) -> Select[uuid.UUID, str]:
    """Values that people recorded, and who did."""
    return (
        changes_of_records(organisation_id, value_ids)
        .where(Change.before == {})
        .with_only_columns(Change.record_id, Change.actor_name)
    )


def first_overwritten(organisation_id: uuid.UUID, record_ids: Ids) -> Select[Change]:
    """Of each record that an import or a revert wrote over, the first such change: it says whose the record was."""
    return (
        changes_of_records(organisation_id, record_ids)
        .where(Change.before.has_key("import_run_id"))
        .ext(distinct_on(Change.record_id, Change.other_id))
        .order_by(Change.record_id, Change.other_id, Change.changed_at, Change.id)
    )

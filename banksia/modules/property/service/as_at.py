"""Records as they were: rows and the journal of what was done to them since give what held at a moment."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day, council_zone
from banksia.kit.database import organisation_id_of
from banksia.kit.models import Base
from banksia.modules.property.errors import AsAtInvalid
from banksia.modules.property.models import Change
from banksia.modules.property.queries.changes import changes_after
from banksia.modules.property.service.journal import RecordKey, key_of

RowT = TypeVar("RowT", bound=Base)
_READERS: Mapping[type, Any] = {
    uuid.UUID: uuid.UUID,
    datetime.datetime: datetime.datetime.fromisoformat,
    datetime.date: datetime.date.fromisoformat,
}


def end_of_day(session: Session, day: datetime.date | None) -> datetime.datetime | None:
    """The last moment of a day at the council's clock; raises AsAtInvalid when the day has not begun."""
    if day is None:
        return None
    if day > council_day(session):
        raise AsAtInvalid
    zone = council_zone(session)
    try:
        return datetime.datetime.combine(day, datetime.time.max, zone).astimezone(datetime.UTC)
    except OverflowError:
        raise AsAtInvalid from None


class Since:
    """What was done to some records after a moment; the present moment when there is none."""

    def __init__(self, moment: datetime.datetime | None, changes: Iterable[Change] = ()) -> None:
        """Take the journal's rows after the moment, the latest first."""
        self.moment = moment
        self._before: defaultdict[RecordKey, dict[str, Any]] = defaultdict(dict)
        for change in changes:  # the earliest comes last and wins
            self._before[change.table_name, change.record_id, change.other_id].update(change.before)

    @classmethod
    def load(cls, session: Session, moment: datetime.datetime | None, record_ids: Iterable[uuid.UUID]) -> "Since":
        """Read the journal of some records in one statement, in none for the present."""
        ids = list(record_ids)
        if moment is None or not ids:
            return cls(moment)
        return cls(moment, session.scalars(changes_after(organisation_id_of(session), ids, moment)))

    def as_it_was(self, row: RowT) -> RowT:
        """A record with its columns as they were; the record itself for the present."""
        before = self._before.get(key_of(row))
        if not before:
            return row
        return copied(row, **in_columns(row, before))

    def began(self, row: Any) -> bool:
        """Whether a record had begun to hold; one that was taken back never did."""
        if row.valid_to == row.valid_from:
            return False
        return self.moment is None or row.valid_from <= self.moment

    def holds(self, row: Any) -> bool:
        """Whether a record held: by what is known now of its days, and by what the journal says it was then."""
        then = self.as_it_was(row)
        return self.began(row) and self.began(then) and not (self._ended(row) or self._ended(then))

    def _ended(self, row: Any) -> bool:
        if row.valid_to is None:
            return False
        return self.moment is None or bool(row.valid_to <= self.moment)

    def held(self, rows: Iterable[RowT]) -> list[RowT]:
        """Those of the records that held, as they were."""
        return [self.as_it_was(row) for row in rows if self.holds(row)]


def in_columns(row: Base, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the journal kept of a record, in the types of its columns."""
    columns = inspect(type(row)).columns
    return {name: _read(columns[name].type.python_type, value) for name, value in kept.items() if name in columns}


def copied(row: RowT, **values: Any) -> RowT:
    """A record beside the session, with other values: what is read of the past is never written."""
    present = {column.key: getattr(row, column.key) for column in inspect(type(row)).columns}
    return type(row)(**(present | values))


def _read(kind: type, value: Any) -> Any:
    return _READERS.get(kind, lambda same: same)(value) if value is not None else None

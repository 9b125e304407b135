"""Every change of a record of the truth writes one row of the journal: what the columns were, and what they are."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import Base
from banksia.modules.property.models import Change, Correction, LineageEvent

RecordKey = tuple[str, uuid.UUID, uuid.UUID | None]
"""Table, record and, for a link, the second record that it joins."""


def key_of(row: Base) -> RecordKey:
    """What the journal calls a record."""
    mapper = inspect(type(row))
    names = [str(column.key) for column in mapper.primary_key if column.key != "organisation_id"]
    first, *rest = (getattr(row, name) for name in names)
    return type(row).__tablename__, first, rest[0] if rest else None


def note_change(
    session: Session, actor: Actor, row: Base, values: dict[str, Any], *, because: Correction | LineageEvent | str
) -> bool:
    """Set columns of a record and journal those that differ; `because` is a correction, an event, or an act's name.

    Answers whether anything changed.
    """
    before = {name: getattr(row, name) for name in values}
    changed = [name for name, value in values.items() if before[name] != value]
    if not changed:
        return False
    for name in changed:
        setattr(row, name, values[name])
    was = {name: before[name] for name in changed}
    _write(session, actor, row, was, {name: values[name] for name in changed}, because)
    return True


def note_new(
    session: Session, actor: Actor, row: Base, names: Sequence[str], *, because: Correction | LineageEvent | str
) -> None:
    """Journal a record that a person made, with some of its columns; what an import makes carries its id instead."""
    _write(session, actor, row, {}, {name: getattr(row, name) for name in names}, because)


def _write(
    session: Session,
    actor: Actor,
    row: Base,
    before: dict[str, Any],
    after: dict[str, Any],
    because: Correction | LineageEvent | str,
) -> None:
    table_name, record_id, other_id = key_of(row)
    session.add(
        Change(
            organisation_id=organisation_id_of(session),
            act=_act(because),
            correction_id=because.id if isinstance(because, Correction) else None,
            lineage_event_id=because.id if isinstance(because, LineageEvent) else None,
            table_name=table_name,
            record_id=record_id,
            other_id=other_id,
            before={name: as_json(value) for name, value in before.items()},
            after={name: as_json(value) for name, value in after.items()},
            changed_at=utc_now(),
            actor_name=actor.name,
        )
    )


def _act(because: Correction | LineageEvent | str) -> str:
    if isinstance(because, str):
        return because
    return "correction" if isinstance(because, Correction) else "lineage"


def as_json(value: Any) -> Any:
    """A column's value as the journal keeps it."""
    if isinstance(value, uuid.UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime.date) else value

"""What the time line needs to know of a property besides its journal, read in a constant number of statements."""

import uuid
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.kit.models import Base
from banksia.modules.property.models import AttributeDefinition, AttributeValue, ImportRun, Owner
from banksia.modules.property.queries import attributes, owners
from banksia.modules.property.queries.history import first_overwritten, recorders_of
from banksia.modules.property.queries.properties import import_runs_of
from banksia.modules.property.service.earlier import PropertyRows, load_rows
from banksia.modules.property.service.journal import key_of


class Origin(NamedTuple):
    """An import and a line of its file."""

    run_id: uuid.UUID | None
    line: int | None


@dataclass(frozen=True)
class Facts:
    """A property with everything that was ever linked to it or recorded for it."""

    rows: PropertyRows
    values: dict[uuid.UUID, AttributeValue]
    definitions: dict[uuid.UUID, AttributeDefinition]
    owners: dict[uuid.UUID, Owner]
    runs: dict[uuid.UUID, ImportRun]
    names: dict[uuid.UUID, str]
    """Records by id, in words."""
    recorders: dict[uuid.UUID, str]
    """Who wrote the values that no import brought."""
    origins: dict[tuple[uuid.UUID, uuid.UUID | None], Origin]
    """Import and line by which records came that another wrote over since."""

    @property
    def ids(self) -> set[uuid.UUID]:
        """Every record that the journal may name."""
        return self.rows.ids | set(self.values) | set(self.owners)

    def origin_of(self, record: Base) -> Origin:
        """The import and the line that brought a record first; none when a person wrote it."""
        _, record_id, other_id = key_of(record)
        last = Origin(record.import_run_id, record.source_line)  # type: ignore[attr-defined]  # every record has both
        first = self.origins.get((record_id, other_id))
        return Origin(first.run_id, first.line or last.line) if first else last

    @property
    def records(self) -> list[Base]:
        """Everything that an import may have brought, but attributes and owners."""
        rows = self.rows
        return [rows.row, *rows.parcels, *rows.addresses, *rows.parcel_links, *rows.address_links, *rows.direct_links]


def load_facts(session: Session, property_id: uuid.UUID, *, with_owners: bool) -> Facts:
    """Read them; raises PropertyNotFound."""
    organisation_id = organisation_id_of(session)
    rows = load_rows(session, property_id)
    parcel_ids = {parcel.id for parcel in rows.parcels}
    values = list(session.scalars(attributes.values_of(organisation_id, [property_id], parcel_ids)))
    definitions = {row.id: row for row in session.scalars(attributes.definitions_of(organisation_id))}
    held = list(session.scalars(owners.owners_of(organisation_id, [property_id]))) if with_owners else []
    names = {row.id: row.title for row in rows.parcels} | {row.id: row.text for row in rows.addresses}
    names |= {row.id: row.name for row in held}
    names |= {value.id: _value_name(value, definitions, names) for value in values}
    value_ids = {value.id for value in values}
    wrote = {row[0]: row[1] for row in session.execute(recorders_of(organisation_id, value_ids))}
    by_id = {row.id: row for row in values}, {row.id: row for row in held}
    ids = rows.ids | value_ids | set(by_id[1])
    facts = Facts(rows, by_id[0], definitions, by_id[1], {}, names, wrote, _origins(session, ids))
    brought: list[Base] = [*facts.records, *values, *held]
    run_ids = {record.import_run_id for record in brought if record.import_run_id}  # type: ignore[attr-defined]  # the same
    run_ids |= {origin.run_id for origin in facts.origins.values() if origin.run_id}
    facts.runs.update({run.id: run for run in session.scalars(import_runs_of(organisation_id, run_ids))})
    return facts


def _origins(session: Session, ids: set[uuid.UUID]) -> dict[tuple[uuid.UUID, uuid.UUID | None], Origin]:
    found: dict[tuple[uuid.UUID, uuid.UUID | None], Origin] = {}
    for change in session.scalars(first_overwritten(organisation_id_of(session), ids)):
        run_id = change.before["import_run_id"]
        line = change.before.get("source_line")  # not there when the later import named no line
        found[change.record_id, change.other_id] = Origin(uuid.UUID(run_id) if run_id else None, line)
    return found


def _value_name(
    value: AttributeValue, definitions: dict[uuid.UUID, AttributeDefinition], names: dict[uuid.UUID, str]
) -> str:
    title = definitions[value.definition_id].title
    return f"{title}, {names[value.parcel_id]}" if value.parcel_id else title

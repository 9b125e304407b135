"""What the time line needs to know of a property besides its journal, read in a constant number of statements."""

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.models import AttributeDefinition, AttributeValue, ImportRun, Owner, Sourced
from banksia.modules.property.queries import attributes, owners
from banksia.modules.property.queries.history import recorders_of
from banksia.modules.property.queries.properties import import_runs_of
from banksia.modules.property.service.earlier import PropertyRows, load_rows


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

    @property
    def ids(self) -> set[uuid.UUID]:
        """Every record that the journal may name."""
        return self.rows.ids | set(self.values) | set(self.owners)

    @property
    def records(self) -> list[Sourced]:
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
    by_hand = [value.id for value in values if value.import_run_id is None]
    wrote = {row[0]: row[1] for row in session.execute(recorders_of(organisation_id, by_hand))} if by_hand else {}
    facts = Facts(rows, {row.id: row for row in values}, definitions, {row.id: row for row in held}, {}, names, wrote)
    run_ids = {record.import_run_id for record in (*facts.records, *values, *held) if record.import_run_id}
    facts.runs.update({run.id: run for run in session.scalars(import_runs_of(organisation_id, run_ids))})
    return facts


def _value_name(
    value: AttributeValue, definitions: dict[uuid.UUID, AttributeDefinition], names: dict[uuid.UUID, str]
) -> str:
    title = definitions[value.definition_id].title
    return f"{title}, {names[value.parcel_id]}" if value.parcel_id else title

"""Taking an event back, as long as nothing depends on it: what it changed is as before, what it made never was."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import enabled_modules
from banksia.kit.actor import Actor
from banksia.kit.models import Base
from banksia.modules.property.errors import LineageDependedOn, LineageNotFound
from banksia.modules.property.models import Change, LineageEvent, Parcel, Property, PropertyParcel
from banksia.modules.property.queries import attributes, changes, land, owners
from banksia.modules.property.queries import lineage as queries
from banksia.modules.property.service.as_at import in_columns
from banksia.modules.property.service.contributions import list_contributions
from banksia.modules.property.service.importing.refreshing import refresh_search
from banksia.modules.property.service.journal import key_of, note_change
from banksia.modules.property.service.lineage.recording import tell
from banksia.modules.property.service.statuses import lock_land, properties_of_parcels, settle_statuses

REVERT = "revert"
Records = Mapping[tuple[str, uuid.UUID, uuid.UUID | None], Base]


def undo_lineage(session: Session, actor: Actor, event_id: uuid.UUID) -> None:
    """Take back an event; raises LineageNotFound, LineageDependedOn, or LandBusy while an import is applied."""
    lock_land(session)
    event = session.scalar(queries.events_with_ids(actor.organisation_id, [event_id]).with_for_update())
    if event is None:
        raise LineageNotFound
    done = list(session.scalars(changes.changes_of_event(actor.organisation_id, event_id)))
    sides = list(session.scalars(queries.sides_of_events(actor.organisation_id, [event_id])))
    parcel_ids = {side.parcel_id for side in sides}
    made = {change.record_id for change in done if not change.before and change.table_name != "property_parcels"}
    _refuse_if_needed(session, event, done, parcel_ids, made)
    touched = properties_of_parcels(session, parcel_ids)
    created, ended = _take_back(session, actor, event, done)
    settle_statuses(session, actor, touched, because=REVERT)
    refresh_search(session, touched)
    tell(session, created=created, ended=ended)
    audit.record(session, actor, "property.lineage_undone", subject=event, detail={"plan": event.plan})


def _refuse_if_needed(
    session: Session, event: LineageEvent, done: list[Change], parcel_ids: set[uuid.UUID], made: set[uuid.UUID]
) -> None:
    organisation_id, ids = event.organisation_id, parcel_ids | {change.record_id for change in done}
    children = {change.record_id for change in done if change.table_name == "parcels"} & made
    later = session.execute(queries.sides_of_parcels(organisation_id, made | children))
    if any(row[1].id != event.id for row in later):
        raise LineageDependedOn("A later event names one of its parcels. Undo that one first.")
    last = max((change.changed_at for change in done), default=event.created_at)
    since = session.scalars(changes.changes_after(organisation_id, ids, last))
    if any(change.lineage_event_id != event.id for change in since):
        raise LineageDependedOn("Its parcels were changed since, by an import or by a person. Record what is so now.")
    known = (
        session.scalar(land.imported_links_of(organisation_id, children)),
        session.scalar(attributes.values_of(organisation_id, made, made).limit(1)),
        session.scalar(owners.owners_of(organisation_id, made).limit(1)),
    )
    if any(known) or _others_know(session, organisation_id, done):
        raise LineageDependedOn("Something is recorded for the parcels that it made: they can no longer be taken back.")


def _others_know(session: Session, organisation_id: uuid.UUID, done: list[Change]) -> bool:
    """Whether an order or a document of another module is about a property that the event made."""
    made = [change.record_id for change in done if change.table_name == "properties" and not change.before]
    system = Actor.system(organisation_id)
    enabled = enabled_modules(session)
    answers = (list_contributions(session, system, property_id=each, enabled_modules=enabled) for each in made)
    return any(each.count for answer in answers for each in answer.contributions)


def _take_back(
    session: Session, actor: Actor, event: LineageEvent, done: list[Change]
) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Undo the journal of the event from its end; answers which parcels hold again, and which never did."""
    records = _records(session, event.organisation_id, done)
    created: list[uuid.UUID] = []
    ended: list[uuid.UUID] = []
    for change in sorted(done, key=lambda each: each.id, reverse=True):
        row: Any = records[change.table_name, change.record_id, change.other_id]
        values = in_columns(row, change.before) if change.before else {"valid_to": row.valid_from}
        note_change(session, actor, row, values, because=REVERT)
        if change.table_name == "parcels" and "valid_to" in values:
            (created if row.valid_to is None else ended).append(row.id)
    event.valid_to = event.valid_from
    session.flush()
    return created, ended


def _records(session: Session, organisation_id: uuid.UUID, done: Iterable[Change]) -> Records:
    ids: dict[str, set[uuid.UUID]] = {"parcels": set(), "properties": set(), "property_parcels": set()}
    for change in done:
        ids[change.table_name].add(change.record_id)
    rows: list[Parcel | Property | PropertyParcel] = [
        *session.scalars(land.parcels_with_ids(organisation_id, ids["parcels"])),
        *session.scalars(land.property_rows(organisation_id, ids["properties"])),
        *session.scalars(land.parcel_links_of(organisation_id, ids["property_parcels"])),
    ]
    return {key_of(row): row for row in rows}

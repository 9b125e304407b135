"""The parts of the time line, each as entries."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.kit.words import day_in_words
from banksia.modules.property.models import AttributeValue, Change, ImportRun, LineageEvent
from banksia.modules.property.queries import history as queries
from banksia.modules.property.queries import land
from banksia.modules.property.queries import lineage as lineage_queries
from banksia.modules.property.queries.history import Place
from banksia.modules.property.schemas.history import HistoryChange, HistoryKind, HistoryRead
from banksia.modules.property.service.attributes.values import shown
from banksia.modules.property.service.history.facts import Facts
from banksia.modules.property.service.history.words import assessments_named, changes_in_words, title_of
from banksia.modules.property.service.lineage.kinds import KINDS
from banksia.modules.property.service.lineage.reading import describe_parcels

KINDS_OF_ACTS: dict[str, HistoryKind] = {"import": "import", "revert": "revert", "correction": "correction"}


def journal_entries(session: Session, facts: Facts, place: Place | None, limit: int) -> Iterator[HistoryRead]:
    """What the journal says; a value or an owner that another follows is told by the one that follows."""
    organisation_id = organisation_id_of(session)
    ids_told = facts.ids - _followed(facts)
    changes = list(session.scalars(queries.newest_changes(organisation_id, ids_told, place, limit)))
    ids = assessments_named(changes)
    rows = session.scalars(land.assessments_with_ids(organisation_id, ids)) if ids else ()
    numbers = {str(row.id): row.number for row in rows}
    for change in changes:
        run = facts.runs.get(change.import_run_id) if change.import_run_id else None
        yield HistoryRead(
            id=str(change.id),
            at=change.changed_at,
            kind=KINDS_OF_ACTS.get(change.act, "entry"),
            title=title_of(change),
            about=_about(facts, change),
            by=change.actor_name,
            file_name=run.file_name if run else None,
            line=None,
            import_run_id=change.import_run_id,
            correction_id=change.correction_id,
            lineage_event_id=change.lineage_event_id,
            is_personal=change.table_name == "owners",
            changes=changes_in_words(change, numbers),
        )


def correction_entries(session: Session, facts: Facts, place: Place | None, limit: int) -> Iterator[HistoryRead]:
    """Corrections that wait, or that were turned down."""
    organisation_id, property_id = organisation_id_of(session), facts.rows.row.id
    for row in session.scalars(queries.newest_corrections(organisation_id, property_id, place, limit)):
        yield HistoryRead(
            id=str(row.id),
            at=row.decided_at or row.created_at,
            kind="correction",
            title=f"Correction {row.state}",
            about=facts.names.get(row.record_id, ""),
            by=row.decided_by_name or row.proposed_by_name,
            file_name=None,
            line=None,
            import_run_id=None,
            correction_id=row.id,
            lineage_event_id=None,
            is_personal=False,
            changes=[HistoryChange(label=row.decision or row.reason, before=row.before, after=row.after)],
        )


def lineage_entries(session: Session, facts: Facts) -> Iterator[HistoryRead]:
    """The events that the property's parcels stand in."""
    organisation_id = organisation_id_of(session)
    parcel_ids = {parcel.id for parcel in facts.rows.parcels}
    events: dict[uuid.UUID, LineageEvent] = {}
    for row in session.execute(lineage_queries.sides_of_parcels(organisation_id, parcel_ids)) if parcel_ids else ():
        events[row[1].id] = row[1]
    if not events:
        return
    sides: defaultdict[uuid.UUID, list[tuple[str, uuid.UUID]]] = defaultdict(list)
    for side in session.scalars(lineage_queries.sides_of_events(organisation_id, events)):
        sides[side.event_id].append((side.side, side.parcel_id))
    ids = {parcel_id for found in sides.values() for _, parcel_id in found}
    titles = {parcel.id: parcel.title for parcel in describe_parcels(session, ids)}
    for event in events.values():
        before, after = (
            ", ".join(titles[parcel_id] for name, parcel_id in sides[event.id] if name == side)
            for side in ("parent", "child")
        )
        yield _entry(
            event.id,
            event.created_at,
            "lineage",
            f"{KINDS[event.kind].title} by {event.plan} on {day_in_words(event.occurred_on)}",
            event.source,
            by=event.recorded_by_name,
            changes=[HistoryChange(label="Parcels", before=before or None, after=after or None)],
            lineage_event_id=event.id,
        )


def import_entries(facts: Facts) -> Iterator[HistoryRead]:
    """What imports brought, one entry an import."""
    brought: defaultdict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    for record in facts.records:
        run_id = facts.origin_of(record).run_id
        if run_id in facts.runs:
            brought[run_id][type(record).__tablename__] += 1
    for run_id, counts in brought.items():
        run = facts.runs[run_id]
        words = (("properties", "property"), ("parcels", "parcel"), ("addresses", "address"))
        said = [f"{counts[table]} {word if counts[table] == 1 else table}" for table, word in words if counts[table]]
        yield _entry(
            run.id,
            run.finished_at or run.started_at,
            "import",
            "Imported",
            ", ".join(said) or "links between parcels and addresses",
            by=run.applied_by_name or run.requested_by_name,
            run=run,
        )


def attribute_entries(facts: Facts) -> Iterator[HistoryRead]:
    """Every value that was recorded or imported, with the one before it."""
    followers: dict[tuple[object, ...], AttributeValue] = {}
    for value in sorted(facts.values.values(), key=lambda row: (row.valid_from, row.id)):
        place = (value.definition_id, value.parcel_id, value.property_id)
        before = followers.get(place)
        followers[place] = value
        origin = facts.origin_of(value)
        run = facts.runs.get(origin.run_id) if origin.run_id else None
        yield _entry(
            value.id,
            value.valid_from,
            "attribute",
            "Attribute imported" if run else "Attribute recorded",
            facts.names[value.id],
            by=run.requested_by_name if run else facts.recorders.get(value.id),
            run=run,
            line=origin.line if run else None,
            changes=[
                HistoryChange(label="Value", before=_shown(facts, before), after=_shown(facts, value)),
                HistoryChange(label="Source", before=before.source if before else None, after=value.source),
            ],
        )


def owner_entries(facts: Facts) -> Iterator[HistoryRead]:
    """Every owner from when on the council knows it; none for who may not see them."""
    for owner in facts.owners.values():
        origin = facts.origin_of(owner)
        run = facts.runs.get(origin.run_id) if origin.run_id else None
        yield _entry(
            owner.id,
            owner.valid_from,
            "owner",
            "Owner recorded",
            owner.name,
            by=run.requested_by_name if run else None,
            run=run,
            line=origin.line if run else None,
            is_personal=True,
        )


def _followed(facts: Facts) -> set[uuid.UUID]:
    """Values that ended in the moment in which another began."""
    begun = {(row.definition_id, row.parcel_id, row.property_id, row.valid_from) for row in facts.values.values()}
    return {
        row.id
        for row in facts.values.values()
        if (row.definition_id, row.parcel_id, row.property_id, row.valid_to) in begun
    }


def _about(facts: Facts, change: Change) -> str:
    names = [facts.names[key] for key in (change.record_id, change.other_id) if key in facts.names]
    return ", ".join(names)


def _shown(facts: Facts, value: AttributeValue | None) -> str | None:
    return shown(facts.definitions[value.definition_id].kind, value.value, value.detail) if value else None


def _entry(
    row_id: uuid.UUID,
    at: object,
    kind: HistoryKind,
    title: str,
    about: str,
    *,
    by: str | None,
    run: ImportRun | None = None,
    line: int | None = None,
    **more: object,
) -> HistoryRead:
    given = {
        "id": str(row_id),
        "at": at,
        "kind": kind,
        "title": title,
        "about": about,
        "by": by,
        "file_name": run.file_name if run else None,
        "line": line,
        "import_run_id": run.id if run else None,
        "correction_id": None,
        "lineage_event_id": None,
        "is_personal": False,
        "changes": [],
    }
    return HistoryRead.model_validate(given | more)

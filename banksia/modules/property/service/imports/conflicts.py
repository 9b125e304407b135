"""What imports say against approved corrections, and how a person decides."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.paging import Key, page_of
from banksia.modules.property.errors import ConflictNotFound
from banksia.modules.property.models import Conflict, Correction
from banksia.modules.property.queries import imports as queries
from banksia.modules.property.queries.land import addresses_with_ids, parcels_with_ids
from banksia.modules.property.schemas.quality import ConflictRead
from banksia.modules.property.service.imports.quality import file_names
from banksia.modules.property.service.imports.taking import take_imported
from banksia.modules.property.service.properties import properties_with_ids


def list_conflicts(
    session: Session, actor: Actor, *, state: str, limit: int, cursor: str | None
) -> tuple[list[ConflictRead], str | None]:
    """Conflicts in one state, the newest first."""
    rows, following = page_of(
        session,
        queries.conflicts_of(actor.organisation_id).where(Conflict.state == state),
        keys=[Key(Conflict.id, "id", descending=True)],
        limit=limit,
        cursor=cursor,
    )
    return _described(session, actor, rows), following


def decide_conflict(session: Session, actor: Actor, *, conflict_id: uuid.UUID, take: bool) -> ConflictRead:
    """Keep the correction, or give it up for what the file says; raises ConflictNotFound."""
    found = queries.conflicts_of(actor.organisation_id).where(Conflict.id == conflict_id, Conflict.state == "open")
    conflict = session.scalar(found.with_for_update())
    if conflict is None:
        raise ConflictNotFound
    correction = session.scalars(
        queries.corrections_with_ids(actor.organisation_id, [conflict.correction_id]).with_for_update()
    ).one()
    if take:
        take_imported(session, actor, correction, conflict.imported_value)
    conflict.state = "taken" if take else "kept"
    conflict.decided_at, conflict.decided_by_id, conflict.decided_by_name = utc_now(), actor.user_id, actor.name
    audit.record(
        session,
        actor,
        "property.conflict_decided",
        subject=conflict,
        detail={"decision": conflict.state, "field": correction.field, "imported_value": conflict.imported_value},
    )
    session.flush()
    return _described(session, actor, [conflict])[0]


def _described(session: Session, actor: Actor, rows: list[Conflict]) -> list[ConflictRead]:
    if not rows:
        return []
    organisation_id = actor.organisation_id
    ids = {row.correction_id for row in rows}
    corrections = {row.id: row for row in session.scalars(queries.corrections_with_ids(organisation_id, ids))}
    names = file_names(session, actor, {row.import_run_id for row in rows})
    properties = properties_with_ids(session, {each.property_id for each in corrections.values()})
    records = _records(session, organisation_id, list(corrections.values()))
    return [_read(row, corrections[row.correction_id], names, properties, records) for row in rows]


def _records(session: Session, organisation_id: uuid.UUID, corrections: list[Correction]) -> dict[uuid.UUID, str]:
    """What the corrected records are called."""
    of = {
        name: {each.record_id for each in corrections if each.table_name == name} for name in ("addresses", "parcels")
    }
    called = {row.id: row.text for row in session.scalars(addresses_with_ids(organisation_id, of["addresses"]))}
    return called | {row.id: row.title for row in session.scalars(parcels_with_ids(organisation_id, of["parcels"]))}


def _read(
    row: Conflict,
    correction: Correction,
    names: dict[uuid.UUID, str],
    properties: dict[uuid.UUID, Any],
    records: dict[uuid.UUID, str],
) -> ConflictRead:
    about = properties.get(correction.property_id)
    return ConflictRead(
        id=row.id,
        state=row.state,  # type: ignore[arg-type]  # a check constraint allows nothing else
        property_id=correction.property_id,
        address=about.address if about else None,
        record=records.get(correction.record_id, ""),
        field=correction.field,  # type: ignore[arg-type]  # written as one of them only
        before=correction.before,
        kept=correction.after,
        imported_value=row.imported_value,
        reason=correction.reason,
        corrected_by_name=correction.decided_by_name or correction.proposed_by_name,
        import_run_id=row.import_run_id,
        file_name=names.get(row.import_run_id),
        line=row.source_line,
        created_at=row.created_at,
        decided_at=row.decided_at,
        decided_by_name=row.decided_by_name,
    )

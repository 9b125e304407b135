"""Corrections put into words, many in a constant number of statements."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.property import permissions
from banksia.modules.property.models import Correction
from banksia.modules.property.queries import land
from banksia.modules.property.schemas.history import CorrectionRead
from banksia.modules.property.service.properties import properties_with_ids


def describe_corrections(session: Session, actor: Actor, rows: Sequence[Correction]) -> list[CorrectionRead]:
    """Corrections with their properties and records, and what the actor may do with each."""
    if not rows:
        return []
    ids = {row.record_id for row in rows}
    organisation_id = actor.organisation_id
    names = {row.id: row.text for row in session.scalars(land.addresses_with_ids(organisation_id, ids))}
    names |= {row.id: row.title for row in session.scalars(land.parcels_with_ids(organisation_id, ids))}
    properties = properties_with_ids(session, {row.property_id for row in rows})
    addresses = {property_id: found.address for property_id, found in properties.items()}
    return [_read(actor, row, names.get(row.record_id, ""), addresses.get(row.property_id)) for row in rows]


def _read(actor: Actor, row: Correction, record: str, address: str | None) -> CorrectionRead:
    is_open, is_own = row.state == "proposed", row.proposed_by_id == actor.user_id
    return CorrectionRead(
        id=row.id,
        property_id=row.property_id,
        address=address,
        record_id=row.record_id,
        record_kind="address" if row.table_name == "addresses" else "parcel",
        record=record,
        field=row.field,  # type: ignore[arg-type]  # written as one of them only
        before=row.before,
        after=row.after,
        reason=row.reason,
        state=row.state,  # type: ignore[arg-type]  # a check constraint allows nothing else
        is_binding=row.is_binding,
        proposed_at=row.created_at,
        proposed_by_id=row.proposed_by_id,
        proposed_by_name=row.proposed_by_name,
        decided_at=row.decided_at,
        decided_by_name=row.decided_by_name,
        decision=row.decision,
        may_decide=is_open and not is_own and actor.may(permissions.CORRECTIONS_DECIDE),
        may_withdraw=is_open and is_own,
    )

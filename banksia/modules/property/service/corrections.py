"""Corrections: one officer proposes, another decides; what is approved is true at once, and imports keep to it."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.kit.paging import Key, page_of
from banksia.modules.property.errors import (
    CorrectionDecided,
    CorrectionInvalid,
    CorrectionNotFound,
    CorrectionNotYours,
    CorrectionOpen,
    CorrectionOwn,
    CorrectionStale,
)
from banksia.modules.property.events import AddressChanged
from banksia.modules.property.models import Address, Correction, Parcel
from banksia.modules.property.queries import changes as queries
from banksia.modules.property.queries import land
from banksia.modules.property.schemas.history import CorrectionCreate, CorrectionRead
from banksia.modules.property.service.corrected import as_text, check_value
from banksia.modules.property.service.describing_corrections import describe_corrections
from banksia.modules.property.service.importing.refreshing import refresh_search
from banksia.modules.property.service.imports.taking import values_of_field
from banksia.modules.property.service.journal import note_change
from banksia.modules.property.service.lineage.recording import tell
from banksia.modules.property.service.properties import get_property
from banksia.modules.property.service.statuses import lock_land, properties_of_parcels, settle_statuses

NEWEST_FIRST = (Key(Correction.id, "id", descending=True),)


def list_corrections(
    session: Session,
    actor: Actor,
    *,
    state: str | None,
    property_id: uuid.UUID | None,
    limit: int,
    cursor: str | None,
) -> tuple[list[CorrectionRead], str | None]:
    """Corrections of the council or of one property, the newest first."""
    wanted = queries.corrections_of(actor.organisation_id)
    if state is not None:
        wanted = wanted.where(Correction.state == state)
    if property_id is not None:
        wanted = wanted.where(Correction.property_id == property_id)
    rows, following = page_of(session, wanted, keys=NEWEST_FIRST, limit=limit, cursor=cursor)
    return describe_corrections(session, actor, rows), following


def propose_correction(
    session: Session, actor: Actor, *, property_id: uuid.UUID, proposed: CorrectionCreate
) -> CorrectionRead:
    """Ask for a correction; raises PropertyNotFound, CorrectionInvalid, CorrectionOpen or AddressTaken."""
    row = _record(session, property_id, proposed)
    waiting = session.scalar(queries.open_correction(actor.organisation_id, row.id, proposed.field))
    if waiting is not None:
        raise CorrectionOpen(waiting.proposed_by_name)
    after = check_value(session, row, proposed.field, proposed.value)
    before = as_text(getattr(row, proposed.field))
    if after == before:
        raise CorrectionInvalid("That is what the record says already.")
    correction = Correction(
        id=new_id(),
        organisation_id=actor.organisation_id,
        property_id=property_id,
        table_name=type(row).__tablename__,
        record_id=row.id,
        field=proposed.field,
        before=before,
        after=after,
        reason=proposed.reason,
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )
    session.add(correction)
    session.flush()
    _record_act(session, actor, correction, "proposed")
    return describe_corrections(session, actor, [correction])[0]


def approve_correction(session: Session, actor: Actor, *, correction_id: uuid.UUID, decision: str) -> CorrectionRead:
    """Make a correction true.

    Raises CorrectionNotFound, CorrectionDecided, CorrectionOwn, CorrectionStale, AddressTaken, or LandBusy.
    """
    lock_land(session)
    correction = _open(session, actor, correction_id)
    _refuse_own(actor, correction)
    row = _row(session, correction.table_name, correction.record_id)
    now = as_text(getattr(row, correction.field))
    if now != correction.before:
        raise CorrectionStale(correction.before, now)
    correction.imported_key = _imported_key(session, correction, row)
    _decide(actor, correction, "approved", decision)
    correction.is_binding = True
    session.flush()
    touched = _touched(session, row)
    values = values_of_field(session, row, correction.field, correction.after)
    note_change(session, actor, row, values, because=correction)
    settle_statuses(session, actor, touched, because=correction)
    refresh_search(session, touched)
    _tell(session, correction, touched)
    _record_act(session, actor, correction, "approved")
    return describe_corrections(session, actor, [correction])[0]


def reject_correction(session: Session, actor: Actor, *, correction_id: uuid.UUID, decision: str) -> CorrectionRead:
    """Turn a correction down; raises CorrectionNotFound, CorrectionDecided or CorrectionOwn."""
    correction = _open(session, actor, correction_id)
    _refuse_own(actor, correction)
    _decide(actor, correction, "rejected", decision)
    _record_act(session, actor, correction, "rejected")
    return describe_corrections(session, actor, [correction])[0]


def withdraw_correction(session: Session, actor: Actor, *, correction_id: uuid.UUID, decision: str) -> CorrectionRead:
    """Take one's own correction back; raises CorrectionNotFound, CorrectionDecided or CorrectionNotYours."""
    correction = _open(session, actor, correction_id)
    if correction.proposed_by_id != actor.user_id:
        raise CorrectionNotYours(correction.proposed_by_name)
    _decide(actor, correction, "withdrawn", decision)
    _record_act(session, actor, correction, "withdrawn")
    return describe_corrections(session, actor, [correction])[0]


def _record(session: Session, property_id: uuid.UUID, proposed: CorrectionCreate) -> Address | Parcel:
    found = get_property(session, property_id)
    of_address = proposed.field in ("text", "postcode")
    ids = [each.id for each in (found.addresses if of_address else found.parcels)]
    if proposed.record_id not in ids:
        kind = "addresses" if of_address else "parcels"
        raise CorrectionInvalid(f"Choose one of the property's {kind}.", "record_id")
    return _row(session, "addresses" if of_address else "parcels", proposed.record_id)


def _row(session: Session, table_name: str, record_id: uuid.UUID) -> Address | Parcel:
    organisation_id = organisation_id_of(session)
    if table_name == "addresses":
        return session.scalars(land.addresses_with_ids(organisation_id, [record_id]).with_for_update()).one()
    return session.scalars(land.parcels_with_ids(organisation_id, [record_id]).with_for_update()).one()


def _open(session: Session, actor: Actor, correction_id: uuid.UUID) -> Correction:
    wanted = queries.corrections_of(actor.organisation_id).where(Correction.id == correction_id)
    correction = session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if correction is None:
        raise CorrectionNotFound
    if correction.state != "proposed":
        raise CorrectionDecided(correction.state)
    return correction


def _refuse_own(actor: Actor, correction: Correction) -> None:
    if actor.user_id is None or correction.proposed_by_id == actor.user_id:
        raise CorrectionOwn


def _decide(actor: Actor, correction: Correction, state: str, decision: str) -> None:
    correction.state, correction.decision = state, decision or None
    correction.decided_at, correction.decided_by_id, correction.decided_by_name = utc_now(), actor.user_id, actor.name


def _imported_key(session: Session, correction: Correction, row: Address | Parcel) -> str | None:
    """The key by which files name the address: what it was before the first correction that still binds."""
    earlier = session.scalars(
        queries.binding_corrections(correction.organisation_id, correction.record_id, correction.field)
    ).all()
    for each in earlier:
        each.is_binding = False
    if correction.field != "text" or not isinstance(row, Address):
        return None
    return next((each.imported_key for each in earlier if each.imported_key), row.key)


def _touched(session: Session, row: Address | Parcel) -> set[uuid.UUID]:
    if isinstance(row, Address):
        return set(session.scalars(land.properties_at_address(row.organisation_id, row.id)))
    return properties_of_parcels(session, [row.id])


def _tell(session: Session, correction: Correction, touched: set[uuid.UUID]) -> None:
    if correction.table_name == "addresses":
        emit(session, AddressChanged(property_ids=sorted(touched)))
    elif correction.field == "status" and correction.after == "historic":
        tell(session, ended=[correction.record_id])
    elif correction.field == "status" and correction.before == "historic":
        tell(session, created=[correction.record_id])


def _record_act(session: Session, actor: Actor, correction: Correction, act: str) -> None:
    detail: dict[str, Any] = {name: getattr(correction, name) for name in ("field", "before", "after", "property_id")}
    audit.record(session, actor, f"property.correction_{act}", subject=correction, detail=detail)
    session.flush()

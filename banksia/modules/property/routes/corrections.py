"""Corrections: one officer proposes, another decides."""

import uuid

from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page
from banksia.modules.property import permissions
from banksia.modules.property.errors import (
    AddressTaken,
    CorrectionDecided,
    CorrectionInvalid,
    CorrectionNotFound,
    CorrectionNotYours,
    CorrectionOpen,
    CorrectionOwn,
    CorrectionStale,
    LandBusy,
    PropertyNotFound,
)
from banksia.modules.property.schemas.history import (
    CorrectionCreate,
    CorrectionDecision,
    CorrectionRead,
    CorrectionRejection,
    CorrectionState,
)
from banksia.modules.property.service import corrections as service

corrections = Router()


@corrections.get("/corrections", permission=permissions.PROPERTIES_READ)
def list_corrections(
    session: SessionDep,
    actor: ActorDep,
    state: CorrectionState | None = None,
    property_id: uuid.UUID | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[CorrectionRead]:
    """Corrections of the council or of one property, the newest first."""
    rows, following = service.list_corrections(
        session, actor, state=state, property_id=property_id, limit=limit, cursor=cursor
    )
    return Page(results=rows, next_cursor=following)


@corrections.post(
    "/properties/{property_id}/corrections",
    permission=permissions.CORRECTIONS_PROPOSE,
    status_code=201,
    raises=[PropertyNotFound, CorrectionInvalid, CorrectionOpen, AddressTaken],
)
def propose_correction(
    session: SessionDep, actor: ActorDep, property_id: uuid.UUID, proposed: CorrectionCreate
) -> CorrectionRead:
    """Propose what an address or a parcel of the property should say; somebody else decides."""
    return service.propose_correction(session, actor, property_id=property_id, proposed=proposed)


@corrections.post(
    "/corrections/{correction_id}/approve",
    permission=permissions.CORRECTIONS_DECIDE,
    raises=[CorrectionNotFound, CorrectionDecided, CorrectionOwn, CorrectionStale, AddressTaken, LandBusy],
)
def approve_correction(
    session: SessionDep, actor: ActorDep, correction_id: uuid.UUID, decision: CorrectionDecision
) -> CorrectionRead:
    """Make a correction true; later imports keep to it."""
    return service.approve_correction(session, actor, correction_id=correction_id, decision=decision.reason)


@corrections.post(
    "/corrections/{correction_id}/reject",
    permission=permissions.CORRECTIONS_DECIDE,
    raises=[CorrectionNotFound, CorrectionDecided, CorrectionOwn],
)
def reject_correction(
    session: SessionDep, actor: ActorDep, correction_id: uuid.UUID, decision: CorrectionRejection
) -> CorrectionRead:
    """Turn a correction down and say why."""
    return service.reject_correction(session, actor, correction_id=correction_id, decision=decision.reason)


@corrections.post(
    "/corrections/{correction_id}/withdraw",
    permission=permissions.CORRECTIONS_PROPOSE,
    raises=[CorrectionNotFound, CorrectionDecided, CorrectionNotYours],
)
def withdraw_correction(
    session: SessionDep, actor: ActorDep, correction_id: uuid.UUID, decision: CorrectionDecision
) -> CorrectionRead:
    """Take back what one proposed oneself."""
    return service.withdraw_correction(session, actor, correction_id=correction_id, decision=decision.reason)

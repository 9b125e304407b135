"""How parcels became others: read, checked, recorded and undone."""

import uuid

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.property import permissions
from banksia.modules.property.errors import (
    LandBusy,
    LineageDependedOn,
    LineageInvalid,
    LineageNotFound,
    PropertyNotFound,
)
from banksia.modules.property.schemas.lineage import LineagePreview, LineageRead, LineageRecord, LineageRecorded
from banksia.modules.property.service import lineage as service

lineage = Router()


@lineage.get("/properties/{property_id}/lineage", permission=permissions.PROPERTIES_READ, raises=[PropertyNotFound])
def read_lineage(session: SessionDep, property_id: uuid.UUID) -> LineageRead:
    """Where a property's parcels came from and what became of them, several generations either way."""
    return service.read_lineage(session, property_id)


@lineage.post("/lineage/preview", permission=permissions.LINEAGE_RECORD)
def preview_lineage(session: SessionDep, recorded: LineageRecord) -> LineagePreview:
    """What recording an event would do, and what stands against it; nothing is changed."""
    return service.preview_lineage(session, recorded)


@lineage.post("/lineage", permission=permissions.LINEAGE_RECORD, status_code=201, raises=[LineageInvalid, LandBusy])
def record_lineage(session: SessionDep, actor: ActorDep, recorded: LineageRecord) -> LineageRecorded:
    """Record a subdivision, consolidation or another event: parents end, missing children are made."""
    return service.record_lineage(session, actor, recorded)


@lineage.post(
    "/lineage/{event_id}/undo",
    permission=permissions.LINEAGE_RECORD,
    status_code=204,
    raises=[LineageNotFound, LineageDependedOn, LandBusy],
)
def undo_lineage(session: SessionDep, actor: ActorDep, event_id: uuid.UUID) -> None:
    """Take back an event that nothing depends on: its parents are as before, its children never were."""
    service.undo_lineage(session, actor, event_id)

"""Issuing several certificates together."""

import uuid

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors.straight_through import BatchNeedsPerson, BatchNotFound
from banksia.modules.certificates.schemas.batches import BatchCreate, BatchPreview, BatchPreviewRead, BatchRead
from banksia.modules.certificates.service import batches as service

batches = Router(prefix="/issue-batches")


@batches.post("/preview", permission=permissions.CERTIFICATES_ISSUE)
def preview_batch(session: SessionDep, actor: ActorDep, wanted: BatchPreview) -> BatchPreviewRead:
    """Which of the lines can be issued as they stand, and why the others cannot; nothing is issued."""
    return service.preview_batch(session, actor, line_ids=wanted.line_ids)


@batches.post("", permission=permissions.CERTIFICATES_ISSUE, status_code=201, raises=[BatchNeedsPerson])
def start_batch(session: SessionDep, actor: ActorDep, wanted: BatchCreate) -> BatchRead:
    """Issue the lines one after another in the background; sent again with the same key, it is one batch."""
    return service.start_batch(session, actor, wanted=wanted)


@batches.get("/{batch_id}", permission=permissions.ORDERS_READ, raises=[BatchNotFound])
def read_batch(session: SessionDep, actor: ActorDep, batch_id: uuid.UUID) -> BatchRead:
    """How far a batch is."""
    return service.read_batch(session, actor, batch_id=batch_id)

"""Bulk loads of scanned shelves."""

from uuid import UUID

from fastapi.responses import StreamingResponse

from banksia.foundation.storage.public import content_disposition
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import Page
from banksia.modules.files import permissions, service
from banksia.modules.files.errors import BatchNotFound, BatchNotReady, PlaceNotAllowed
from banksia.modules.files.schemas.loading import BatchCreate, BatchRead, BatchRowRead, PlacesRead, Verdict

loading = Router()


@loading.get("/batches", permission=permissions.BATCHES_LOAD)
def list_batches(
    session: SessionDep, actor: ActorDep, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[BatchRead]:
    """The bulk loads of the council, the newest first."""
    rows, following = service.list_batches(session, actor, limit=limit, cursor=cursor)
    return Page(results=rows, next_cursor=following)


@loading.get("/batch-places", permission=permissions.BATCHES_LOAD)
def list_places(session: SessionDep) -> PlacesRead:
    """The folders with a manifest, and the S3 prefixes, that this council can load from."""
    return PlacesRead(places=service.allowed_places(session))


@loading.post("/batches", permission=permissions.BATCHES_LOAD, status_code=201, raises=[PlaceNotAllowed])
def create_batch(session: SessionDep, actor: ActorDep, wanted: BatchCreate) -> BatchRead:
    """Check the manifest of a place, line by line; nothing is loaded before somebody says so."""
    return service.describe_batch(service.create_batch(session, actor, place=wanted.place, name=wanted.name))


@loading.get("/batches/{batch_id}", permission=permissions.BATCHES_LOAD, raises=[BatchNotFound])
def read_batch(session: SessionDep, batch_id: UUID) -> BatchRead:
    """One load: how far it is and how fast."""
    return service.read_batch(session, batch_id=batch_id)


@loading.get("/batches/{batch_id}/rows", permission=permissions.BATCHES_LOAD, raises=[BatchNotFound])
def list_batch_rows(
    session: SessionDep,
    actor: ActorDep,
    batch_id: UUID,
    verdict: Verdict | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[BatchRowRead]:
    """The lines of a load with their verdicts."""
    rows, following = service.list_batch_rows(
        session, actor, batch_id=batch_id, verdict=verdict, limit=limit, cursor=cursor
    )
    return Page(results=[BatchRowRead.model_validate(row) for row in rows], next_cursor=following)


@loading.get(
    "/batches/{batch_id}/rejected",
    permission=permissions.BATCHES_LOAD,
    transactions=True,
    raises=[BatchNotFound],
    response_class=StreamingResponse,
)
def download_rejected(transactions: TransactionsDep, batch_id: UUID) -> StreamingResponse:
    """What was not loaded, or not taken back, and why, as CSV."""
    lines = service.rejected_rows(transactions, batch_id=batch_id)
    headers = {
        "Content-Disposition": content_disposition("attachment", "not loaded.csv"),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(lines, media_type="text/csv", headers=headers)


@loading.post("/batches/{batch_id}/load", permission=permissions.BATCHES_LOAD, raises=[BatchNotFound, BatchNotReady])
def start_load(session: SessionDep, actor: ActorDep, batch_id: UUID) -> BatchRead:
    """Load what was checked; a load that was broken off goes on."""
    return service.describe_batch(service.start_load(session, actor, batch_id=batch_id))


@loading.post("/batches/{batch_id}/undo", permission=permissions.BATCHES_LOAD, raises=[BatchNotFound, BatchNotReady])
def start_undo(session: SessionDep, actor: ActorDep, batch_id: UUID) -> BatchRead:
    """Take a load back as a unit: its documents go into isolation and can be restored there.

    What somebody has worked on since (changed, moved, commented on, linked, pinned or sent), and what a hold is on,
    stays: `counts.kept` says how many, and their lines say why. Administrators are mailed.
    """
    return service.describe_batch(service.start_undo(session, actor, batch_id=batch_id))

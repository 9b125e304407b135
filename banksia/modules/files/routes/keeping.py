"""Retention classes, holds, and disposal lists."""

from uuid import UUID

from fastapi import Request
from fastapi.responses import StreamingResponse

from banksia.foundation.storage.public import BytesMissing, RangeNotSatisfiable, StorageUnavailable, serve_object
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import Page
from banksia.modules.files import permissions, service
from banksia.modules.files.errors import (
    DisposalDecided,
    DisposalNotFound,
    DocumentNotFound,
    FolderNotFound,
    HoldLifted,
    HoldNotFound,
    NothingDue,
    RetentionClassNotFound,
    RetentionCodeTaken,
    RetentionPeriodMissing,
    SecondPersonNeeded,
)
from banksia.modules.files.schemas.keeping import (
    DisposalCreate,
    DisposalDocumentRead,
    DisposalKeep,
    DisposalRead,
    HoldCreate,
    HoldLift,
    HoldRead,
    RetentionClassCreate,
    RetentionClassRead,
    RetentionClassUpdate,
)
from banksia.modules.property.public import PropertyNotFound

keeping = Router()


@keeping.get("/retention-classes", permission=permissions.DOCUMENTS_READ)
def list_classes(session: SessionDep, actor: ActorDep) -> list[RetentionClassRead]:
    """The classes of the disposal authority by which documents are kept."""
    return [RetentionClassRead.model_validate(each) for each in service.list_classes(session, actor)]


@keeping.post(
    "/retention-classes",
    permission=permissions.RETENTION_MANAGE,
    status_code=201,
    raises=[RetentionCodeTaken, RetentionPeriodMissing],
)
def create_class(session: SessionDep, actor: ActorDep, wanted: RetentionClassCreate) -> RetentionClassRead:
    """Add a class of the disposal authority."""
    return RetentionClassRead.model_validate(service.create_class(session, actor, wanted=wanted))


@keeping.patch(
    "/retention-classes/{class_id}",
    permission=permissions.RETENTION_MANAGE,
    raises=[RetentionClassNotFound, RetentionPeriodMissing],
)
def change_class(
    session: SessionDep, actor: ActorDep, class_id: UUID, wanted: RetentionClassUpdate
) -> RetentionClassRead:
    """Change a class, for every document that is kept by it."""
    return RetentionClassRead.model_validate(service.change_class(session, actor, class_id=class_id, wanted=wanted))


@keeping.get("/holds", permission=permissions.RETENTION_MANAGE)
def list_holds(
    session: SessionDep,
    actor: ActorDep,
    *,
    lifted: bool = False,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[HoldRead]:
    """The holds that are on, or those that were."""
    rows, following = service.list_holds(session, actor, lifted=lifted, limit=limit, cursor=cursor)
    return Page(results=service.describe_holds(session, rows), next_cursor=following)


@keeping.post(
    "/holds",
    permission=permissions.RETENTION_MANAGE,
    status_code=201,
    raises=[PropertyNotFound, FolderNotFound, DocumentNotFound],
)
def place_hold(session: SessionDep, actor: ActorDep, wanted: HoldCreate) -> HoldRead:
    """Hold a property's file, a folder of it or a document: nothing of it may go while the hold is on."""
    return service.describe_holds(session, [service.place_hold(session, actor, wanted=wanted)])[0]


@keeping.post("/holds/{hold_id}/lift", permission=permissions.RETENTION_MANAGE, raises=[HoldNotFound, HoldLifted])
def lift_hold(session: SessionDep, actor: ActorDep, hold_id: UUID, wanted: HoldLift) -> HoldRead:
    """End a hold, with the reason."""
    lifted = service.lift_hold(session, actor, hold_id=hold_id, because=wanted.reason)
    return service.describe_holds(session, [lifted])[0]


@keeping.get("/disposals", permission=permissions.RETENTION_MANAGE)
def list_disposals(
    session: SessionDep, actor: ActorDep, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[DisposalRead]:
    """The disposal lists, the newest first."""
    rows, following = service.list_disposals(session, actor, limit=limit, cursor=cursor)
    return Page(results=rows, next_cursor=following)


@keeping.post("/disposals", permission=permissions.RETENTION_MANAGE, status_code=201, raises=[NothingDue])
def create_disposal(session: SessionDep, actor: ActorDep, wanted: DisposalCreate) -> DisposalRead:
    """List the documents whose period is over by a day, at most a thousand; another person approves the list."""
    return service.create_disposal(session, actor, wanted=wanted)


@keeping.get("/disposals/{disposal_id}", permission=permissions.RETENTION_MANAGE, raises=[DisposalNotFound])
def read_disposal(session: SessionDep, actor: ActorDep, disposal_id: UUID) -> DisposalRead:
    """One disposal list."""
    return service.read_disposal(session, actor, disposal_id=disposal_id)


@keeping.get("/disposals/{disposal_id}/documents", permission=permissions.RETENTION_MANAGE, raises=[DisposalNotFound])
def list_disposal_documents(
    session: SessionDep, actor: ActorDep, disposal_id: UUID, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[DisposalDocumentRead]:
    """The documents of a list, the longest overdue first."""
    rows, following = service.list_disposal_documents(
        session, actor, disposal_id=disposal_id, limit=limit, cursor=cursor
    )
    return Page(results=rows, next_cursor=following)


@keeping.post(
    "/disposals/{disposal_id}/documents/{document_id}/keep",
    permission=permissions.RETENTION_MANAGE,
    raises=[DisposalNotFound, DisposalDecided, DocumentNotFound],
)
def keep_document(
    session: SessionDep, actor: ActorDep, disposal_id: UUID, document_id: UUID, wanted: DisposalKeep
) -> DisposalRead:
    """Take a document off a list that is not approved yet, and say why."""
    return service.keep_document(
        session, actor, disposal_id=disposal_id, document_id=document_id, because=wanted.reason
    )


@keeping.post(
    "/disposals/{disposal_id}/approve",
    permission=permissions.RETENTION_MANAGE,
    raises=[DisposalNotFound, DisposalDecided, SecondPersonNeeded, NothingDue],
)
def approve_disposal(session: SessionDep, actor: ActorDep, disposal_id: UUID) -> DisposalRead:
    """Approve a list that another person made; its documents are destroyed and a certificate tells of it."""
    return service.approve_disposal(session, actor, disposal_id=disposal_id)


@keeping.post(
    "/disposals/{disposal_id}/cancel",
    permission=permissions.RETENTION_MANAGE,
    raises=[DisposalNotFound, DisposalDecided],
)
def cancel_disposal(session: SessionDep, actor: ActorDep, disposal_id: UUID) -> DisposalRead:
    """Give a list up before it is approved."""
    return service.cancel_disposal(session, actor, disposal_id=disposal_id)


@keeping.get(
    "/disposals/{disposal_id}/certificate",
    permission=permissions.RETENTION_MANAGE,
    transactions=True,
    raises=[DisposalNotFound, RangeNotSatisfiable, BytesMissing, StorageUnavailable],
    response_class=StreamingResponse,
)
def download_disposal_certificate(
    request: Request, transactions: TransactionsDep, disposal_id: UUID
) -> StreamingResponse:
    """The certificate of destruction as PDF."""
    with transactions() as session:
        stored, number = service.disposal_certificate(session, transactions.actor, disposal_id=disposal_id)
    return serve_object(
        transactions.platform,
        stored,
        file_name=f"Certificate of destruction {number}.pdf",
        inline=True,
        requested_range=request.headers.get("range"),
        if_range=request.headers.get("if-range"),
    )

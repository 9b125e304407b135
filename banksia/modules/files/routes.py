"""HTTP in and out of property files."""

from contextlib import ExitStack
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from banksia.foundation.storage.public import (
    UPLOAD_BODY,
    UPLOAD_ERRORS,
    BytesMissing,
    DeclaredSize,
    RangeNotSatisfiable,
    Sha256Header,
    StorageUnavailable,
    receive_body,
    serve_object,
)
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import Page
from banksia.modules.files import permissions, service
from banksia.modules.files.errors import (
    DocumentAlreadyHere,
    DocumentNotFound,
    FileNameMissing,
    FolderNotFound,
)
from banksia.modules.files.schemas import (
    ActivityRead,
    DocumentDetail,
    DocumentRead,
    FileRead,
    FolderRead,
    UploadParameters,
    VersionRead,
)
from banksia.modules.property.public import ParcelNotFound, PropertyNotFound

staff = Router()


@staff.get("/folders", permission=permissions.DOCUMENTS_READ)
def list_folders(session: SessionDep, actor: ActorDep) -> list[FolderRead]:
    """The folders that every property's file has."""
    return [FolderRead.model_validate(folder) for folder in service.list_folders(session, actor)]


@staff.get("/properties/{property_id}", permission=permissions.DOCUMENTS_READ, raises=[PropertyNotFound])
def read_file(session: SessionDep, actor: ActorDep, property_id: UUID) -> FileRead:
    """A property's file at a glance: folders with counts, and what happened last."""
    return service.read_file(session, actor, property_id=property_id)


@staff.get("/properties/{property_id}/documents", permission=permissions.DOCUMENTS_READ, raises=[PropertyNotFound])
def list_documents(
    session: SessionDep,
    actor: ActorDep,
    property_id: UUID,
    folder_id: UUID | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[DocumentRead]:
    """Documents of a property's file or of one folder in it, the last changed first."""
    rows, following = service.list_documents(
        session, actor, property_id=property_id, folder_id=folder_id, limit=limit, cursor=cursor
    )
    return Page(results=[DocumentRead.model_validate(row) for row in rows], next_cursor=following)


def upload_of(
    property_id: UUID,
    sent: Annotated[UploadParameters, Query()],
    sha256: Sha256Header,
    size: DeclaredSize,
) -> service.Upload:
    """What the address and the headers say of the file that follows."""
    return service.Upload(property_id=property_id, sha256=sha256, size=size, **sent.model_dump())


@staff.post(
    "/properties/{property_id}/documents",
    permission=permissions.DOCUMENTS_ADD,
    transactions=True,
    status_code=201,
    raises=[
        PropertyNotFound,
        FolderNotFound,
        ParcelNotFound,
        FileNameMissing,
        DocumentAlreadyHere,
        *UPLOAD_ERRORS,
    ],
    openapi_extra=UPLOAD_BODY,
)
async def upload_document(
    request: Request, transactions: TransactionsDep, upload: Annotated[service.Upload, Depends(upload_of)]
) -> DocumentRead:
    """Add a document: the body is the file's bytes, and everything else about it is known before they come."""
    with ExitStack() as stack:
        receiving = await run_in_threadpool(stack.enter_context, service.receive_upload(transactions, upload))
        await receive_body(request, receiving)
        document = await run_in_threadpool(service.add_document, transactions, upload, receiving)
    return DocumentRead.model_validate(document)


@staff.get("/documents/{document_id}", permission=permissions.DOCUMENTS_READ, raises=[DocumentNotFound])
def read_document(session: SessionDep, actor: ActorDep, document_id: UUID) -> DocumentDetail:
    """One document with all its versions."""
    document = service.get_document(session, actor, document_id=document_id)
    versions = service.versions_of_document(session, actor, document=document)
    read = DocumentRead.model_validate(document)
    return DocumentDetail(**read.model_dump(), versions=[VersionRead.model_validate(version) for version in versions])


@staff.get(
    "/documents/{document_id}/versions/{number}/content",
    permission=permissions.DOCUMENTS_READ,
    transactions=True,
    raises=[DocumentNotFound, RangeNotSatisfiable, BytesMissing, StorageUnavailable],
    response_class=StreamingResponse,
)
def download_document(
    request: Request,
    transactions: TransactionsDep,
    document_id: UUID,
    number: Annotated[int, Path(ge=1, le=1_000_000)],
    *,
    inline: bool = False,
) -> StreamingResponse:
    """The bytes of one version, whole or in part; noted in the log before the first of them leaves."""
    with transactions() as session:
        stored, version = service.record_download(
            session, transactions.actor, document_id=document_id, number=number, shown=inline
        )
    return serve_object(
        transactions.platform,
        stored,
        file_name=version.file_name,
        inline=inline,
        requested_range=request.headers.get("range"),
        if_range=request.headers.get("if-range"),
    )


@staff.get("/properties/{property_id}/log", permission=permissions.DOCUMENTS_READ, raises=[PropertyNotFound])
def read_file_log(
    session: SessionDep, actor: ActorDep, property_id: UUID, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[ActivityRead]:
    """What was done in a property's file, the newest first."""
    rows, following = service.file_log(session, actor, property_id=property_id, limit=limit, cursor=cursor)
    return Page(results=[ActivityRead.model_validate(row) for row in rows], next_cursor=following)


@staff.get("/documents/{document_id}/log", permission=permissions.DOCUMENTS_READ, raises=[DocumentNotFound])
def read_document_log(
    session: SessionDep, actor: ActorDep, document_id: UUID, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[ActivityRead]:
    """What was done to one document, the newest first."""
    rows, following = service.document_log(session, actor, document_id=document_id, limit=limit, cursor=cursor)
    return Page(results=[ActivityRead.model_validate(row) for row in rows], next_cursor=following)

"""Files of properties, their documents and their log."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Request
from fastapi.responses import StreamingResponse

from banksia.foundation.storage.public import (
    UPLOAD_BODY,
    UPLOAD_ERRORS,
    BytesMissing,
    DeclaredSize,
    RangeNotSatisfiable,
    Sha256Header,
    StorageUnavailable,
    serve_object,
    take_upload,
)
from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import Page
from banksia.modules.files import permissions, service
from banksia.modules.files.errors import (
    AlreadyShownThere,
    DocumentAlreadyHere,
    DocumentNotFound,
    FileDamaged,
    FileInfected,
    FileNameMissing,
    FolderArchived,
    FolderNotFound,
    HeldInPlace,
    KeptForEver,
    LinkNotFound,
)
from banksia.modules.files.routes.unsafe import UnsafeDep
from banksia.modules.files.schemas import (
    DocumentDetail,
    DocumentRead,
    DocumentUpdate,
    FileRead,
    LinkCreate,
    PinUpdate,
    PlacedDocument,
    UploadParameters,
)
from banksia.modules.files.schemas.asking import Day, DocumentsAsked
from banksia.modules.property.public import ParcelNotFound, PropertyNotFound

staff = Router()


@staff.get("/properties/{property_id}", permission=permissions.DOCUMENTS_READ, raises=[PropertyNotFound])
def read_file(session: SessionDep, actor: ActorDep, property_id: UUID, as_at_on: Day | None = None) -> FileRead:
    """A property's file at a glance: folders with counts, what is pinned, and what happened last."""
    return service.read_file(session, actor, property_id=property_id, as_at_on=as_at_on)


@staff.get(
    "/properties/{property_id}/documents",
    permission=permissions.DOCUMENTS_READ,
    raises=[PropertyNotFound, FolderNotFound],
)
def list_documents(
    session: SessionDep,
    actor: ActorDep,
    property_id: UUID,
    asked: Annotated[DocumentsAsked, Query()],
) -> Page[PlacedDocument]:
    """Documents of a property's file or of one folder in it, in the order that is asked for."""
    rows, following = service.list_documents(session, actor, property_id=property_id, **asked.model_dump())
    return Page(results=rows, next_cursor=following)


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
        FolderArchived,
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
    opened = service.receive_upload(transactions, upload)
    document = await take_upload(request, opened, partial(service.add_document, transactions, upload))
    return DocumentRead.model_validate(document)


@staff.get("/documents/{document_id}", permission=permissions.DOCUMENTS_READ, raises=[DocumentNotFound])
def read_document(session: SessionDep, actor: ActorDep, document_id: UUID) -> DocumentDetail:
    """One document with all its versions, and the files that show it."""
    return service.read_document(session, actor, document_id=document_id)


@staff.patch(
    "/documents/{document_id}",
    permission=permissions.DOCUMENTS_ADD,
    raises=[DocumentNotFound, FolderNotFound, FolderArchived, HeldInPlace, KeptForEver],
)
def change_document(session: SessionDep, actor: ActorDep, document_id: UUID, wanted: DocumentUpdate) -> DocumentRead:
    """Change a document's title, description or date, or move it to another folder."""
    changed = service.change_document(session, actor, document_id=document_id, wanted=wanted)
    return DocumentRead.model_validate(changed)


@staff.put("/documents/{document_id}/pin", permission=permissions.DOCUMENTS_READ, raises=[DocumentNotFound])
def pin_document(session: SessionDep, actor: ActorDep, document_id: UUID, wanted: PinUpdate) -> DocumentRead:
    """Pin a document for everyone, or unpin it."""
    changed = service.pin_document(session, actor, document_id=document_id, pinned=wanted.pinned)
    return DocumentRead.model_validate(changed)


@staff.post(
    "/documents/{document_id}/links",
    permission=permissions.DOCUMENTS_ADD,
    raises=[DocumentNotFound, PropertyNotFound, FolderNotFound, FolderArchived, AlreadyShownThere],
)
def link_document(session: SessionDep, actor: ActorDep, document_id: UUID, wanted: LinkCreate) -> DocumentDetail:
    """Show a document in another property's file too, without a copy."""
    return service.link_document(session, actor, document_id=document_id, wanted=wanted)


@staff.delete(
    "/documents/{document_id}/links/{property_id}",
    permission=permissions.DOCUMENTS_ADD,
    raises=[DocumentNotFound, LinkNotFound, HeldInPlace],
)
def unlink_document(session: SessionDep, actor: ActorDep, document_id: UUID, property_id: UUID) -> DocumentDetail:
    """Show a document in another property's file no more."""
    return service.unlink_document(session, actor, document_id=document_id, property_id=property_id)


@staff.get(
    "/documents/{document_id}/versions/{number}/content",
    permission=permissions.DOCUMENTS_READ,
    transactions=True,
    raises=[DocumentNotFound, FileInfected, FileDamaged, RangeNotSatisfiable, BytesMissing, StorageUnavailable],
    response_class=StreamingResponse,
)
def download_document(
    request: Request,
    transactions: TransactionsDep,
    document_id: UUID,
    number: Annotated[int, Path(ge=1, le=1_000_000)],
    unsafe: UnsafeDep,
    *,
    inline: bool = False,
) -> StreamingResponse:
    """The bytes of one version, whole or in part; noted in the log before the first of them leaves."""
    with transactions() as session:
        stored, version = service.record_download(
            session, transactions.actor, document_id=document_id, number=number, shown=inline, unsafe=unsafe
        )
    return serve_object(
        transactions.platform,
        stored,
        file_name=version.file_name,
        inline=inline,
        requested_range=request.headers.get("range"),
        if_range=request.headers.get("if-range"),
    )

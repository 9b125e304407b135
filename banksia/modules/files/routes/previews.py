"""What a browser shows of a document, and how far the reading of documents is."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Request
from fastapi.responses import Response, StreamingResponse

from banksia.foundation.storage.public import BytesMissing, StorageUnavailable, content_disposition, serve_object
from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep
from banksia.modules.files import permissions, service
from banksia.modules.files.errors import DocumentNotFound, FileDamaged, FileInfected, PictureNotFound
from banksia.modules.files.routes.unsafe import UnsafeDep
from banksia.modules.files.schemas import OcrRead

previews = Router()

VersionNumber = Annotated[int, Path(ge=1, le=1_000_000)]
_KEPT = "private, max-age=31536000, immutable"
"""The picture of a version never becomes another one; only this browser keeps it."""


@previews.get(
    "/documents/{document_id}/versions/{number}/thumbnail",
    permission=permissions.DOCUMENTS_READ,
    transactions=True,
    raises=[DocumentNotFound, PictureNotFound, FileInfected, BytesMissing, StorageUnavailable],
    response_class=StreamingResponse,
)
def read_thumbnail(
    request: Request, transactions: TransactionsDep, document_id: UUID, number: VersionNumber
) -> Response:
    """A small picture of a version's first page; looking at it is not noted."""
    with transactions() as session:
        stored = service.find_thumbnail(session, transactions.actor, document_id=document_id, number=number)
    etag = f'"{stored.sha256}"'
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": etag, "Cache-Control": _KEPT})
    answer = serve_object(transactions.platform, stored, file_name="thumbnail.webp", inline=True)
    answer.headers["Cache-Control"] = _KEPT
    return answer


@previews.get(
    "/documents/{document_id}/versions/{number}/preview",
    permission=permissions.DOCUMENTS_READ,
    transactions=True,
    raises=[DocumentNotFound, PictureNotFound, FileInfected, FileDamaged, BytesMissing, StorageUnavailable],
    response_class=StreamingResponse,
)
def record_preview(
    transactions: TransactionsDep, document_id: UUID, number: VersionNumber, unsafe: UnsafeDep
) -> Response:
    """What a browser can show of a version: itself, its first pages or its words; noted in the log as viewed."""
    with transactions() as session:
        shown = service.record_preview(
            session, transactions.actor, document_id=document_id, number=number, unsafe=unsafe
        )
    if shown.stored is not None:
        return serve_object(transactions.platform, shown.stored, file_name=shown.file_name, inline=True)
    return Response(
        shown.words,
        media_type="text/plain; charset=utf-8",
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": content_disposition("inline", f"{shown.file_name}.txt"),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


@previews.get("/ocr", permission=permissions.DOCUMENTS_READ)
def ocr_progress(session: SessionDep, actor: ActorDep) -> OcrRead:
    """Whether scanned pages are read, how many wait, and what it cost."""
    return service.ocr_progress(session, actor)

"""The PDF that officers attach to a certificate."""

import uuid
from functools import partial
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import StreamingResponse

from banksia.foundation.storage.public import (
    UPLOAD_BODY,
    UPLOAD_ERRORS,
    BytesMissing,
    DeclaredSize,
    Sha256Header,
    StorageUnavailable,
    serve_object,
    take_upload,
)
from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors import DraftStale, LineNotFound, TransitionRefused
from banksia.modules.certificates.errors.attaching import AttachedUnreadable, NothingAttached
from banksia.modules.certificates.schemas.attaching import AttachParameters, DetachParameters
from banksia.modules.certificates.schemas.lines import DraftRead
from banksia.modules.certificates.service import attaching as service

attaching = Router()


def sent_pdf(
    line_id: uuid.UUID, sent: Annotated[AttachParameters, Query()], sha256: Sha256Header, size: DeclaredSize
) -> service.SentPdf:
    """What the address and the headers say of the PDF that follows."""
    return service.SentPdf(line_id, sent.version, sent.file_name, sent.is_whole, sha256, size)


@attaching.post(
    "/lines/{line_id}/attached",
    permission=permissions.LINES_PREPARE,
    transactions=True,
    raises=[LineNotFound, DraftStale, TransitionRefused, AttachedUnreadable, *UPLOAD_ERRORS],
    openapi_extra=UPLOAD_BODY,
)
async def attach_pdf(
    request: Request, transactions: TransactionsDep, sent: Annotated[service.SentPdf, Depends(sent_pdf)]
) -> DraftRead:
    """Attach a PDF to a certificate in work: the body is its bytes. What was attached before is replaced."""
    opened = service.receive_pdf(transactions, sent)
    return await take_upload(request, opened, partial(service.attach_pdf, transactions, sent))


@attaching.delete(
    "/lines/{line_id}/attached",
    permission=permissions.LINES_PREPARE,
    raises=[LineNotFound, DraftStale, TransitionRefused, NothingAttached],
)
def detach_pdf(
    session: SessionDep, actor: ActorDep, line_id: uuid.UUID, seen: Annotated[DetachParameters, Query()]
) -> DraftRead:
    """Take the attached PDF away."""
    return service.detach_pdf(session, actor, line_id=line_id, version=seen.version)


@attaching.get(
    "/lines/{line_id}/attached",
    permission=permissions.ORDERS_READ,
    transactions=True,
    response_class=StreamingResponse,
    raises=[LineNotFound, NothingAttached, BytesMissing, StorageUnavailable],
)
def download_attached(transactions: TransactionsDep, line_id: uuid.UUID) -> StreamingResponse:
    """The attached PDF as it was sent; noted in the log before the first of its bytes leaves."""
    with transactions() as session:
        download = service.download_pdf(session, transactions.actor, line_id=line_id)
    return serve_object(transactions.platform, download.stored, file_name=download.file_name)

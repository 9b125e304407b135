"""The link that was mailed to one person: opened by its token, which then travels in a cookie and in no address."""

from typing import Annotated

from fastapi import Cookie, Path, Request, Response
from fastapi.responses import StreamingResponse

from banksia.foundation.auth.public import client_address
from banksia.foundation.storage.public import BytesMissing, RangeNotSatisfiable, StorageUnavailable, serve_object
from banksia.kit.errors import TooManyRequests
from banksia.kit.routing import PlatformDep, Router, SessionDep, TransactionsDep
from banksia.modules.files import service
from banksia.modules.files.errors import DocumentNotFound, FileDamaged, FileInfected, LinkEnded, LinkUnknown
from banksia.modules.files.schemas.talking import SharedOpen, SharedRead

shared = Router()
COOKIE = "banksia_shared"
PATH = "/api/files/shared"
OPEN_SECONDS = 3600


@shared.post("/shared", public=True, raises=[LinkUnknown, LinkEnded, TooManyRequests])
def open_shared(
    request: Request, response: Response, session: SessionDep, platform: PlatformDep, wanted: SharedOpen
) -> SharedRead:
    """The documents behind a link; for an hour this browser can take them."""
    read = service.read_shared(session, token=wanted.token, client=client_address(request))
    response.set_cookie(
        COOKIE,
        wanted.token,
        max_age=OPEN_SECONDS,
        path=PATH,
        httponly=True,
        secure=platform.settings.is_https,
        samesite="strict",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return read


@shared.get(
    "/shared/documents/{number}",
    public=True,
    transactions=True,
    raises=[
        LinkUnknown,
        LinkEnded,
        DocumentNotFound,
        FileInfected,
        FileDamaged,
        TooManyRequests,
        RangeNotSatisfiable,
        BytesMissing,
        StorageUnavailable,
    ],
    response_class=StreamingResponse,
)
def download_shared(
    request: Request,
    transactions: TransactionsDep,
    number: Annotated[int, Path(ge=1, le=1000)],
    token: Annotated[str, Cookie(alias=COOKIE, max_length=100)] = "",
) -> StreamingResponse:
    """One of the documents behind the link that this browser has opened; its taking is noted in the document's log."""
    with transactions() as session:
        stored, file_name = service.download_shared(
            session, transactions.actor, token=token, number=number, client=client_address(request)
        )
    return serve_object(
        transactions.platform,
        stored,
        file_name=file_name,
        requested_range=request.headers.get("range"),
        if_range=request.headers.get("if-range"),
    )

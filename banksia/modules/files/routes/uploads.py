"""Files that come in parts (tus 1.0: creation, checksum, expiration, termination), and new versions in one go.

https://tus.io/protocols/resumable-upload says what each header means.
"""

import base64
import binascii
import re
from email.utils import format_datetime
from functools import partial
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from banksia.foundation.storage.public import (
    APPEND_BODY,
    APPEND_ERRORS,
    CHECKSUMS,
    UPLOAD_BODY,
    UPLOAD_ERRORS,
    Chunk,
    DeclaredSize,
    ResumableUpload,
    Sha256Header,
    StorageUnavailable,
    UploadBusy,
    UploadExpired,
    UploadFinished,
    UploadNotFound,
    UploadTooLarge,
    take_upload,
)
from banksia.kit.routing import ActorDep, PlatformDep, Router, SessionDep, TransactionsDep
from banksia.modules.files import permissions, service
from banksia.modules.files.errors import (
    DocumentAlreadyHere,
    DocumentNotFound,
    FileNameMissing,
    FolderArchived,
    FolderNotFound,
    NotAPartOfAFile,
    TusVersionNotSupported,
    UploadHeaderUnreadable,
)
from banksia.modules.files.schemas import DocumentRead, UploadMetadata, UploadRead, VersionParameters
from banksia.modules.files.service import uploading
from banksia.modules.property.public import ParcelNotFound, PropertyNotFound

uploads = Router()

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,checksum,expiration,termination"
PART_OF_A_FILE: Final = "application/offset+octet-stream"


def _expect_version(tus_resumable: Annotated[str | None, Header(description="1.0.0")] = None) -> None:
    if tus_resumable != VERSION:
        raise TusVersionNotSupported


SpeaksTus = Depends(_expect_version)


def _number(header: str, value: str | None, wanted: str) -> int:
    if value is None or not re.fullmatch(r"[0-9]{1,18}", value):
        raise UploadHeaderUnreadable(header, wanted)
    return int(value)


def _size_of(upload_length: Annotated[str | None, Header(description="Size of the file in bytes")] = None) -> int:
    return _number("Upload-Length", upload_length, "the size of the whole file in bytes")


def _metadata_of(
    upload_metadata: Annotated[
        str | None, Header(description="Keys of UploadMetadata, each with its value in Base64, with commas between")
    ] = None,
) -> UploadMetadata:
    """What the header says; raises UploadHeaderUnreadable, or names the fields that cannot be accepted."""
    found: dict[str, str] = {}
    for pair in filter(None, (upload_metadata or "").split(",")):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, ValueError) as error:
            wanted = "pairs of a key and its value in Base64, with commas between them"
            raise UploadHeaderUnreadable("Upload-Metadata", wanted) from error
    given = {key: value for key, value in found.items() if value or key == "filename"}
    try:
        return UploadMetadata.model_validate(given)
    except ValidationError as error:
        errors = [{**each, "loc": ("header", *(each["loc"] or ("upload_metadata",)))} for each in error.errors()]
        raise RequestValidationError(errors) from error


def _current_upload(transactions: TransactionsDep, upload_id: UUID) -> ResumableUpload:
    with transactions() as session:
        return uploading.find_upload(session, transactions.actor, upload_id=upload_id)


CurrentUpload = Annotated[ResumableUpload, Depends(_current_upload)]


def _chunk_of(
    request: Request,
    upload: CurrentUpload,  # looked for before any header is found wanting
    _version: Annotated[None, SpeaksTus],
    upload_offset: Annotated[str | None, Header(description="Where in the file these bytes begin")] = None,
    upload_checksum: Annotated[
        str | None, Header(description="`sha256` or `sha1`, a space, the hash in Base64")
    ] = None,
) -> Chunk:
    """What a request says of the bytes that it brings."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != PART_OF_A_FILE:
        raise NotAPartOfAFile
    length = request.headers.get("content-length")
    return Chunk(
        offset=_number("Upload-Offset", upload_offset, f"{upload.received}, where the upload stands"),
        size=None if length is None else _number("Content-Length", length, "how many bytes come"),
        checksum=None if upload_checksum is None else _checksum(upload_checksum),
    )


def _checksum(header: str) -> tuple[str, bytes]:
    algorithm, _, value = header.strip().partition(" ")
    wanted = f"one of {', '.join(CHECKSUMS)}, a space, and the hash in Base64"
    if algorithm not in CHECKSUMS:
        raise UploadHeaderUnreadable("Upload-Checksum", wanted)
    try:
        return algorithm, base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UploadHeaderUnreadable("Upload-Checksum", wanted) from error


def _headers(upload: ResumableUpload, **others: str) -> dict[str, str]:
    """Where the upload stands, until when it can be gone on with, and the document once there is one."""
    headers = {"Tus-Resumable": VERSION, "Upload-Offset": str(upload.received), "Cache-Control": "no-store", **others}
    if upload.result_id is None:
        return headers | {"Upload-Expires": format_datetime(upload.expires_at, usegmt=True)}
    return headers | {"Banksia-Document": str(upload.result_id)}


@uploads.options("/uploads", permission=permissions.DOCUMENTS_ADD, status_code=204)
def describe_uploads(platform: PlatformDep) -> Response:
    """What this server understands of tus."""
    headers = {
        "Tus-Resumable": VERSION,
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
        "Tus-Max-Size": str(platform.settings.max_upload_bytes),
    }
    return Response(status_code=204, headers=headers)


@uploads.post(
    "/uploads",
    permission=permissions.DOCUMENTS_ADD,
    transactions=True,
    status_code=201,
    raises=[
        PropertyNotFound,
        FolderNotFound,
        FolderArchived,
        ParcelNotFound,
        DocumentNotFound,
        FileNameMissing,
        DocumentAlreadyHere,
        UploadTooLarge,
        TusVersionNotSupported,
        UploadHeaderUnreadable,
        StorageUnavailable,
    ],
)
def begin_upload(
    transactions: TransactionsDep,
    _version: Annotated[None, SpeaksTus],
    size: Annotated[int, Depends(_size_of)],
    metadata: Annotated[UploadMetadata, Depends(_metadata_of)],
) -> Response:
    """Announce a file that comes in parts; what cannot be kept is refused now, before its first byte."""
    upload = uploading.begin_upload(transactions, size=size, metadata=metadata)
    return Response(status_code=201, headers=_headers(upload, Location=f"/api/files/uploads/{upload.id}"))


@uploads.head(
    "/uploads/{upload_id}",
    permission=permissions.DOCUMENTS_ADD,
    transactions=True,
    raises=[UploadNotFound, UploadExpired, TusVersionNotSupported],
)
def read_upload_offset(upload: CurrentUpload, _version: Annotated[None, SpeaksTus]) -> Response:
    """Where an upload stands, in its headers."""
    return Response(headers=_headers(upload, **{"Upload-Length": str(upload.size)}))


@uploads.get("/uploads/{upload_id}", permission=permissions.DOCUMENTS_ADD, raises=[UploadNotFound, UploadExpired])
def read_upload(session: SessionDep, actor: ActorDep, upload_id: UUID) -> UploadRead:
    """Where an upload stands, and the document that it became."""
    upload = uploading.find_upload(session, actor, upload_id=upload_id)
    return UploadRead(
        id=upload.id,
        size=upload.size,
        offset=upload.received,
        state="finished" if upload.finished_at else "whole" if upload.is_whole else "receiving",
        document_id=upload.result_id,
        expires_at=upload.expires_at,
    )


@uploads.patch(
    "/uploads/{upload_id}",
    permission=permissions.DOCUMENTS_ADD,
    transactions=True,
    status_code=204,
    raises=[
        *APPEND_ERRORS,
        TusVersionNotSupported,
        UploadHeaderUnreadable,
        NotAPartOfAFile,
        PropertyNotFound,
        FolderNotFound,
        FolderArchived,
        ParcelNotFound,
        DocumentNotFound,
        DocumentAlreadyHere,
    ],
    openapi_extra=APPEND_BODY,
)
async def continue_upload(
    request: Request,
    transactions: TransactionsDep,
    chunk: Annotated[Chunk, Depends(_chunk_of)],
    upload: CurrentUpload,
) -> Response:
    """Send the next bytes; with the last of them the document is in the file, and the answer names it.

    When the connection broke after the last byte, the same request without bytes finishes it.
    """
    opened = uploading.append(transactions, upload.id, chunk)
    saved = await take_upload(request, opened, partial(uploading.finish, transactions))
    return Response(status_code=204, headers=_headers(saved))


@uploads.delete(
    "/uploads/{upload_id}",
    permission=permissions.DOCUMENTS_ADD,
    transactions=True,
    status_code=204,
    raises=[UploadNotFound, UploadExpired, UploadBusy, UploadFinished, TusVersionNotSupported, StorageUnavailable],
)
def end_upload(transactions: TransactionsDep, upload: CurrentUpload, _version: Annotated[None, SpeaksTus]) -> Response:
    """Break off an upload and remove what has come of it."""
    uploading.end_upload(transactions, upload_id=upload.id)
    return Response(status_code=204, headers={"Tus-Resumable": VERSION})


def _version_of(
    document_id: UUID, sent: Annotated[VersionParameters, Query()], sha256: Sha256Header, size: DeclaredSize
) -> service.NewVersion:
    return service.NewVersion(document_id=document_id, sha256=sha256, size=size, **sent.model_dump())


@uploads.post(
    "/documents/{document_id}/versions",
    permission=permissions.DOCUMENTS_ADD,
    transactions=True,
    status_code=201,
    raises=[DocumentNotFound, FolderArchived, FileNameMissing, DocumentAlreadyHere, *UPLOAD_ERRORS],
    openapi_extra=UPLOAD_BODY,
)
async def upload_version(
    request: Request, transactions: TransactionsDep, upload: Annotated[service.NewVersion, Depends(_version_of)]
) -> DocumentRead:
    """Add the next version of a document: the body is the file's bytes."""
    opened = service.receive_version(transactions, upload)
    document = await take_upload(request, opened, partial(service.add_version, transactions, upload))
    return DocumentRead.model_validate(document)

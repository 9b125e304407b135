"""Sources and imports, for administrators."""

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
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import Page
from banksia.modules.property import permissions
from banksia.modules.property.errors import (
    ImportDependedOn,
    ImportNotFound,
    ImportNotNow,
    ImportRefused,
    ImportSuspicious,
    SourceInvalid,
    SourceNotFound,
)
from banksia.modules.property.schemas.imports import (
    ImportApply,
    ImportCheck,
    ImportParameters,
    ImportPreview,
    ImportRunDetail,
    ImportRunRead,
    ImportSourceCreate,
    ImportSourceRead,
    ImportSourceUpdate,
    ImportState,
)
from banksia.modules.property.service.imports import reading, receiving, reverting, reviewing, sources

imports = Router()


@imports.get("/sources", permission=permissions.IMPORTS_RUN)
def list_sources(
    session: SessionDep,
    actor: ActorDep,
    *,
    retired: Annotated[bool, Query(description="Those that take no more files")] = False,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[ImportSourceRead]:
    """The systems and publishers whose files are imported, by name."""
    rows, following = sources.list_sources(session, actor, retired=retired, limit=limit, cursor=cursor)
    return Page(results=rows, next_cursor=following)


@imports.post("/sources", permission=permissions.IMPORTS_RUN, status_code=201, raises=[SourceInvalid])
def create_source(session: SessionDep, actor: ActorDep, created: ImportSourceCreate) -> ImportSourceRead:
    """Keep a new source and how its files are read."""
    return sources.create_source(session, actor, created=created)


@imports.get("/sources/{source_id}", permission=permissions.IMPORTS_RUN, raises=[SourceNotFound])
def read_source(session: SessionDep, actor: ActorDep, source_id: uuid.UUID) -> ImportSourceRead:
    """One source."""
    return sources.read_source(session, actor, source_id=source_id)


@imports.patch("/sources/{source_id}", permission=permissions.IMPORTS_RUN, raises=[SourceNotFound, SourceInvalid])
def update_source(
    session: SessionDep, actor: ActorDep, source_id: uuid.UUID, changes: ImportSourceUpdate
) -> ImportSourceRead:
    """Change how the next files of a source are read."""
    return sources.update_source(session, actor, source_id=source_id, changes=changes)


@imports.post("/sources/{source_id}/retire", permission=permissions.IMPORTS_RUN, raises=[SourceNotFound])
def retire_source(session: SessionDep, actor: ActorDep, source_id: uuid.UUID) -> ImportSourceRead:
    """Take no more files from a source; what came from it stays."""
    return sources.retire_source(session, actor, source_id=source_id)


@imports.get("/imports", permission=permissions.IMPORTS_RUN)
def list_imports(
    session: SessionDep,
    actor: ActorDep,
    *,
    source_id: uuid.UUID | None = None,
    state: ImportState | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[ImportRunRead]:
    """Imports, the newest first."""
    rows, following = reading.list_imports(session, actor, source_id=source_id, state=state, limit=limit, cursor=cursor)
    return Page(results=rows, next_cursor=following)


def upload_of(
    sent: Annotated[ImportParameters, Query()], sha256: Sha256Header, size: DeclaredSize
) -> receiving.ImportUpload:
    """What the address and the headers say of the file that follows."""
    return receiving.ImportUpload(sha256=sha256, size=size, **sent.model_dump())


@imports.post(
    "/imports",
    permission=permissions.IMPORTS_RUN,
    transactions=True,
    status_code=201,
    raises=[
        SourceNotFound,
        ImportNotNow,
        ImportRefused,
        *UPLOAD_ERRORS,
    ],
    openapi_extra=UPLOAD_BODY,
)
async def upload_import(
    request: Request, transactions: TransactionsDep, upload: Annotated[receiving.ImportUpload, Depends(upload_of)]
) -> ImportRunDetail:
    """Send a file of a source: the body is its bytes. Nothing is changed until it is checked and applied."""
    opened = receiving.receive_import(transactions, upload)
    return await take_upload(request, opened, partial(receiving.add_import, transactions, upload))


@imports.get("/imports/{run_id}", permission=permissions.IMPORTS_RUN, raises=[ImportNotFound])
def read_import(session: SessionDep, actor: ActorDep, run_id: uuid.UUID) -> ImportRunDetail:
    """One import with its progress and its report."""
    return reading.read_import(session, actor, run_id=run_id)


@imports.post(
    "/imports/{run_id}/preview",
    permission=permissions.IMPORTS_RUN,
    transactions=True,
    raises=[ImportNotFound, ImportNotNow, ImportRefused, BytesMissing, StorageUnavailable],
)
def preview_import(transactions: TransactionsDep, run_id: uuid.UUID, check: ImportCheck) -> ImportPreview:
    """The columns of the file, the mapping as guessed or given, and how its first rows would be read."""
    return reviewing.preview_import(transactions, run_id=run_id, check=check)


@imports.post(
    "/imports/{run_id}/check",
    permission=permissions.IMPORTS_RUN,
    raises=[ImportNotFound, ImportNotNow, SourceNotFound, SourceInvalid],
)
def check_import(session: SessionDep, actor: ActorDep, run_id: uuid.UUID, check: ImportCheck) -> ImportRunDetail:
    """Try the import without changing anything; the options that are given are kept with the source."""
    return reviewing.check_import(session, actor, run_id=run_id, check=check)


@imports.post(
    "/imports/{run_id}/apply",
    permission=permissions.IMPORTS_RUN,
    raises=[ImportNotFound, ImportNotNow, ImportSuspicious],
)
def apply_import(session: SessionDep, actor: ActorDep, run_id: uuid.UUID, wish: ImportApply) -> ImportRunDetail:
    """Make a checked import part of the truth, all of it at once."""
    return reviewing.apply_import(session, actor, run_id=run_id, confirm_suspicious=wish.confirm_suspicious)


@imports.post("/imports/{run_id}/discard", permission=permissions.IMPORTS_RUN, raises=[ImportNotFound, ImportNotNow])
def discard_import(session: SessionDep, actor: ActorDep, run_id: uuid.UUID) -> ImportRunDetail:
    """Let an import be that was not applied."""
    return reviewing.discard_import(session, actor, run_id=run_id)


@imports.post(
    "/imports/{run_id}/revert",
    permission=permissions.IMPORTS_RUN,
    raises=[ImportNotFound, ImportNotNow, ImportDependedOn],
)
def revert_import(session: SessionDep, actor: ActorDep, run_id: uuid.UUID) -> ImportRunDetail:
    """Take an applied import back as a unit, while nothing later depends on it."""
    return reverting.revert_import(session, actor, run_id=run_id)


@imports.get(
    "/imports/{run_id}/rejected",
    permission=permissions.IMPORTS_RUN,
    transactions=True,
    raises=[ImportNotFound, BytesMissing, StorageUnavailable],
    response_class=StreamingResponse,
)
def download_rejected(transactions: TransactionsDep, run_id: uuid.UUID) -> StreamingResponse:
    """The rows that were not taken, as CSV: line, reason, value."""
    with transactions() as session:
        stored, file_name = reviewing.record_rejected_download(session, transactions.actor, run_id=run_id)
    return serve_object(transactions.platform, stored, file_name=file_name)

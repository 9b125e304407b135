"""Removals: asked for, decided, restored."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page
from banksia.modules.files import permissions, service
from banksia.modules.files.errors import (
    DocumentNotFound,
    NotIsolated,
    RemovalAsked,
    RemovalDecided,
    RemovalNotFound,
    SecondPersonNeeded,
)
from banksia.modules.files.schemas.keeping import (
    RemovalCount,
    RemovalCreate,
    RemovalDecision,
    RemovalRead,
    RemovalState,
)

removing = Router()


@removing.post(
    "/documents/{document_id}/removals",
    permission=permissions.DOCUMENTS_READ,
    status_code=201,
    raises=[DocumentNotFound, RemovalAsked],
)
def ask_removal(session: SessionDep, actor: ActorDep, document_id: UUID, wanted: RemovalCreate) -> RemovalRead:
    """Ask that a document be removed; an administrator decides, never who asked."""
    removal = service.ask_removal(session, actor, document_id=document_id, reason=wanted.reason)
    return service.describe_removal(session, actor, removal)


@removing.post(
    "/removals/{removal_id}/withdraw",
    permission=permissions.DOCUMENTS_READ,
    raises=[RemovalNotFound, RemovalDecided],
)
def withdraw_removal(session: SessionDep, actor: ActorDep, removal_id: UUID) -> RemovalRead:
    """Take one's own request back."""
    removal = service.withdraw_removal(session, actor, removal_id=removal_id)
    return service.describe_removal(session, actor, removal)


@removing.get("/removals", permission=permissions.REMOVALS_DECIDE)
def list_removals(
    session: SessionDep,
    actor: ActorDep,
    state: Annotated[RemovalState, Query()] = "asked",
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[RemovalRead]:
    """The requests that wait, the documents in isolation with the day of their end, and those that have left."""
    rows, following = service.list_removals(session, actor, state=state, limit=limit, cursor=cursor)
    return Page(results=rows, next_cursor=following)


@removing.get("/removals/count", permission=permissions.REMOVALS_DECIDE)
def count_open_removals(session: SessionDep, actor: ActorDep) -> RemovalCount:
    """How many requests wait for a decision, at most a hundred."""
    return RemovalCount(asked=service.count_open_removals(session, actor))


@removing.post(
    "/removals/{removal_id}/decide",
    permission=permissions.REMOVALS_DECIDE,
    raises=[RemovalNotFound, RemovalDecided, SecondPersonNeeded, DocumentNotFound],
)
def decide_removal(session: SessionDep, actor: ActorDep, removal_id: UUID, decision: RemovalDecision) -> RemovalRead:
    """Approve or refuse a removal; an approved document is isolated at once and can be restored for 90 days or more."""
    removal = service.decide_removal(session, actor, removal_id=removal_id, decision=decision)
    return service.describe_removal(session, actor, removal)


@removing.post(
    "/removals/{removal_id}/restore",
    permission=permissions.REMOVALS_DECIDE,
    raises=[RemovalNotFound, NotIsolated],
)
def restore_document(session: SessionDep, actor: ActorDep, removal_id: UUID) -> RemovalRead:
    """Bring an isolated document back to its folder."""
    removal = service.restore_document(session, actor, removal_id=removal_id)
    return service.describe_removal(session, actor, removal)

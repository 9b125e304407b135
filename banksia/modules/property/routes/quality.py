"""What is wrong in the truth, as work lists, and conflicts of imports with corrections."""

import uuid
from typing import Annotated, Literal

from fastapi import Path

from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page
from banksia.modules.property import permissions
from banksia.modules.property.errors import AddressTaken, ConflictNotFound
from banksia.modules.property.schemas.quality import (
    ConflictDecision,
    ConflictRead,
    ConflictState,
    QualityRow,
    QualitySummary,
    UnmatchedRead,
    UnmatchedResolve,
)
from banksia.modules.property.service.imports import conflicts
from banksia.modules.property.service.imports import quality as service

quality = Router(prefix="/quality")
ListKind = Annotated[
    Literal["shared_addresses", "parcels_in_two_assessments", "parcels_without_address", "addresses_without_parcel"],
    Path(description="One of the lists of records"),
]


@quality.get("", permission=permissions.QUALITY_READ)
def read_quality(session: SessionDep, actor: ActorDep) -> QualitySummary:
    """How long each work list is, counted up to a thousand."""
    return service.read_quality(session, actor)


@quality.get("/records/{kind}", permission=permissions.QUALITY_READ)
def list_quality(
    session: SessionDep, actor: ActorDep, kind: ListKind, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[QualityRow]:
    """The addresses or parcels of one work list, each with the properties that it belongs to."""
    rows, following = service.list_quality(session, actor, kind=kind, limit=limit, cursor=cursor)
    return Page(results=rows, next_cursor=following)


@quality.get("/unmatched", permission=permissions.QUALITY_READ)
def list_unmatched(
    session: SessionDep,
    actor: ActorDep,
    of: Literal["owner", "attribute"],
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[UnmatchedRead]:
    """Rows of owner or attribute files about properties that are not known here, the newest first."""
    rows, following = service.list_unmatched(session, actor, kind=of, limit=limit, cursor=cursor)
    return Page(results=rows, next_cursor=following)


@quality.post(
    "/unmatched/{row_id}/resolve",
    permission=permissions.IMPORTS_RUN,
    status_code=204,
    raises=[ConflictNotFound],
)
def resolve_unmatched(session: SessionDep, actor: ActorDep, row_id: uuid.UUID, resolved: UnmatchedResolve) -> None:
    """Take a row off its list: it was placed by hand, or never belonged here."""
    service.resolve_unmatched(session, actor, row_id=row_id, note=resolved.note)


@quality.get("/conflicts", permission=permissions.QUALITY_READ)
def list_conflicts(
    session: SessionDep,
    actor: ActorDep,
    *,
    state: ConflictState = "open",
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[ConflictRead]:
    """What imports said against approved corrections, the newest first."""
    rows, following = conflicts.list_conflicts(session, actor, state=state, limit=limit, cursor=cursor)
    return Page(results=rows, next_cursor=following)


@quality.post(
    "/conflicts/{conflict_id}/decide",
    permission=permissions.CORRECTIONS_DECIDE,
    raises=[ConflictNotFound, AddressTaken],
)
def decide_conflict(
    session: SessionDep, actor: ActorDep, conflict_id: uuid.UUID, decided: ConflictDecision
) -> ConflictRead:
    """Keep the correction, or give it up for what the file says."""
    return conflicts.decide_conflict(session, actor, conflict_id=conflict_id, take=decided.decision == "take")

"""The audit log for administrators."""

import uuid
from typing import Annotated

from fastapi import Query

from banksia.foundation.audit import permissions, queries, service
from banksia.foundation.audit.models import Entry
from banksia.foundation.audit.schemas import ChainVerificationRead, EntryRead
from banksia.kit.paging import Key, page_of
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Line, Page

staff = Router()


@staff.get("/entries", permission=permissions.ENTRIES_READ)
def list_entries(
    session: SessionDep,
    actor: ActorDep,
    action: Annotated[Line | None, Query(description="`certificates.order_placed`")] = None,
    subject_id: uuid.UUID | None = None,
    actor_id: uuid.UUID | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[EntryRead]:
    """What was done, newest first."""
    rows = queries.entries_of(actor.organisation_id)
    for column, wanted in ((Entry.action, action), (Entry.subject_id, subject_id), (Entry.actor_id, actor_id)):
        if wanted:
            rows = rows.where(column == wanted)
    keys = [Key(Entry.sequence, "sequence", descending=True)]
    found, following = page_of(session, rows, keys=keys, limit=limit, cursor=cursor)
    return Page(results=[EntryRead.model_validate(entry) for entry in found], next_cursor=following)


@staff.get("/verification", permission=permissions.ENTRIES_READ)
def get_verification(session: SessionDep, actor: ActorDep) -> ChainVerificationRead | None:
    """The result of the last walk along the chain, or null before the first."""
    found = session.scalar(queries.verifications_of(actor.organisation_id).limit(1))
    return ChainVerificationRead.model_validate(found) if found else None


@staff.post("/verification", permission=permissions.ENTRIES_READ, status_code=201)
def verify_chain(session: SessionDep, actor: ActorDep) -> ChainVerificationRead:
    """Walk the chain now."""
    return ChainVerificationRead.model_validate(service.verify(session, actor.organisation_id))

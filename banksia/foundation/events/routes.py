"""Failed work: see it, start it again."""

import uuid

from banksia.foundation.events import permissions, queries, service
from banksia.foundation.events.errors import DeadLetterNotFound
from banksia.foundation.events.models import OutboxRow
from banksia.foundation.events.schemas import DeadLetterRead
from banksia.kit.paging import Key, page_of
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page

staff = Router()


@staff.get("/dead-letters", permission=permissions.DEAD_LETTERS_MANAGE)
def list_dead_letters(
    session: SessionDep, actor: ActorDep, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[DeadLetterRead]:
    """Work that failed as often as it may be tried, newest first."""
    keys = [Key(OutboxRow.id, "id", descending=True)]
    rows, following = page_of(
        session, queries.dead_letters(actor.organisation_id), keys=keys, limit=limit, cursor=cursor
    )
    return Page(results=[DeadLetterRead.model_validate(row) for row in rows], next_cursor=following)


@staff.post("/dead-letters/{row_id}/replay", permission=permissions.DEAD_LETTERS_MANAGE, raises=[DeadLetterNotFound])
def replay_dead_letter(session: SessionDep, actor: ActorDep, row_id: uuid.UUID) -> DeadLetterRead:
    """Start failed work again."""
    return DeadLetterRead.model_validate(service.replay_dead_letter(session, actor, row_id=row_id))

"""Removals that wait for a decision, documents in isolation, and those that have left."""

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.counting import counted
from banksia.kit.paging import Key, page_of
from banksia.modules.files import queries
from banksia.modules.files.models import Removal
from banksia.modules.files.schemas.keeping import RemovalRead, RemovalState
from banksia.modules.files.service.retention import Keeping
from banksia.modules.files.service.seeing import visible_rows

MOST = 100


def list_removals(
    session: Session, actor: Actor, *, state: RemovalState, limit: int, cursor: str | None
) -> tuple[list[RemovalRead], str | None]:
    """The removals in one state, the newest first."""
    wanted = _visible(actor).where(Removal.state == state)
    rows, following = page_of(
        session, wanted, keys=[Key(Removal.id, "id", descending=True)], limit=limit, cursor=cursor
    )
    keeping = Keeping(session, [row.document for row in rows])
    return [_read(actor, row, keeping) for row in rows], following


def describe_removal(session: Session, actor: Actor, row: Removal) -> RemovalRead:
    """A removal, with why its document would be kept for now, while it is still there."""
    return _read(actor, row, Keeping(session, [row.document]))


def _read(actor: Actor, row: Removal, keeping: Keeping) -> RemovalRead:
    kept = keeping.why(row.document) if row.state in {"asked", "isolated"} else None
    return RemovalRead.of(
        row,
        document_title=row.document.title,
        property_label=row.document.property_label,
        is_mine=row.requested_by_id == actor.user_id,
        purge_after_at=row.document.purge_after_at if row.state == "isolated" else None,
        kept_because=kept.reason if kept else None,
        kept_until_on=kept.until_on if kept else None,
    )


def _visible(actor: Actor) -> Select[Removal]:
    return visible_rows(queries.removals_of(actor.organisation_id), actor, document=Removal.document_id)


def count_open_removals(session: Session, actor: Actor) -> int:
    """How many removals wait for a decision, at most a hundred."""
    waiting = _visible(actor).where(Removal.state == "asked")
    return session.execute(counted(waiting, MOST)).scalar_one()

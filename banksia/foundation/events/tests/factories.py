"""Rows of the outbox for tests."""

from sqlalchemy.orm import Session

from banksia.foundation.events.models import OutboxRow
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id


def make_dead_letter(session: Session, task: str = "audit.verify_chain") -> OutboxRow:
    """Work that failed as often as it may be tried."""
    row = OutboxRow(
        id=new_id(),
        organisation_id=organisation_id_of(session),
        kind="task",
        name=task,
        payload={},
        status="dead",
        attempts=8,
        available_at=utc_now(),
        finished_at=utc_now(),
        last_error="RuntimeError: it does not work",
    )
    session.add(row)
    session.flush()
    return row


def route_examples(session: Session) -> dict[str, str]:
    """What the routes' path parameters can name."""
    return {"row_id": str(make_dead_letter(session).id)}

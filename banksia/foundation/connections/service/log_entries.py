"""What modules write into the council's audit log: what they did themselves, under their own name."""

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.connections.errors.calls import ForeignName
from banksia.foundation.connections.schemas.calls import AuditCreate
from banksia.foundation.connections.service.idempotency import compact
from banksia.foundation.connections.service.payments_raised import connection_of
from banksia.kit.actor import Actor

MOST_BYTES = 4096


def record_action(session: Session, actor: Actor, *, told: AuditCreate) -> None:
    """Note what a module did, for whom; raises ForeignName and TooMuchSaid."""
    if not told.action.startswith(f"{actor.module}."):
        raise ForeignName(actor.module)
    compact(told.detail, "detail", at_most=MOST_BYTES)
    audit.record(session, actor, told.action, subject=connection_of(session, actor), detail=told.detail)

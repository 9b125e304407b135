"""Every SELECT of the outbox."""

import uuid
from datetime import datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from banksia.foundation.events.models import OutboxRow


def outbox_of(organisation_id: uuid.UUID) -> Select[tuple[OutboxRow]]:
    """The rows of one organisation."""
    return select(OutboxRow).where(OutboxRow.organisation_id == organisation_id)


def waiting(organisation_id: uuid.UUID, now: datetime) -> Select[tuple[uuid.UUID]]:
    """Rows that could run now, oldest first; lost bells and expired leases among them."""
    free = or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until < now)
    return (
        outbox_of(organisation_id)
        .with_only_columns(OutboxRow.id)
        .where(OutboxRow.status == "pending", OutboxRow.available_at <= now, free)
        .order_by(OutboxRow.available_at)
    )


def dead_letters(organisation_id: uuid.UUID) -> Select[tuple[OutboxRow]]:
    """Work that failed for good."""
    return outbox_of(organisation_id).where(OutboxRow.status == "dead")


def claim(
    organisation_id: uuid.UUID, row_id: uuid.UUID, *, now: datetime, until: datetime
) -> ReturningUpdate[tuple[OutboxRow]]:
    """Take a row for a while, unless somebody has it; an expired claim is free again."""
    return (
        update(OutboxRow)
        .where(OutboxRow.organisation_id == organisation_id, OutboxRow.id == row_id)
        .where(OutboxRow.status == "pending", OutboxRow.available_at <= now)
        .where(or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until < now))
        .values(claimed_until=until, attempts=OutboxRow.attempts + 1)
        .returning(OutboxRow)
    )

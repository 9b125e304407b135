"""Every SELECT of the outbox."""

import uuid
from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Delete, Select, Update, delete, func, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from banksia.foundation.events.models import OutboxRow

WHEN_MODULE_IS_ON = datetime(9999, 1, 1, tzinfo=UTC)
"""When a row may run that tells a module which the council has switched off: no day, until it is on again."""


def outbox_of(organisation_id: uuid.UUID) -> Select[OutboxRow]:
    """The rows of one organisation."""
    return select(OutboxRow).where(OutboxRow.organisation_id == organisation_id)


def waiting(organisation_id: uuid.UUID, now: datetime) -> Select[uuid.UUID]:
    """Rows that could run now, oldest first; lost bells and expired leases among them."""
    free = or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until < now)
    return (
        outbox_of(organisation_id)
        .with_only_columns(OutboxRow.id)
        .where(OutboxRow.status == "pending", OutboxRow.available_at <= now, free)
        .order_by(OutboxRow.available_at)
    )


def claimed(row: OutboxRow) -> Select[OutboxRow]:
    """The row that was claimed, locked, unless its claim expired and somebody else took it meanwhile."""
    return (
        outbox_of(row.organisation_id)
        .where(OutboxRow.id == row.id, OutboxRow.status == "pending", OutboxRow.attempts == row.attempts)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def name_of(organisation_id: uuid.UUID, row_id: uuid.UUID) -> Select[str]:
    """The task or event of a row."""
    return outbox_of(organisation_id).with_only_columns(OutboxRow.name).where(OutboxRow.id == row_id)


def renew(row: OutboxRow, *, until: datetime) -> Update:
    """Keep a claim for longer, unless somebody else took the row meanwhile."""
    return (
        update(OutboxRow)
        .where(OutboxRow.organisation_id == row.organisation_id, OutboxRow.id == row.id)
        .where(OutboxRow.status == "pending", OutboxRow.attempts == row.attempts)
        .values(claimed_until=until)
    )


def waiting_twin(row: OutboxRow) -> Select[uuid.UUID]:
    """Another row of the same key that waits to be run."""
    return (
        outbox_of(row.organisation_id)
        .with_only_columns(OutboxRow.id)
        .where(OutboxRow.name == row.name, OutboxRow.key == row.key, OutboxRow.id != row.id)
        .where(OutboxRow.status == "pending", OutboxRow.claimed_until.is_(None))
    )


def done_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove rows that were done before a moment."""
    return delete(OutboxRow).where(
        OutboxRow.organisation_id == organisation_id, OutboxRow.status == "done", OutboxRow.finished_at < moment
    )


def kept_for(organisation_id: uuid.UUID, modules: Collection[str]) -> Update:
    """Let run, in the order in which it came, what was kept for modules that are on again."""
    return (
        update(OutboxRow)
        .where(OutboxRow.organisation_id == organisation_id, OutboxRow.status == "pending")
        .where(OutboxRow.available_at == WHEN_MODULE_IS_ON, OutboxRow.kind == "listener")
        .where(func.split_part(OutboxRow.name, ">", 2).in_(modules))
        .values(available_at=OutboxRow.created_at)
    )


def dead_letters(organisation_id: uuid.UUID) -> Select[OutboxRow]:
    """Work that failed for good."""
    return outbox_of(organisation_id).where(OutboxRow.status == "dead")


def claim(
    organisation_id: uuid.UUID, row_id: uuid.UUID, *, now: datetime, until: datetime
) -> ReturningUpdate[OutboxRow]:
    """Take a row for a while, unless somebody has it; an expired claim is free again."""
    return (
        update(OutboxRow)
        .where(OutboxRow.organisation_id == organisation_id, OutboxRow.id == row_id)
        .where(OutboxRow.status == "pending", OutboxRow.available_at <= now)
        .where(or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until < now))
        .values(claimed_until=until, attempts=OutboxRow.attempts + 1)
        .returning(OutboxRow)
    )

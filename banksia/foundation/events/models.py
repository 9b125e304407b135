"""The outbox: what must happen after a commit."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.clock import utc_now
from banksia.kit.models import Base, OrganisationOwned

PENDING = text("status = 'pending'")
WAITING = text("status = 'pending' AND claimed_until IS NULL")


class OutboxRow(OrganisationOwned, Base):
    """One task to run, one event to fan out, or one listener to tell."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "organisation_id", "available_at", postgresql_where=PENDING),
        Index("ix_outbox_dead", "organisation_id", "id", postgresql_where=text("status = 'dead'")),
        Index("ix_outbox_done", "organisation_id", "finished_at", postgresql_where=text("status = 'done'")),
        Index("uq_outbox_listener", "organisation_id", "event_id", "name", unique=True),
        Index("uq_outbox_key", "organisation_id", "name", "key", unique=True, postgresql_where=WAITING),
    )

    kind: Mapped[str]
    """`task`, `event` or `remote` (to be fanned out; a remote module told it) or `listener`."""
    name: Mapped[str]
    """The task's or event's name; for a listener, `event>module`."""
    payload: Mapped[dict[str, Any]]
    key: Mapped[str | None]
    event_id: Mapped[uuid.UUID | None]
    status: Mapped[str] = mapped_column(default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    available_at: Mapped[datetime] = mapped_column(default=utc_now)
    claimed_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    last_error: Mapped[str | None]

"""The audit log: the application may insert entries and read them, nothing else."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned


class Entry(OrganisationOwned, Base, append_only=True):
    """One thing that somebody did."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("organisation_id", "sequence"),
        Index("ix_entries_subject", "organisation_id", "subject_id", "sequence"),
        Index("ix_entries_action", "organisation_id", "action", "sequence"),
        Index("ix_entries_actor", "organisation_id", "actor_id", "sequence"),
    )

    sequence: Mapped[int] = mapped_column(BigInteger)
    occurred_at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    subject_type: Mapped[str | None]
    subject_id: Mapped[uuid.UUID | None]
    detail: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class Head(Base):
    """The end of an organisation's chain; whoever appends locks it as the transaction's last statement."""

    __tablename__ = "heads"

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    hash: Mapped[str] = mapped_column(default="")


class Verification(OrganisationOwned, Base, append_only=True):
    """The result of walking the whole chain once."""

    __tablename__ = "verifications"
    __table_args__ = (Index("ix_verifications_latest", "organisation_id", "id"),)

    entries: Mapped[int] = mapped_column(BigInteger)
    broken_at: Mapped[int | None] = mapped_column(BigInteger)
    """The sequence number of the first entry that does not fit, or null when the chain holds."""
    problem: Mapped[str | None]

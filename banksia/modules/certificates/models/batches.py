"""Issuing several lines together: what an officer asked for, and how far it is."""

import uuid
from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned

BatchLineState = Literal["waiting", "issued", "refused"]


class IssueBatch(OrganisationOwned, Base):
    """Several certificates that an officer issues together; `key` is the request's, so that sent twice it is one."""

    __tablename__ = "issue_batches"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    key: Mapped[uuid.UUID]
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("auth.users.id"))
    asked_by_name: Mapped[str]
    finished_at: Mapped[datetime | None]


class IssueBatchLine(OrganisationOwned, Base):
    """One line of a batch, and what became of it."""

    __tablename__ = "issue_batch_lines"
    __table_args__ = (
        UniqueConstraint("organisation_id", "batch_id", "line_id"),
        Index(None, "organisation_id", "batch_id", "position"),
        CheckConstraint("state IN ('waiting', 'issued', 'refused')", name="state"),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="reason"),
    )

    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.issue_batches.id"))
    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.order_lines.id"))
    position: Mapped[int]
    version: Mapped[int]
    """The draft that the officer saw."""
    template_number: Mapped[int]
    """The version of the template that the officer saw."""
    known_sha256: Mapped[str | None]
    """Of what council knew when the officer chose it; batches of before have none."""
    state: Mapped[BatchLineState] = mapped_column(Text)
    issuance_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("certificates.issuances.id"))
    """The decision to issue it, written in one transaction with it: a second run goes on from there."""
    reason: Mapped[str | None]

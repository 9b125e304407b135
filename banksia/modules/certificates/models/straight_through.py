"""Issuing without an officer: the council's rules, and what was decided for each line and why."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned


class StraightThroughRules(OrganisationOwned, Base):
    """When a certificate may be issued without an officer; one row for a council, none until it is first saved."""

    __tablename__ = "straight_through_rules"
    __table_args__ = (UniqueConstraint("organisation_id"),)

    rules: Mapped[dict[str, Any]]
    """As `schemas.straight_through.Rules` reads it."""
    version: Mapped[int]
    """Counts changes, so that two administrators do not overwrite each other."""
    changed_at: Mapped[datetime]
    changed_by_name: Mapped[str]


class StraightThroughDecision(OrganisationOwned, Base, append_only=True):
    """Whether a line was issued without an officer, and why or why not; one for a line. Never changed."""

    __tablename__ = "straight_through_decisions"
    __table_args__ = (
        UniqueConstraint("organisation_id", "line_id"),
        Index(None, "organisation_id", "created_at", "id"),
        CheckConstraint("issued = (reason IS NULL)", name="reason"),
    )

    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.order_lines.id"))
    issued: Mapped[bool]
    reason: Mapped[str | None]
    """The code of the first reason for an officer to look; the one that reports count."""
    reasons: Mapped[list[dict[str, Any]]]
    """Each reason with its code and its words."""
    known_on: Mapped[date]
    """The council's day on which it was decided."""
    oldest_on: Mapped[date | None]
    """Of which day the oldest answer is; null when every answer is one that holds for all land."""
    oldest_title: Mapped[str | None]

"""How the truth changed: the journal that history, as-at views and reverting read, and corrections by people."""

import datetime
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import NAMES_NO_OBJECT, Base, OrganisationOwned

CORRECTION_STATES = ("proposed", "approved", "rejected", "withdrawn")


class Change(OrganisationOwned, Base, append_only=True):
    """One record before and after: only the columns that changed.

    Records that an import makes new are not listed here, they carry its id. `table_name` and `record_id` name the
    record; a link between two records has the second in `other_id`.
    """

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_record", "organisation_id", "record_id", "id"),
        Index("ix_changes_run", "organisation_id", "import_run_id", "id"),
    )

    act: Mapped[str]
    """`import`, `revert`, `correction`, `lineage` or `entry`."""
    import_run_id: Mapped[uuid.UUID | None]
    correction_id: Mapped[uuid.UUID | None]
    lineage_event_id: Mapped[uuid.UUID | None]
    table_name: Mapped[str]
    record_id: Mapped[uuid.UUID]
    other_id: Mapped[uuid.UUID | None]
    before: Mapped[dict[str, Any]] = mapped_column(info=NAMES_NO_OBJECT)
    after: Mapped[dict[str, Any]] = mapped_column(info=NAMES_NO_OBJECT)
    changed_at: Mapped[datetime.datetime]
    actor_name: Mapped[str]


class Correction(OrganisationOwned, Base):
    """A change that one officer proposes and another approves; imports then keep to it and report what they say."""

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'approved', 'rejected', 'withdrawn')", name="state"),
        Index("ix_corrections_state", "organisation_id", "state", "id"),
        Index("ix_corrections_property", "organisation_id", "property_id", "id"),
        Index(
            "uq_corrections_open",
            *("organisation_id", "record_id", "field"),
            unique=True,
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    table_name: Mapped[str]
    """`addresses` or `parcels`."""
    record_id: Mapped[uuid.UUID]
    field: Mapped[str]
    """`text`, `postcode`, `area_square_metres` or `status`."""
    before: Mapped[str | None]
    after: Mapped[str | None]
    imported_key: Mapped[str | None]
    """The key by which files still name a corrected address."""
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default="proposed")
    is_binding: Mapped[bool] = mapped_column(default=False)
    """Approved, and no later decision took an import's value instead: imports do not overwrite it."""
    proposed_by_id: Mapped[uuid.UUID | None]
    proposed_by_name: Mapped[str]
    decided_by_id: Mapped[uuid.UUID | None]
    decided_by_name: Mapped[str | None]
    decided_at: Mapped[datetime.datetime | None]
    decision: Mapped[str | None]
    """Why it was rejected, in words."""


class Conflict(OrganisationOwned, Base):
    """An import said something else than an approved correction."""

    __tablename__ = "conflicts"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'kept', 'taken')", name="state"),
        Index(
            "uq_conflicts_open",
            *("organisation_id", "correction_id"),
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
    )

    correction_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.corrections.id"))
    import_run_id: Mapped[uuid.UUID]
    source_line: Mapped[int | None]
    imported_value: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="open")
    decided_by_id: Mapped[uuid.UUID | None]
    decided_by_name: Mapped[str | None]
    decided_at: Mapped[datetime.datetime | None]

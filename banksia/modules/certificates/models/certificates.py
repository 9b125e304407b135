"""Drafts, the intent to issue, and certificates."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned


class Draft(OrganisationOwned, Base):
    """The answers that an officer prepares; `version` counts saves."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("organisation_id", "line_id"),)

    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.order_lines.id"))
    answers: Mapped[dict[str, Any]]
    version: Mapped[int]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    saved_by_name: Mapped[str]


class Issuance(OrganisationOwned, Base):
    """The decision to issue: everything the certificate will say, before its bytes exist.

    It is committed first; rendering and storing come after, outside any transaction, and can be done again from it.
    """

    __tablename__ = "issuances"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        Index(
            "uq_issuances_open",
            "organisation_id",
            "line_id",
            unique=True,
            postgresql_where="finished_at IS NULL",
        ),
    )

    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.order_lines.id"))
    number: Mapped[str]
    code: Mapped[str]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    issued_by_name: Mapped[str]
    document: Mapped[dict[str, Any]]
    supersedes_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("certificates.certificates.id"))
    finished_at: Mapped[datetime | None]


class Certificate(OrganisationOwned, Base, append_only=True):
    """An issued certificate. Nothing about it ever changes: a mistake is put right by one that supersedes it."""

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        UniqueConstraint("organisation_id", "supersedes_id"),
        Index(None, "organisation_id", "line_id"),
        Index(None, "organisation_id", "property_id"),
    )

    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.order_lines.id"))
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.orders.id"))
    number: Mapped[str]
    code: Mapped[str]
    product_code: Mapped[str]
    title: Mapped[str]
    property_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("property.properties.id"))
    parcel: Mapped[str]
    address: Mapped[str]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    issued_by_name: Mapped[str]
    object_id: Mapped[uuid.UUID]
    sha256: Mapped[str]
    size_bytes: Mapped[int]
    document: Mapped[dict[str, Any]]
    """Everything it says, its parcel, fee and data as at the day."""
    supersedes_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("certificates.certificates.id"))

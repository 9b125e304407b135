"""Drafts, the intent to issue, and certificates."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned
from banksia.modules.certificates.models.orders import ReplacedBecause


class Draft(OrganisationOwned, Base):
    """The answers that an officer prepares; `version` counts saves."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("organisation_id", "line_id"),)

    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.order_lines.id"))
    answers: Mapped[dict[str, Any]]
    version: Mapped[int]
    template_number: Mapped[int] = mapped_column(default=0)
    """The version of the template that it answers and is printed with, until its officer takes a newer one; 0 is the
    platform's own."""
    attached: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The PDF whose pages follow the certificate's own, or are all that it says."""
    known: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """What council knew when it was begun, in words, until an officer has looked at what has changed since; drafts of
    before have none."""
    as_issued: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """While its certificate is being replaced, the answers of the issued one: they come back when that one is kept."""
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
    signing_key_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("certificates.signing_keys.id"))
    """The council's key that signs it, even when another has replaced that key meanwhile."""
    object_id: Mapped[uuid.UUID | None]
    """The bytes, when they cannot be made twice the same: those with a time stamp."""
    finished_at: Mapped[datetime | None]
    without_officer: Mapped[bool] = mapped_column(default=False)
    """Decided by the council's rules, from the queue, and by nobody in person."""


class Certificate(OrganisationOwned, Base, append_only=True):
    """An issued certificate. Nothing about it ever changes: a mistake is put right by one that supersedes it."""

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        UniqueConstraint("organisation_id", "supersedes_id"),
        Index(None, "organisation_id", "line_id"),
        Index(None, "organisation_id", "property_id"),
        Index(None, "organisation_id", "sha256"),
        Index(
            "ix_certificates_first_issued",
            "organisation_id",
            "issued_at",
            postgresql_include=["line_id", "product_code"],
            postgresql_where="supersedes_id IS NULL",
        ),
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
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    """Everything it says, its parcel, fee and data as at the day."""
    supersedes_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("certificates.certificates.id"))
    supersedes_because: Mapped[ReplacedBecause | None] = mapped_column(Text)
    """Why it replaced the one before; unknown of those from before reasons were kept."""
    signing_key_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("certificates.signing_keys.id"))

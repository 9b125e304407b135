"""What the database knows of the bytes in the object store."""

import uuid
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned

VERDICTS: Final = ("whole", "damaged", "missing")
PURGE_STEPS: Final = ("purged", "returned")


class StoredObject(OrganisationOwned, Base, append_only=True):
    """Bytes that are safe in the store. The same bytes of one council are one object, however often they come."""

    __tablename__ = "objects"
    __table_args__ = (
        UniqueConstraint("organisation_id", "sha256"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_is_hexadecimal"),
        CheckConstraint("size >= 0", name="size_not_negative"),
    )

    # Compared byte by byte, as the store lists its keys, so that the sweep can walk both side by side.
    sha256: Mapped[str] = mapped_column(String(64, collation="C"))
    size: Mapped[int] = mapped_column(BigInteger)
    content_type: Mapped[str]


class Sweep(OrganisationOwned, Base, append_only=True):
    """One comparison of the rows of a council with the bytes in the store."""

    __tablename__ = "sweeps"
    __table_args__ = (Index(None, "organisation_id", "id"),)

    objects_seen: Mapped[int] = mapped_column(BigInteger)
    bytes_without_row: Mapped[int] = mapped_column(BigInteger)
    rows_without_bytes: Mapped[int] = mapped_column(BigInteger)
    examples: Mapped[dict[str, Any]]


class ResumableUpload(OrganisationOwned, Base):
    """A file that is still coming, over as many requests as it takes; its bytes lie in the incoming folder."""

    __tablename__ = "uploads"
    __table_args__ = (
        Index(None, "organisation_id", "expires_at"),
        Index(
            "ix_uploads_whole",
            "organisation_id",
            "purpose",
            "id",
            postgresql_where=text("finished_at IS NULL AND received = size"),
        ),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_is_hexadecimal"),
        CheckConstraint("received BETWEEN 0 AND size", name="received_within_size"),
        CheckConstraint("(finished_at IS NULL) = (result_id IS NULL)", name="finished_with_result"),
    )

    owner_id: Mapped[uuid.UUID]
    """Who began it; nobody else may go on with it."""
    owner_name: Mapped[str]
    purpose: Mapped[str]
    """What becomes of it, in the words of the module that does it: `files.document`."""
    about: Mapped[dict[str, Any]]
    """What that module has to know."""
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    """So many bytes are safe on the disk; whatever the part file has behind them does not count."""
    expires_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    result_id: Mapped[uuid.UUID | None]
    """What was made of it."""

    @property
    def is_whole(self) -> bool:
        """Whether its last byte is here."""
        return self.received == self.size


class Verification(OrganisationOwned, Base):
    """When the bytes of an object were last read again, and what was found."""

    __tablename__ = "verifications"
    __table_args__ = (
        UniqueConstraint("organisation_id", "object_id"),
        Index(None, "organisation_id", "verified_at"),
        Index("ix_verifications_failed", "organisation_id", "id", postgresql_where=text("verdict <> 'whole'")),
        CheckConstraint(f"verdict IN {VERDICTS}", name="verdict_known"),
    )

    object_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("storage.objects.id"))
    verified_at: Mapped[datetime]
    verdict: Mapped[str]


class Purge(OrganisationOwned, Base, append_only=True):
    """The bytes of an object were given up, or came again afterwards.

    An object is gone while it was purged more often than it returned.
    """

    __tablename__ = "purges"
    __table_args__ = (
        Index(None, "organisation_id", "object_id"),
        CheckConstraint(f"step IN {PURGE_STEPS}", name="step_known"),
    )

    object_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("storage.objects.id"))
    step: Mapped[str]

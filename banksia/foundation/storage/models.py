"""What the database knows of the bytes in the object store."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned


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

"""What a council signs its certificates with."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped

from banksia.kit.models import Base, OrganisationOwned


class SigningKey(OrganisationOwned, Base):
    """A signing certificate and its key; the one in use was not replaced. Rows stay, so that what they signed does."""

    __tablename__ = "signing_keys"
    __table_args__ = (
        Index("uq_signing_keys_in_use", "organisation_id", unique=True, postgresql_where=text("replaced_at IS NULL")),
        Index(None, "organisation_id", "id"),
        CheckConstraint("sealed_key IS NOT NULL OR replaced_at IS NOT NULL", name="has_key"),
    )

    sealed_key: Mapped[str | None]
    """Sealed with the installation's secret; taken away once the certificate is replaced and nothing waits for it."""
    chain: Mapped[list[str]]
    """The certificate, then those above it: DER in base64. They are public."""
    fingerprint: Mapped[str]
    """SHA-256 of the certificate, 64 hex digits."""
    subject: Mapped[str]
    issuer: Mapped[str]
    serial: Mapped[str]
    key_kind: Mapped[str]
    """`RSA 2048`, `EC P-256`, ..."""
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    is_own_make: Mapped[bool]
    """Made by the platform for a demo: it proves that nothing changed, and not who signed."""
    set_by_name: Mapped[str]
    replaced_at: Mapped[datetime | None]

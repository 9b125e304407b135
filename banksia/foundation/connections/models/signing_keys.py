"""The keys with which a council signs who sends a request to a remote module."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import NAMES_NO_OBJECT, Base, OrganisationOwned


class SigningKey(OrganisationOwned, Base):
    """One Ed25519 key of one council: a key of one council says nothing at another."""

    __tablename__ = "signing_keys"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kid"),
        Index("uq_signing_keys_in_use", "organisation_id", unique=True, postgresql_where=text("retired_at IS NULL")),
    )

    kid: Mapped[str]
    """The thumbprint of the public key (RFC 7638)."""
    sealed_private: Mapped[str | None]
    """Sealed with the installation's secret; gone once the key is retired."""
    public: Mapped[dict[str, Any]] = mapped_column(info=NAMES_NO_OBJECT)
    """The public key as a JWK, shown for a while after the key is retired."""
    retired_at: Mapped[datetime | None]

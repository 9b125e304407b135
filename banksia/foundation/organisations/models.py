"""Organisations. Their table alone has no row-level security: it is read before one knows for whom one works."""

from typing import Any

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from banksia.kit.models import Base, Identified, OrganisationOwned


class Organisation(Identified, Base):
    """One council."""

    __tablename__ = "organisations"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    service_name: Mapped[str] = mapped_column(default="Property certificates")
    abn: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    counter_hours: Mapped[str] = mapped_column(default="")
    acknowledgement: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[str] = mapped_column(default="Australia/Sydney")
    hosts: Mapped[list[str]] = mapped_column(default=list)
    enabled_modules: Mapped[list[str]] = mapped_column(default=list)
    theme: Mapped[dict[str, Any]] = mapped_column(default=dict)
    logo_type: Mapped[str] = mapped_column(default="")
    logo_sha256: Mapped[str] = mapped_column(default="")
    logo: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))


class ModuleSettings(OrganisationOwned, Base):
    """What a council decided for one module; what it did not decide is the module's default."""

    __tablename__ = "module_settings"
    __table_args__ = (UniqueConstraint("organisation_id", "module"),)

    module: Mapped[str]
    values: Mapped[dict[str, Any]]

"""Firms that customers order for, who belongs to them, and who is invited."""

import uuid
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned

FirmRole = Literal["owner", "manager", "member"]
ROLES: tuple[FirmRole, ...] = get_args(FirmRole)
_ROLE = f"role IN ({', '.join(repr(role) for role in ROLES)})"
_WAITING = "accepted_at IS NULL AND withdrawn_at IS NULL"


class Firm(OrganisationOwned, Base):
    """A law or conveyancing firm, or any business, for which several customers of one council order."""

    __tablename__ = "firms"

    name: Mapped[str]
    abn: Mapped[str] = mapped_column(default="")
    """`51 824 753 556`, its check digits right, or empty."""
    billing_email: Mapped[str | None]


class FirmMembership(OrganisationOwned, Base):
    """That a customer belongs, or belonged, to a firm. A person who comes back gets the same row again."""

    __tablename__ = "firm_memberships"
    __table_args__ = (
        UniqueConstraint("organisation_id", "firm_id", "user_id"),
        Index("ix_firm_memberships_user", "organisation_id", "user_id"),
        CheckConstraint(_ROLE, name="role"),
    )

    firm_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("auth.firms.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("auth.users.id"))
    role: Mapped[FirmRole] = mapped_column(Text)
    joined_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    """When the person ordered for the firm last; the firm used last is what the next order is for."""
    ended_at: Mapped[datetime | None]


class FirmInvitation(OrganisationOwned, Base):
    """An address that was asked to join a firm. The link of its last mail works once, until it expires."""

    __tablename__ = "firm_invitations"
    __table_args__ = (
        UniqueConstraint("organisation_id", "token_hash"),
        Index(
            "uq_firm_invitations_waiting",
            "organisation_id",
            "firm_id",
            "email",
            unique=True,
            postgresql_where=_WAITING,
        ),
        Index("ix_firm_invitations_email", "organisation_id", "email", postgresql_where=_WAITING),
        CheckConstraint(_ROLE, name="role"),
    )

    firm_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("auth.firms.id"))
    email: Mapped[str] = mapped_column(Text(collation="C"))
    """In small letters."""
    role: Mapped[FirmRole] = mapped_column(Text)
    token_hash: Mapped[str]
    invited_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("auth.users.id"))
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

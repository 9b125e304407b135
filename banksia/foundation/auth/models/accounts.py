"""Accounts, their sessions and API tokens. Tokens are kept as hashes only: a copy of the database signs nobody in."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned


class User(OrganisationOwned, Base):
    """Somebody with an account at one council: a customer or a member of staff."""

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("organisation_id", "email"),
        Index("ix_users_kind_name", "organisation_id", "kind", "name", "id"),
    )

    email: Mapped[str] = mapped_column(Text(collation="C"))
    """In small letters, ordered by its bytes: a prefix is then a range, the one search that row-level security leaves
    an index for."""
    name: Mapped[str]
    kind: Mapped[str]
    """`customer` or `staff`."""
    roles: Mapped[list[str]]
    password_hash: Mapped[str] = mapped_column(default="")
    email_verified_at: Mapped[datetime | None]
    active: Mapped[bool] = mapped_column(default=True)
    last_signed_in_at: Mapped[datetime | None]

    @property
    def has_password(self) -> bool:
        """Whether the person has set a password yet."""
        return bool(self.password_hash)


class SignInSession(OrganisationOwned, Base):
    """A browser in which somebody is signed in."""

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("organisation_id", "token_hash"),
        Index("ix_sessions_user", "organisation_id", "user_id"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("auth.users.id"))
    token_hash: Mapped[str]
    csrf_token: Mapped[str]
    expires_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OneTimeToken(OrganisationOwned, Base):
    """A link in a mail that works once: to verify an address, to set a password."""

    __tablename__ = "one_time_tokens"
    __table_args__ = (
        UniqueConstraint("organisation_id", "token_hash"),
        Index("ix_one_time_tokens_user", "organisation_id", "user_id", "purpose"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("auth.users.id"))
    purpose: Mapped[str]
    token_hash: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiToken(OrganisationOwned, Base):
    """What a customer's software signs in with; it acts for the customer, within the scopes that it was given."""

    __tablename__ = "api_tokens"
    __table_args__ = (
        UniqueConstraint("organisation_id", "token_hash"),
        Index("ix_api_tokens_user", "organisation_id", "user_id", "id"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("auth.users.id"))
    name: Mapped[str]
    prefix: Mapped[str]
    """The first characters, by which a person tells tokens apart; they open nothing."""
    token_hash: Mapped[str]
    scopes: Mapped[list[str]]
    """Names of permissions that are there for tokens."""
    expires_at: Mapped[datetime]
    last_used_on: Mapped[date | None]
    """The day in UTC, noted by the first request of a day: a row is not written for every request."""
    revoked_at: Mapped[datetime | None]


class RateCount(OrganisationOwned, Base):
    """How often something was tried within one window of time."""

    __tablename__ = "rate_counts"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name", "subject_hash", "window_starts_at"),
        Index("ix_rate_counts_old", "organisation_id", "window_starts_at"),
    )

    name: Mapped[str]
    subject_hash: Mapped[str]
    """A hash, because it may be an address of a person."""
    window_starts_at: Mapped[datetime]
    count: Mapped[int]

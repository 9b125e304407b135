"""Messages: what was said to whom, and what became of it."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned


class Message(OrganisationOwned, Base):
    """One mail to one address, rendered once; a message that is sent again is a row of its own."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("organisation_id", "dedupe_key"),
        CheckConstraint("status IN ('queued', 'sending', 'sent', 'refused', 'bounced')", name="status_known"),
        Index(None, "organisation_id", "id"),
        Index(None, "organisation_id", "to_address", "id"),
        Index(None, "organisation_id", "resend_of_id"),
        Index(None, "organisation_id", "about_id", "id"),
    )

    dedupe_key: Mapped[str | None]
    template: Mapped[str]
    to_address: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    attachments: Mapped[list[dict[str, Any]]]
    """`object_id` and `file_name` of each."""
    confidential: Mapped[bool] = mapped_column(default=False)
    """Whether its words are for its reader alone, as a link that sets a password is: they go once it is delivered."""
    status: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    """What the mail server said when it last did not take it."""
    sent_at: Mapped[datetime | None]
    """When the mail server accepted it."""
    bounced_at: Mapped[datetime | None]
    """When it came back: refused by the mail server at once, or returned by a later one."""
    about_kind: Mapped[str | None]
    about_id: Mapped[uuid.UUID | None]
    """What it is about, in the words of the module that sent it: `certificates.order` and its id."""
    resend_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("notifications.messages.id"))


class Wording(OrganisationOwned, Base, append_only=True):
    """A council's own words for a mail. A change is a version of its own, and so is going back to the standard."""

    __tablename__ = "wordings"
    __table_args__ = (
        UniqueConstraint("organisation_id", "template", "version"),
        CheckConstraint("(subject IS NULL) = (text IS NULL)", name="whole"),
    )

    template: Mapped[str]
    version: Mapped[int]
    subject: Mapped[str | None]
    """Null, as the text, when this version is the standard words."""
    text: Mapped[str | None]
    author_id: Mapped[uuid.UUID | None]
    author_name: Mapped[str]

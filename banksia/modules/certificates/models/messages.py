"""What customer and council write to each other about an order, and the files that come with it."""

import uuid

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned


class Message(OrganisationOwned, Base, append_only=True):
    """One message about an order. Never changed."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "organisation_id", "order_id", "id"),)

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.orders.id"))
    from_council: Mapped[bool]
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("auth.users.id"))
    author_name: Mapped[str]
    text: Mapped[str]


class MessageFile(OrganisationOwned, Base, append_only=True):
    """A file that came with a message. Never changed."""

    __tablename__ = "message_files"
    __table_args__ = (UniqueConstraint("organisation_id", "message_id", "position"),)

    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificates.messages.id"))
    position: Mapped[int]
    file_name: Mapped[str]
    object_id: Mapped[uuid.UUID]
    sha256: Mapped[str]
    size_bytes: Mapped[int]

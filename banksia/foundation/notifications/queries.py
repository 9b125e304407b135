"""Every SELECT on messages, scoped to one organisation."""

import uuid

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from banksia.foundation.notifications.models import Message


def messages_of(organisation_id: uuid.UUID) -> Select[Message]:
    """The messages of a council."""
    return select(Message).where(Message.organisation_id == organisation_id)


def listed_messages(organisation_id: uuid.UUID, *, to: str | None = None, status: str | None = None) -> Select[Message]:
    """The messages of a council without their words."""
    found = messages_of(organisation_id).options(defer(Message.text), defer(Message.html))
    if to:
        found = found.where(Message.to_address == to.strip().lower())
    if status:
        found = found.where(Message.status == status)
    return found

"""Every SELECT on messages, scoped to one organisation."""

import uuid

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import defer

from banksia.foundation.notifications.models import Message, Wording


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


def wordings_of(organisation_id: uuid.UUID, template: str) -> Select[Wording]:
    """Every version of a council's words for a mail, newest first."""
    return (
        select(Wording)
        .where(Wording.organisation_id == organisation_id, Wording.template == template)
        .order_by(Wording.version.desc())
    )


def newest_wordings(organisation_id: uuid.UUID) -> Select[Wording]:
    """The newest version for each mail that the council ever worded."""
    return (
        select(Wording)
        .ext(distinct_on(Wording.template))
        .where(Wording.organisation_id == organisation_id)
        .order_by(Wording.template, Wording.version.desc())
    )

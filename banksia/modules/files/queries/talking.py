"""Comments, reminders and sendings, scoped to one organisation."""

import uuid

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from banksia.modules.files.models import Comment, Reminder, Sending


def comments_of(organisation_id: uuid.UUID) -> Select[Comment]:
    """The comments in a council's files."""
    return select(Comment).where(Comment.organisation_id == organisation_id)


def reminders_of(organisation_id: uuid.UUID) -> Select[Reminder]:
    """The reminders in a council's files."""
    return select(Reminder).where(Reminder.organisation_id == organisation_id)


def waiting_reminders(organisation_id: uuid.UUID) -> Select[Reminder]:
    """Those that are still to be sent."""
    return reminders_of(organisation_id).where(Reminder.sent_at.is_(None), Reminder.cancelled_at.is_(None))


def sendings_of(organisation_id: uuid.UUID) -> Select[Sending]:
    """What was sent to owners, each with its documents in one statement more."""
    return select(Sending).where(Sending.organisation_id == organisation_id).options(selectinload(Sending.documents))

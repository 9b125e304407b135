"""Comments, reminders and sendings, scoped to one organisation."""

import uuid

from sqlalchemy import Exists, Select, select
from sqlalchemy.orm import joinedload, selectinload

from banksia.modules.files.models import Comment, Document, Reminder, Sending, SentDocument
from banksia.modules.files.queries.folders import lies_restricted


def comments_of(organisation_id: uuid.UUID) -> Select[Comment]:
    """The comments in a council's files."""
    return select(Comment).where(Comment.organisation_id == organisation_id)


def reminders_of(organisation_id: uuid.UUID) -> Select[Reminder]:
    """The reminders in a council's files."""
    return select(Reminder).where(Reminder.organisation_id == organisation_id)


def waiting_reminders(organisation_id: uuid.UUID) -> Select[Reminder]:
    """Those that are still to be sent, each with the title of its document in the same row."""
    waiting = reminders_of(organisation_id).where(Reminder.sent_at.is_(None), Reminder.cancelled_at.is_(None))
    return waiting.options(joinedload(Reminder.document).load_only(Document.title))


def sendings_of(organisation_id: uuid.UUID) -> Select[Sending]:
    """What was sent to owners, each with its documents in one statement more."""
    return select(Sending).where(Sending.organisation_id == organisation_id).options(selectinload(Sending.documents))


def sent_restricted(organisation_id: uuid.UUID) -> Exists:
    """Whether one of a sending's documents lies in a folder that only some may open."""
    return (
        select(SentDocument.id)
        .where(
            SentDocument.organisation_id == organisation_id,
            SentDocument.sending_id == Sending.id,
            lies_restricted(organisation_id, SentDocument.document_id),
        )
        .exists()
    )

"""The log of messages."""

import uuid
from typing import Annotated

from fastapi import Query

from banksia.foundation.notifications import permissions, queries
from banksia.foundation.notifications.errors import (
    MessageConfidential,
    MessageNotFound,
    MessageOnItsWay,
    NoAddressToTest,
)
from banksia.foundation.notifications.models import Message
from banksia.foundation.notifications.schemas import MessageDetail, MessageRead, MessageStatus
from banksia.foundation.notifications.service import writing
from banksia.kit.paging import Key, page_of
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Line, Page

staff = Router()


@staff.get("/messages", permission=permissions.MESSAGES_READ)
def list_messages(
    session: SessionDep,
    actor: ActorDep,
    to: Annotated[Line | None, Query(description="Only messages to this address")] = None,
    status: MessageStatus | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[MessageRead]:
    """Messages, newest first."""
    found = queries.listed_messages(actor.organisation_id, to=to, status=status)
    rows, following = page_of(session, found, keys=[Key(Message.id, "id", descending=True)], limit=limit, cursor=cursor)
    return Page(results=[MessageRead.model_validate(row) for row in rows], next_cursor=following)


@staff.get("/messages/{message_id}", permission=permissions.MESSAGES_READ, raises=[MessageNotFound])
def read_message(session: SessionDep, message_id: uuid.UUID) -> MessageDetail:
    """One message with its words."""
    return MessageDetail.model_validate(writing.shown_message(session, message_id))


@staff.post(
    "/messages/{message_id}/resend",
    permission=permissions.MESSAGES_RESEND,
    raises=[MessageNotFound, MessageOnItsWay, MessageConfidential],
    status_code=201,
)
def resend_message(session: SessionDep, actor: ActorDep, message_id: uuid.UUID) -> MessageRead:
    """Send the same message to the same address once more."""
    return MessageRead.model_validate(writing.resend_message(session, actor, message_id=message_id))


@staff.post("/test-message", permission=permissions.MESSAGES_RESEND, raises=[NoAddressToTest], status_code=201)
def send_test_message(session: SessionDep, actor: ActorDep) -> MessageRead:
    """Send a message to yourself, to see that mail arrives."""
    return MessageRead.model_validate(writing.send_test_message(session, actor))

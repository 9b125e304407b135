"""Messages about an order: the customer writes with the key of the order or an account, council with a permission.

A message of the customer answers what council asked: lines that are on hold for an answer go on, with the time that
was left. Files come after their message, one upload each, so that a lost connection costs one file and no words.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.models import new_id
from banksia.modules.certificates.errors.messages import (
    MessageFileNotFound,
    MessageNotFound,
    MessagesFull,
    MessageTakesNoFiles,
)
from banksia.modules.certificates.models import Message, MessageFile, Order, OrderLine
from banksia.modules.certificates.permissions import MESSAGES_WRITE
from banksia.modules.certificates.queries.lines import lines_of_order
from banksia.modules.certificates.queries.messages import count_of_messages, files_of, messages_of
from banksia.modules.certificates.schemas.messages import MessageCreate, MessageFileRead, MessageList, MessageRead
from banksia.modules.certificates.service.access import find_order
from banksia.modules.certificates.service.downloading import Download
from banksia.modules.certificates.service.holding import let_clock_go_on
from banksia.modules.certificates.service.mailing import mail_message
from banksia.modules.certificates.service.states import UNPAID, move
from banksia.modules.certificates.service.telling import tell_of_message

MOST_MESSAGES = 200
MOST_FILES = 10
FILES_FOR = timedelta(hours=1)
LARGEST_FILE = 25 * 1024 * 1024
"""Bytes. A survey plan or a letter is smaller; what is larger belongs in the property file."""
ANSWERED = "The customer answered."


def list_messages(session: Session, actor: Actor, *, order: Order) -> MessageList:
    """Return all that was written about an order."""
    messages = session.scalars(messages_of(order.organisation_id, order.id)).all()
    lines = [line for line in order.lines if _waits_for_answer(line)]
    return MessageList(
        messages=_read_all(session, actor, order, messages),
        can_write=_is_customer(actor) or actor.may(MESSAGES_WRITE),
        answers=[line.reason or "" for line in lines],
        is_mailed=order.contact_email is not None,
    )


def write_message(session: Session, actor: Actor, *, order: Order, written: MessageCreate) -> MessageRead:
    """Keep a message and tell the other side; raises MessagesFull, and Forbidden for staff who may not.

    The order is locked by the caller. The customer hears by mail; council sees it on the order and in the queue.
    """
    from_council = not _is_customer(actor)
    if from_council:
        actor.require(MESSAGES_WRITE)
    if session.scalars(count_of_messages(order.organisation_id, order.id)).one() >= MOST_MESSAGES:
        raise MessagesFull
    message = Message(
        id=new_id(),
        organisation_id=order.organisation_id,
        order_id=order.id,
        from_council=from_council,
        author_id=actor.user_id,
        author_name=order.contact_name if actor.kind == "guest" else actor.name,
        text=written.text,
    )
    session.add(message)
    if from_council:
        order.customer_wrote_at = None
        mail_message(session, order, message)
        tell_of_message(session, order, message)
    else:
        order.customer_wrote_at = utc_now()
        _go_on(session, actor, order)
    audit.record(session, actor, "certificates.message_written", subject=order, detail={"from_council": from_council})
    session.flush()
    return _read_all(session, actor, order, [message])[0]


def _go_on(session: Session, actor: Actor, order: Order) -> None:
    """Let the clock of what waited for the customer's answer go on."""
    statement = lines_of_order(order.organisation_id, order.id).with_for_update(of=OrderLine)
    for line in session.scalars(statement.execution_options(populate_existing=True)):
        if _waits_for_answer(line):
            move(session, actor, line, "resume", note=ANSWERED)
            let_clock_go_on(session, line)


def _waits_for_answer(line: OrderLine) -> bool:
    return line.state == "on_hold" and line.reason != UNPAID


@dataclass(frozen=True)
class FileOfMessage:
    """What a request says of the file that it brings."""

    order_id: uuid.UUID
    message_id: uuid.UUID
    token: str | None
    file_name: str
    sha256: str
    size: int


@contextmanager
def receive_file(transactions: Transactions, sent: FileOfMessage) -> Iterator[storage.Receiving]:
    """Take a file's bytes once it is known that they may come; see `storage.receive`.

    Raises OrderNotFound, OrderTokenNeeded, MessageNotFound, MessageTakesNoFiles and UploadTooLarge.
    """
    if sent.size > LARGEST_FILE:
        raise storage.UploadTooLarge(LARGEST_FILE)
    with transactions() as session:
        _message_that_takes(session, transactions.actor, sent)
    with storage.receive(transactions.platform, size=sent.size) as receiving:
        yield receiving


def add_file(transactions: Transactions, sent: FileOfMessage, receiving: storage.Receiving) -> MessageRead:
    """Make the received bytes safe, then note whose they are; call it outside any transaction."""
    stored = receiving.keep(transactions, sha256=sent.sha256)
    actor = transactions.actor
    with transactions() as session:
        order, message, files = _message_that_takes(session, actor, sent, lock=True)
        if all((each.sha256, each.file_name) != (sent.sha256, sent.file_name) for each in files):
            kept = storage.record_object(session, stored)
            session.add(
                MessageFile(
                    id=new_id(),
                    organisation_id=order.organisation_id,
                    message_id=message.id,
                    position=len(files),
                    file_name=sent.file_name,
                    object_id=kept.id,
                    sha256=kept.sha256,
                    size_bytes=kept.size,
                )
            )
            detail = {"file_name": sent.file_name, "sha256": kept.sha256}
            audit.record(session, actor, "certificates.message_file_added", subject=order, detail=detail)
            session.flush()
        return _read_all(session, actor, order, [message])[0]


def _message_that_takes(
    session: Session, actor: Actor, sent: FileOfMessage, *, lock: bool = False
) -> tuple[Order, Message, Sequence[MessageFile]]:
    order = find_order(session, actor, sent.order_id, sent.token, lock=lock)
    statement = messages_of(order.organisation_id, order.id).where(Message.id == sent.message_id)
    message = session.scalar(statement)
    if message is None:
        raise MessageNotFound
    files = session.scalars(files_of(order.organisation_id, [message.id])).all()
    if not _takes_files(actor, message) or len(files) >= MOST_FILES:
        raise MessageTakesNoFiles(MOST_FILES)
    return order, message, files


def _takes_files(actor: Actor, message: Message) -> bool:
    """Whether this person wrote it, not long ago."""
    if message.created_at < utc_now() - FILES_FOR:
        return False
    if message.from_council:
        return message.author_id == actor.user_id
    return _is_customer(actor)


def _is_customer(actor: Actor) -> bool:
    """Whether this person stands on the customer's side: whoever opened the order and is not staff."""
    return actor.is_customer or actor.kind == "guest"


def download_file(session: Session, actor: Actor, *, order: Order, file_id: uuid.UUID) -> Download:
    """Return a file of one of the order's messages and note who took it; raises MessageFileNotFound."""
    messages = session.scalars(messages_of(order.organisation_id, order.id)).all()
    files = session.scalars(files_of(order.organisation_id, [message.id for message in messages]))
    found = next((each for each in files if each.id == file_id), None)
    stored = storage.find_object(session, found.object_id) if found else None
    if found is None or stored is None:
        raise MessageFileNotFound
    detail = {"file_name": found.file_name, "sha256": found.sha256}
    audit.record(session, actor, "certificates.message_file_downloaded", subject=order, detail=detail)
    return Download(stored, found.file_name)


def _read_all(session: Session, actor: Actor, order: Order, messages: Sequence[Message]) -> list[MessageRead]:
    files: dict[uuid.UUID, list[MessageFileRead]] = {}
    for each in session.scalars(files_of(order.organisation_id, [message.id for message in messages])):
        files.setdefault(each.message_id, []).append(
            MessageFileRead(
                id=each.id,
                file_name=each.file_name,
                size_bytes=each.size_bytes,
                sha256=each.sha256,
                download_path=f"/api/certificates/orders/{order.id}/message-files/{each.id}",
            )
        )
    return [
        MessageRead(
            id=message.id,
            from_council=message.from_council,
            author_name=message.author_name,
            text=message.text,
            at=message.created_at,
            files=files.get(message.id, []),
            takes_files=_takes_files(actor, message),
        )
        for message in messages
    ]

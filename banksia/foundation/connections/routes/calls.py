"""What a remote module calls back: for the person who called it, or for itself."""

import uuid
from functools import partial
from typing import Annotated

from fastapi import Header, Query, Request
from starlette.responses import Response, StreamingResponse

from banksia.foundation.connections.errors.calls import (
    EventBroken,
    EventNotDeclared,
    ForeignName,
    KeptObjectNotFound,
    KeyMissing,
    KeyUsed,
    KindNotDeclared,
    LinkInNotice,
    PaymentNotRaised,
    RecipientUnknown,
    RefundsNotDeclared,
    ReminderNotFound,
    ReminderTooFar,
    ReturnPathRefused,
    SubjectRaised,
    TooManyReminders,
    TooMuchSaid,
)
from banksia.foundation.connections.schemas.calls import (
    AuditCreate,
    EventCreate,
    EventTaken,
    KeptObjectRead,
    ModuleSelf,
    NoticeCreate,
    NoticeRead,
    PaymentCancel,
    PaymentCreate,
    PaymentRefund,
    RaisedPaymentRead,
    ReminderCreate,
    ReminderRead,
)
from banksia.foundation.connections.service import (
    log_entries,
    notices,
    objects_kept,
    payments_raised,
    receiving,
    reminders,
    self_reading,
)
from banksia.foundation.payments.public import REFUND_ERRORS, AlreadyPaid, NothingOwed, TillNotOpen
from banksia.foundation.storage.public import (
    UPLOAD_BODY,
    UPLOAD_ERRORS,
    BytesMissing,
    DeclaredSize,
    RangeNotSatisfiable,
    Sha256Header,
    StorageUnavailable,
    serve_object,
    take_upload,
)
from banksia.kit.errors import TooManyRequests
from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import RequiredLine

calls = Router()
KeyHeader = Annotated[str | None, Header(alias="Idempotency-Key", description="The same for a repeat of the same wish")]


@calls.get("/self", capability="any")
def read_self(session: SessionDep, actor: ActorDep) -> ModuleSelf:
    """As whom the module calls, and the settings that the council made for it."""
    return self_reading.read_self(session, actor)


@calls.post(
    "/payments",
    capability="payments.raise",
    status_code=201,
    raises=[KeyMissing, KeyUsed, KindNotDeclared, ReturnPathRefused, SubjectRaised, NothingOwed],
)
def raise_payment(
    session: SessionDep, actor: ActorDep, wanted: PaymentCreate, idempotency_key: KeyHeader = None
) -> RaisedPaymentRead:
    """Raise something owed: it is paid by card on its page, or at the counter, and its events come to the module."""
    return payments_raised.raise_payment(session, actor, wanted=wanted, key=idempotency_key)


@calls.get("/payments/{payment_id}", capability="payments.raise", transactions=True, raises=[PaymentNotRaised])
def read_raised_payment(transactions: TransactionsDep, payment_id: uuid.UUID) -> RaisedPaymentRead:
    """How something stands that the module raised.

    Who comes back from paying by card comes before the provider's message: while it is not paid, the provider is asked.
    """
    return payments_raised.read_payment(transactions, payment_id=payment_id)


@calls.post(
    "/payments/{payment_id}/refund",
    capability="payments.raise",
    raises=[PaymentNotRaised, RefundsNotDeclared, TillNotOpen, *REFUND_ERRORS],
)
def refund_raised_payment(
    session: SessionDep, actor: ActorDep, payment_id: uuid.UUID, wanted: PaymentRefund
) -> RaisedPaymentRead:
    """Give money back; above the council's threshold it waits for a second person."""
    return payments_raised.refund_payment(session, actor, payment_id=payment_id, wanted=wanted)


@calls.post("/payments/{payment_id}/cancel", capability="payments.raise", raises=[PaymentNotRaised, AlreadyPaid])
def cancel_raised_payment(
    session: SessionDep, actor: ActorDep, payment_id: uuid.UUID, wanted: PaymentCancel
) -> RaisedPaymentRead:
    """Let nobody pay it any more."""
    return payments_raised.cancel_payment(session, actor, payment_id=payment_id, reason=wanted.reason)


@calls.post(
    "/notices",
    capability="notices.send",
    status_code=202,
    raises=[KeyMissing, RecipientUnknown, ReturnPathRefused, LinkInNotice, TooManyRequests],
)
def send_notice(
    session: SessionDep, actor: ActorDep, wanted: NoticeCreate, idempotency_key: KeyHeader = None
) -> NoticeRead:
    """Mail a person in the council's frame: at most 500 notices an hour, and 20 a day to one address."""
    return notices.send_notice(session, actor, wanted=wanted, key=idempotency_key)


@calls.post(
    "/objects",
    capability="objects.store",
    transactions=True,
    status_code=201,
    raises=[*UPLOAD_ERRORS],
    openapi_extra=UPLOAD_BODY,
)
async def store_object(
    request: Request,
    transactions: TransactionsDep,
    size: DeclaredSize,
    sha256: Sha256Header,
    file_name: Annotated[RequiredLine, Query()],
) -> KeptObjectRead:
    """Keep a file of at most 100 MB: the body is its bytes."""
    opened = objects_kept.receive_object(transactions.platform, size=size)
    return await take_upload(request, opened, partial(objects_kept.keep_object, transactions, file_name, sha256))


@calls.get("/objects/{kept_id}", capability="objects.store", raises=[KeptObjectNotFound])
def read_object(session: SessionDep, actor: ActorDep, kept_id: uuid.UUID) -> KeptObjectRead:
    """What a file of the module is."""
    return objects_kept.read_object(session, actor, kept_id=kept_id)


@calls.get(
    "/objects/{kept_id}/content",
    capability="objects.store",
    transactions=True,
    raises=[KeptObjectNotFound, RangeNotSatisfiable, BytesMissing, StorageUnavailable],
    response_class=StreamingResponse,
)
def download_object(request: Request, transactions: TransactionsDep, kept_id: uuid.UUID) -> Response:
    """The bytes of a file of the module."""
    with transactions() as session:
        kept, stored = objects_kept.find_kept(session, transactions.actor, kept_id=kept_id)
    asked = request.headers.get("range")
    return serve_object(transactions.platform, stored, file_name=kept.file_name, requested_range=asked)


@calls.post("/audit", capability="audit.record", status_code=204, raises=[ForeignName, TooMuchSaid])
def record_action(session: SessionDep, actor: ActorDep, told: AuditCreate) -> None:
    """Write into the council's log what the module did, for whom."""
    log_entries.record_action(session, actor, told=told)


@calls.post(
    "/reminders",
    capability="reminders.enqueue",
    status_code=201,
    raises=[KeyMissing, KeyUsed, TooMuchSaid, ReminderTooFar, TooManyReminders],
)
def set_reminder(
    session: SessionDep, actor: ActorDep, wanted: ReminderCreate, idempotency_key: KeyHeader = None
) -> ReminderRead:
    """Ask for the event `reminder_due` of the module at a moment within two years."""
    reminder = reminders.set_reminder(session, actor, wanted=wanted, key=idempotency_key)
    return ReminderRead.model_validate(reminder)


@calls.get("/reminders/{reminder_id}", capability="reminders.enqueue", raises=[ReminderNotFound])
def read_reminder(session: SessionDep, actor: ActorDep, reminder_id: uuid.UUID) -> ReminderRead:
    """How a reminder stands."""
    return ReminderRead.model_validate(reminders.read_reminder(session, actor, reminder_id=reminder_id))


@calls.delete("/reminders/{reminder_id}", capability="reminders.enqueue", raises=[ReminderNotFound])
def cancel_reminder(session: SessionDep, actor: ActorDep, reminder_id: uuid.UUID) -> ReminderRead:
    """Wait for it no more."""
    return ReminderRead.model_validate(reminders.cancel_reminder(session, actor, reminder_id=reminder_id))


@calls.post(
    "/events",
    capability="any",
    status_code=202,
    raises=[KeyMissing, KeyUsed, EventNotDeclared, EventBroken, TooMuchSaid, TooManyRequests],
)
def receive_event(
    session: SessionDep, actor: ActorDep, told: EventCreate, idempotency_key: KeyHeader = None
) -> EventTaken:
    """Tell an event of the approved manifest to installed and connected modules that hear it."""
    return receiving.receive_event(session, actor, told=told, key=idempotency_key)

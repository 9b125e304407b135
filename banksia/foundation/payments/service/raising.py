"""Raising what is owed, and telling how it stands."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.foundation.payments import queries
from banksia.foundation.payments.errors import AlreadyPaid, NothingOwed, PayableNotFound
from banksia.foundation.payments.models import PAID_STATES, Cause, Money, Payable, PayableLine
from banksia.foundation.payments.service.transitions import move_money
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id

GstTreatment = Literal["taxable", "exempt", "out_of_scope"]
PayableRef = tuple[str, uuid.UUID]
COUNTER_LOCK_FOR = timedelta(minutes=2)


def gst_in(amount_cents: int, treatment: GstTreatment) -> int:
    """The GST contained in a price, in cents: one eleventh of a taxable one, rounded once.

    Source: A New Tax System (Goods and Services Tax) Act 1999, s 9-70. An eleventh is never half a cent, so no rule
    for halves is needed.
    """
    return round(amount_cents / 11) if treatment == "taxable" else 0


@dataclass(frozen=True)
class LineOwed:
    """One line of what is owed; the amount is in cents, for the whole line, GST included."""

    description: str
    amount_cents: int
    gst_treatment: GstTreatment
    gl_code: str
    quantity: int = 1
    gst_cents: int | None = None
    """Left out, it is computed; given, the database checks it."""


@dataclass(frozen=True)
class Pages:
    """The pages of what is sold, as paths on the council's host."""

    payer: str
    """Where the payer comes back to."""
    staff: str | None = None
    """Where staff find what is sold."""


@dataclass(frozen=True)
class Payer:
    """Who pays, as far as it is known."""

    name: str = ""
    email: str | None = None
    mail_link: str | None = None
    """The link in the receipt's mail, by default the payer's page; it may carry a key that its path does not."""
    reference: str | None = None
    """The payer's own number for it, which stands on the receipt and in its file name; nobody else is told."""


def raise_payable(
    session: Session,
    actor: Actor,
    *,
    payable: PayableRef,
    title: str,
    reference: str,
    lines: Sequence[LineOwed],
    pages: Pages,
    payer: Payer | None = None,
) -> Payable:
    """Write down what is owed, with prices and GST as they are now; the caller's transaction also writes the order.

    When the payer has an email address, the receipt is mailed to it. Raises NothingOwed when the lines add up to
    nothing.
    """
    organisation_id = organisation_id_of(session)
    rows = [_line(organisation_id, line, position) for position, line in enumerate(lines, start=1)]
    total_cents = sum(row.amount_cents for row in rows)
    if not total_cents:
        raise NothingOwed
    owed = Payable(
        id=new_id(),
        organisation_id=organisation_id,
        kind=payable[0],
        subject_id=payable[1],
        title=title,
        reference=reference,
        return_path=pages.payer,
        staff_path=pages.staff,
        **_payer_columns(payer or Payer(), pages.payer),
        total_cents=total_cents,
        gst_cents=sum(row.gst_cents for row in rows),
        state=Money.AWAITING_PAYMENT.value,
        lines=rows,
    )
    session.add(owed)
    session.flush()
    audit.record(session, actor, "payments.payable_raised", subject=owed, detail={"total_cents": total_cents})
    return owed


def change_payer(session: Session, actor: Actor, *, payable: PayableRef, payer: Payer) -> None:
    """Mail receipts to another address from now on; raises PayableNotFound."""
    owed = locked(session, payable)
    for column, value in _payer_columns(payer, owed.return_path).items():
        setattr(owed, column, value)
    audit.record(session, actor, "payments.payer_changed", subject=owed)


def _payer_columns(payer: Payer, return_path: str) -> dict[str, str | None]:
    return {
        "payer_name": payer.name,
        "payer_email": payer.email or None,
        "payer_reference": payer.reference or None,
        "mail_link": payer.mail_link or return_path,
    }


def _line(organisation_id: uuid.UUID, line: LineOwed, position: int) -> PayableLine:
    gst_cents = gst_in(line.amount_cents, line.gst_treatment) if line.gst_cents is None else line.gst_cents
    return PayableLine(
        organisation_id=organisation_id,
        position=position,
        description=line.description,
        quantity=line.quantity,
        amount_cents=line.amount_cents,
        gst_cents=gst_cents,
        gst_treatment=line.gst_treatment,
        gl_code=line.gl_code,
    )


def cancel_payable(session: Session, actor: Actor, *, payable: PayableRef, reason: str) -> None:
    """Nobody shall pay this any more. Raises AlreadyPaid when somebody has.

    An open payment page is closed at the provider by a task; money that arrives all the same goes to review.
    """
    owed = locked(session, payable)
    if owed.state == Money.CANCELLED:
        return
    if owed.state in PAID_STATES:
        raise AlreadyPaid(owed.reference)
    move_money(owed, Cause.CANCELLED)
    attempt = session.scalar(queries.open_attempt_of(owed.organisation_id, owed.id))
    if attempt is not None:
        enqueue(session, "payments.close_attempt", attempt_id=attempt.id)
    audit.record(session, actor, "payments.payable_cancelled", subject=owed, detail={"reason": reason})


def locked(session: Session, payable: PayableRef) -> Payable:
    """The payable, locked until the transaction ends: every decision about its money is taken under this lock."""
    statement = queries.payable_named(organisation_id_of(session), payable)
    owed = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if owed is None:
        raise PayableNotFound
    return owed


def locked_by_id(session: Session, payable_id: uuid.UUID) -> Payable:
    """As `locked`, by our own id."""
    statement = queries.payables_of(organisation_id_of(session)).where(Payable.id == payable_id)
    owed = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if owed is None:
        raise PayableNotFound
    return owed


def is_at_counter(owed: Payable) -> bool:
    """Whether a clerk takes its money at this moment."""
    return owed.counter_locked_at is not None and utc_now() - owed.counter_locked_at < COUNTER_LOCK_FOR


def outstanding_cents(session: Session, owed: Payable) -> int:
    """What is still to be paid of a locked payable: all of it, or what a dishonoured cheque has left open."""
    paid = sums_by_id(session, queries.captured(owed.organisation_id, [owed.id]))
    return owed.total_cents - paid.get(owed.id, 0)


def is_paid(session: Session, payable: PayableRef) -> bool:
    """Whether work may be done for it: paid in full, and not given back in full."""
    state = session.scalar(queries.payable_named(organisation_id_of(session), payable).with_only_columns(Payable.state))
    return state in PAID_STATES


def sums_by_id(session: Session, statement: Select[uuid.UUID, int]) -> dict[uuid.UUID, int]:
    """Sums of cents by id; what has no rows has no entry."""
    return {key: int(cents) for key, cents in session.execute(statement)}

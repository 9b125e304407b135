"""What payments tell, and what it means for the work: a paid order is queued, a refunded or unpaid one is not.

An order may be paid more than once: when its cheque comes back it waits, and when it is paid again it goes on. What
made one of its certificates more is owed by itself, and pauses that line alone.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments.public import PaymentFailed, PaymentRefunded, PaymentReopened, PaymentSettled
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.kill_points import reach
from banksia.modules.certificates.models import Order, OrderLine
from banksia.modules.certificates.queries.certificates import open_issuance
from banksia.modules.certificates.queries.lines import lines_of_order
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.service.catalogue import calendar_of
from banksia.modules.certificates.service.holding import certificate_in_force, go_on, hold_until_paid, waits_for_payment
from banksia.modules.certificates.service.mailing import mail_about_order
from banksia.modules.certificates.service.money import is_paid, lines_owing, paid_since
from banksia.modules.certificates.service.replacing import call_off
from banksia.modules.certificates.service.states import UNPAID, allows, move
from banksia.modules.certificates.service.straight_through.offering import offer_lines
from banksia.modules.certificates.service.telling import CANCELLED, PAID, REFUNDED, tell_of_order
from banksia.modules.certificates.service.upgraded import apply_upgrade, drop_upgrade, pause_upgraded
from banksia.modules.certificates.service.upgrading import UPGRADE, give_up_upgrades
from banksia.modules.certificates.service.working_days import due_on

ORDER = "certificates.order"
REFUNDED_IN_FULL = "The payment was refunded."
NOT_PAID_IN_TIME = "not_paid_in_time"


def start_work(session: Session, event: PaymentSettled) -> None:
    """Queue the lines of an order that is paid, each once; their due days count from the payment.

    An order that was cancelled or expired comes back when the council accepts money that arrived late; one whose cheque
    came back goes on where it stood. Told twice, it finds nothing to do.
    """
    if event.payable_kind == UPGRADE:
        apply_upgrade(session, event)
        return
    order = _order_of(session, event)
    paid_at = paid_since(session, order.payable) if order else None
    if order is None or paid_at is None or order.kept_cents is not None:
        return  # what was cancelled after it was paid stays so, though a part of the payment was kept
    actor = Actor.system(order.organisation_id)
    lines, owing = _locked_lines(session, order), lines_owing(session, order)
    waiting = [line for line in lines if allows(line, "queue")]
    paused = [line for line in lines if waits_for_payment(line) and line.id not in owing]
    if not waiting and not paused:
        return
    for line in paused:
        go_on(session, actor, line)
    _queue(session, actor, order, waiting, paid_at)
    for line in waiting:
        if line.id in owing:
            hold_until_paid(session, actor, line)
    offer_lines(session, actor, [line for line in waiting if line.id not in owing])
    order.queued_at, order.cancelled_at = order.queued_at or paid_at, None
    audit.record(session, actor, "certificates.order_queued", subject=order, detail={"number": order.number})
    tell_of_order(session, order, PAID)
    session.flush()
    reach("certificates.lines_queued")


def _queue(session: Session, actor: Actor, order: Order, lines: Sequence[OrderLine], paid_at: datetime) -> None:
    """Queue lines as of their payment, however late this is heard: the cut-off and the due day count from then."""
    calendar = calendar_of(session)
    for line in lines:
        move(session, actor, line, "queue")
        line.queued_at = paid_at
        # Promised at the order for a payment on that day: who pays later waits from then, who pays in time does not.
        from_payment = due_on(calendar, paid_at, turnaround_days=line.turnaround_days, cut_off=line.cut_off)
        line.due_on = max(line.due_on, from_payment)
        order.due_on = max(order.due_on, line.due_on)


def expire_order(session: Session, event: PaymentFailed) -> None:
    """End an order that nobody paid in time; an attempt that failed before leaves it open to be paid."""
    if event.payable_kind == UPGRADE and event.reason == NOT_PAID_IN_TIME:
        drop_upgrade(session, event)
        return
    order = _order_of(session, event)
    if order is None or event.reason != NOT_PAID_IN_TIME or order.cancelled_at or order.queued_at:
        return
    actor = Actor.system(order.organisation_id)
    for line in _locked_lines(session, order):
        move(session, actor, line, "cancel")
    order.cancelled_at = utc_now()
    audit.record(session, actor, "certificates.order_expired", subject=order, detail={"number": order.number})
    tell_of_order(session, order, CANCELLED)


def stop_work(session: Session, event: PaymentRefunded) -> None:
    """Take the unissued lines of a wholly refunded order out of the queue; a refund of a part stops nothing.

    What is being issued at this moment is issued, as if the refund had come after it.
    """
    order = _order_of(session, event)
    if order is None:
        return
    if not event.in_full:
        tell_of_order(session, order, REFUNDED, in_full=False)
        return
    actor = Actor.system(order.organisation_id)
    for line in _locked_lines(session, order):
        if not allows(line, "refuse to issue") or _being_issued(session, line):
            continue
        if certificate_in_force(session, line):
            call_off(session, actor, line, REFUNDED_IN_FULL)
        else:
            move(session, actor, line, "refuse to issue", note=REFUNDED_IN_FULL)
            line.reason = REFUNDED_IN_FULL
    give_up_upgrades(session, actor, order)
    audit.record(session, actor, "certificates.order_refunded", subject=order, detail={"number": order.number})
    tell_of_order(session, order, REFUNDED, in_full=True)


def pause_work(session: Session, event: PaymentReopened) -> None:
    """Let the unissued lines of an order wait for payment again; what is issued, or being made, stays issued.

    The page of the order tells staff of certificates that are issued and not paid, and the customer hears by mail.
    """
    if event.payable_kind == UPGRADE:
        pause_upgraded(session, event)
        return
    order = _order_of(session, event)
    if order is None or is_paid(session, order):
        return
    actor = Actor.system(order.organisation_id)
    lines = _locked_lines(session, order)
    paused = [line for line in lines if allows(line, "wait for payment") and not _being_issued(session, line)]
    for line in paused:
        if line.state == "queued":
            move(session, actor, line, "wait for payment", note=UNPAID)
        else:
            hold_until_paid(session, actor, line)
    detail = {"number": order.number, "paused": len(paused), "issued": sum(line.state == "issued" for line in lines)}
    audit.record(session, actor, "certificates.order_unpaid", subject=order, detail=detail)
    mail_about_order(session, order, "order_unpaid", since=utc_now())


def _being_issued(session: Session, line: OrderLine) -> bool:
    return session.scalar(open_issuance(line.organisation_id, line.id)) is not None


def _order_of(
    session: Session, event: PaymentSettled | PaymentFailed | PaymentRefunded | PaymentReopened
) -> Order | None:
    """Return the order that an event is about, locked; None when it is about something else."""
    if event.payable_kind != ORDER:
        return None
    statement = order_with_id(organisation_id_of(session), event.payable_id).with_for_update(of=Order)
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def _locked_lines(session: Session, order: Order) -> list[OrderLine]:
    statement = lines_of_order(order.organisation_id, order.id).with_for_update(of=OrderLine)
    return list(session.scalars(statement.execution_options(populate_existing=True)))

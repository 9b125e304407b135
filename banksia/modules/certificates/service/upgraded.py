"""What a paid difference does: the line becomes what was asked for, or the money goes back because it came too late.

When the cheque that paid it comes back the line waits, and goes on when it is paid again.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments import public as payments
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.modules.certificates.models import LineUpgrade, Order, OrderLine
from banksia.modules.certificates.queries.certificates import open_issuance
from banksia.modules.certificates.queries.lines import lines_of_order
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.queries.upgrades import upgrade_with_id
from banksia.modules.certificates.service.catalogue import calendar_of
from banksia.modules.certificates.service.holding import go_on, hold_until_paid, waits_for_payment
from banksia.modules.certificates.service.mailing import mail_about_upgrade
from banksia.modules.certificates.service.money import is_line_paid, paid_since
from banksia.modules.certificates.service.states import allows, note_transition
from banksia.modules.certificates.service.straight_through.offering import offer_lines
from banksia.modules.certificates.service.working_days import due_on

IN_TIME = ("queued", "assigned")
"""An officer who has only taken a line finds it changed; once something is drafted, it is too late."""
TOO_LATE = "The upgrade was paid after council had begun the certificate, so it comes back."


def apply_upgrade(session: Session, event: payments.PaymentSettled) -> None:
    """Change the line whose difference is paid, once; what came too late is refunded in full.

    A line that waited because the difference was owed again goes on.
    """
    found = _locked(session, event)
    if found is None:
        return
    upgrade, order, line = found
    actor, paid_at = Actor.system(order.organisation_id), paid_since(session, upgrade.payable)
    if upgrade.state == "done":
        _go_on(session, actor, line)
    if upgrade.state != "awaiting_payment" or paid_at is None:
        return
    upgrade.decided_at = utc_now()
    being_issued = session.scalar(open_issuance(line.organisation_id, line.id)) is not None
    if order.cancelled_at is None and line.state in IN_TIME and not being_issued:
        upgrade.state = "done"
        _change(session, actor, order, line, upgrade, paid_at)
    else:
        upgrade.state = "too_late"
        _give_back(session, actor, upgrade)
    detail = {"number": order.number, "to": upgrade.title, "state": upgrade.state}
    audit.record(session, actor, "certificates.upgrade_decided", subject=line, detail=detail)
    session.flush()


def drop_upgrade(session: Session, event: payments.PaymentFailed) -> None:
    """End an upgrade that nobody paid in time."""
    found = _locked(session, event)
    if found and found[0].state == "awaiting_payment":
        found[0].state, found[0].decided_at = "cancelled", utc_now()


def pause_upgraded(session: Session, event: payments.PaymentReopened) -> None:
    """Hold the line whose difference is owed again, and tell the customer; what is issued, or being made, stays so."""
    found = _locked(session, event)
    if found is None:
        return
    upgrade, order, line = found
    if upgrade.state != "done" or payments.is_paid(session, upgrade.payable):
        return
    actor = Actor.system(order.organisation_id)
    if allows(line, "put on hold") and session.scalar(open_issuance(line.organisation_id, line.id)) is None:
        hold_until_paid(session, actor, line)
    detail = {"number": order.number, "to": upgrade.title, "state": line.state}
    audit.record(session, actor, "certificates.upgrade_unpaid", subject=line, detail=detail)
    mail_about_upgrade(session, order, upgrade, since=utc_now())
    session.flush()


def _go_on(session: Session, actor: Actor, line: OrderLine) -> None:
    """Let a line go on that waited for its difference, unless something of it is owed still."""
    if not waits_for_payment(line) or not is_line_paid(session, line):
        return
    go_on(session, actor, line)
    if line.state == "queued":
        offer_lines(session, actor, [line])
    audit.record(session, actor, "certificates.line_resumed", subject=line)
    session.flush()


def _locked(
    session: Session, event: payments.PaymentSettled | payments.PaymentFailed | payments.PaymentReopened
) -> tuple[LineUpgrade, Order, OrderLine] | None:
    """Lock order, line and upgrade in the order in which everything locks them."""
    organisation_id = organisation_id_of(session)
    upgrade = session.scalar(upgrade_with_id(organisation_id, event.payable_id))
    if upgrade is None:
        return None
    fresh = {"populate_existing": True}
    orders = order_with_id(organisation_id, upgrade.order_id).with_for_update(of=Order)
    order = session.scalars(orders.execution_options(**fresh)).one()
    lines = lines_of_order(organisation_id, order.id).with_for_update(of=OrderLine)
    line = next(each for each in session.scalars(lines.execution_options(**fresh)) if each.id == upgrade.line_id)
    locked = upgrade_with_id(organisation_id, event.payable_id).with_for_update()
    return session.scalars(locked.execution_options(**fresh)).one(), order, line


def _change(
    session: Session, actor: Actor, order: Order, line: OrderLine, upgrade: LineUpgrade, paid_at: datetime
) -> None:
    sooner = upgrade.urgent and not line.urgent
    line.product_id, line.product_code = upgrade.product_id, upgrade.product_code
    line.product_snapshot, line.fee_id = upgrade.product_snapshot, upgrade.fee_id
    line.fee_cents += upgrade.fee_difference_cents
    line.urgent_fee_cents += upgrade.urgent_difference_cents
    line.gst_cents += payments.gst_in(upgrade.fee_difference_cents, upgrade.gst_treatment)
    line.gst_cents += payments.gst_in(upgrade.urgent_difference_cents, upgrade.gst_treatment)
    line.urgent, line.turnaround_days = upgrade.urgent, upgrade.turnaround_days
    from_now = due_on(calendar_of(session), paid_at, turnaround_days=upgrade.turnaround_days, cut_off=line.cut_off)
    line.due_on = min(line.due_on, from_now) if sooner else max(line.due_on, from_now)
    order.total_cents += upgrade.amount_cents
    order.due_on = max(each.due_on for each in order.lines)
    note = f"Upgraded from {upgrade.from_title} to {upgrade.title}."
    note_transition(session, line, line.state, by=None, by_name=actor.name, note=note)


def _give_back(session: Session, actor: Actor, upgrade: LineUpgrade) -> None:
    """Ask for the refund; what was paid over a counter, or is disputed, waits for a finance officer."""
    back = payments.refundable_of(session, upgrade.payable)
    if back.available_cents and not back.by_counter and not back.is_disputed:
        wish = payments.RefundWish(reason=TOO_LATE, seen_available_cents=back.available_cents)
        payments.refund(session, actor, payable=upgrade.payable, wish=wish)

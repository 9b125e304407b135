"""What a paid difference does: the line becomes what was asked for, or the money goes back because it came too late."""

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
from banksia.modules.certificates.service.states import note_transition
from banksia.modules.certificates.service.working_days import due_on

IN_TIME = ("queued", "assigned")
"""An officer who has only taken a line finds it changed; once something is drafted, it is too late."""
TOO_LATE = "The upgrade was paid after council had begun the certificate, so it comes back."


def apply_upgrade(session: Session, event: payments.PaymentSettled) -> None:
    """Change the line whose difference is paid, once; what came too late is refunded in full."""
    found = _locked(session, event)
    if found is None:
        return
    upgrade, order, line = found
    if upgrade.state != "awaiting_payment" or not payments.is_paid(session, upgrade.payable):
        return
    actor = Actor.system(order.organisation_id)
    upgrade.decided_at = utc_now()
    being_issued = session.scalar(open_issuance(line.organisation_id, line.id)) is not None
    if order.cancelled_at is None and line.state in IN_TIME and not being_issued:
        upgrade.state = "done"
        _change(session, actor, order, line, upgrade)
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


def _locked(
    session: Session, event: payments.PaymentSettled | payments.PaymentFailed
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


def _change(session: Session, actor: Actor, order: Order, line: OrderLine, upgrade: LineUpgrade) -> None:
    sooner = upgrade.urgent and not line.urgent
    line.product_id, line.product_code = upgrade.product_id, upgrade.product_code
    line.product_snapshot, line.fee_id = upgrade.product_snapshot, upgrade.fee_id
    line.fee_cents += upgrade.fee_difference_cents
    line.urgent_fee_cents += upgrade.urgent_difference_cents
    line.gst_cents += payments.gst_in(upgrade.fee_difference_cents, upgrade.gst_treatment)
    line.gst_cents += payments.gst_in(upgrade.urgent_difference_cents, upgrade.gst_treatment)
    line.urgent, line.turnaround_days = upgrade.urgent, upgrade.turnaround_days
    from_now = due_on(calendar_of(session), utc_now(), turnaround_days=upgrade.turnaround_days, cut_off=line.cut_off)
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

"""Orders as their customer, and staff, read them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.payments.public import MoneyOf, ReceiptRead, RefundShownRead, money_of, online_sum
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.words import file_name_from
from banksia.modules.certificates.models import (
    FINISHED_STATES,
    OPEN_STATES,
    Certificate,
    LineTransition,
    Order,
    OrderLine,
)
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.queries.orders import line_ids_of, transitions_of
from banksia.modules.certificates.queries.upgrades import upgrades_of
from banksia.modules.certificates.schemas.orders import (
    CertificateRead,
    ContactRead,
    CustomerState,
    LineRead,
    OrderLineRead,
    OrderRead,
    OrderWork,
    PropertyRead,
)
from banksia.modules.certificates.schemas.straight_through import StraightThroughRead
from banksia.modules.certificates.service.access import is_own, is_staff
from banksia.modules.certificates.service.cancellation import cancellation_of
from banksia.modules.certificates.service.catalogue import calendar_of
from banksia.modules.certificates.service.decisions import read_decisions
from banksia.modules.certificates.service.download_rule import DownloadRule, download_rule
from banksia.modules.certificates.service.due_reasons import due_because
from banksia.modules.certificates.service.money import money_of_orders
from banksia.modules.certificates.service.states import CUSTOMER_STATES
from banksia.modules.certificates.service.timeline import timeline_of
from banksia.modules.certificates.service.upgrading import offers_for, read_upgrades
from banksia.modules.certificates.service.working_days import WorkingCalendar, local_day, working_days_left


def read_order(session: Session, actor: Actor, order: Order) -> OrderRead:
    """Return an order with its lines, timeline, receipts and what can be done with it."""
    money = money_of_orders(session, [order])[order.id]
    transitions = session.scalars(transitions_of(order.organisation_id, order.id)).all()
    upgrades = session.scalars(upgrades_of(order.organisation_id, [order.id])).all()
    upgrade_money = money_of(session, [each.payable for each in upgrades])
    decided = read_decisions(session, line_ids_of([order])) if is_staff(actor) else {}
    return OrderRead(
        id=order.id,
        number=order.number,
        placed_at=order.created_at,
        channel=order.channel,
        reference=order.reference,
        firm_id=order.firm_id,
        firm_name=order.firm_name,
        placed_by_name=order.placed_by_name,
        contact=read_contact(order),
        work=work_of(order),
        due_on=order.due_on,
        can_pay=is_payable(order, money),
        can_cancel=may_be_cancelled(order, money),
        cancellation=cancellation_of(session, order, money),
        kept_cents=order.kept_cents,
        upgrade_offers=offers_for(session, order),
        upgrades=read_upgrades(session, order, upgrades, upgrade_money),
        is_mine=is_own(session, actor, order),
        lines=_read_order_lines(session, actor, order, decided, transitions),
        timeline=timeline_of(order, transitions, money.state, upgrades, decided),
        **_money_read(session, order, money, [money, *upgrade_money.values()]),
    )


def _money_read(session: Session, order: Order, money: MoneyOf, every: Sequence[MoneyOf]) -> dict[str, Any]:
    """Return the parts of an order that payments knows; what was paid is the order's and its upgrades' together."""
    online = online_sum(session, money)
    return {
        "money": money.state,
        "total_cents": order.total_cents,
        "gst_cents": sum(line.gst_cents for line in order.lines),
        "paid_cents": sum(each.paid_cents for each in every),
        "refunded_cents": sum(each.refunded_cents for each in every),
        "payment_attempt_id": money.attempt_id,
        "payment_declined": money.declined,
        "payment_disputed": any(each.disputed for each in every),
        "lost_cents": sum(each.lost_cents for each in every),
        "at_counter": money.at_counter_since is not None,
        "left_cents": online.left_cents,
        "card_surcharge_cents": online.surcharge_cents,
        "surcharge_cents": sum(each.surcharge_cents for each in every),
        "pays_online": online.possible and is_payable(order, money),
        "receipts": [ReceiptRead.model_validate(receipt) for each in every for receipt in each.receipts],
        "refunds": [RefundShownRead.model_validate(refund) for each in every for refund in each.refunds],
    }


def work_of(order: Order) -> OrderWork:
    """Say how far the council is with an order as a whole."""
    if order.cancelled_at:
        return "cancelled"
    if order.queued_at is None:
        return "awaiting_payment"
    states = {line.state for line in order.lines}
    if "awaiting_payment" in states:
        return "awaiting_payment"
    if "on_hold" in states:
        return "waiting_for_you"
    return "complete" if states.issubset(FINISHED_STATES) else "in_work"


def is_payable(order: Order, money: MoneyOf) -> bool:
    """Whether the order can still be paid."""
    return order.cancelled_at is None and money.state == "awaiting_payment"


def may_be_cancelled(order: Order, money: MoneyOf) -> bool:
    """Whether the order can be taken back without a refund; what was worked for once stays owed."""
    return is_payable(order, money) and order.queued_at is None


def certificates_by_line(session: Session, orders: Sequence[Order]) -> dict[uuid.UUID, list[Certificate]]:
    """Find the certificates of some orders in one query, newest first, by line."""
    found: defaultdict[uuid.UUID, list[Certificate]] = defaultdict(list)
    if orders:
        statement = certificates_of_lines(orders[0].organisation_id, line_ids_of(orders))
        for certificate in session.scalars(statement):
            found[certificate.line_id].append(certificate)
    return found


def read_certificates(order: Order, certificates: Iterable[Certificate], rule: DownloadRule) -> list[CertificateRead]:
    """Return a line's certificates, newest first, each with what replaced it and until when it can be taken."""
    certificates = list(certificates)
    successors = {each.supersedes_id: each.number for each in certificates if each.supersedes_id}
    return [
        CertificateRead(
            id=each.id,
            number=each.number,
            title=each.title,
            issued_at=each.issued_at,
            sha256=each.sha256,
            size_bytes=each.size_bytes,
            file_name=file_name(order, each),
            download_path=f"/api/certificates/orders/{order.id}/certificates/{each.id}",
            can_download=rule.allows(each.issued_at),
            downloads_end_on=rule.ends_on(each.issued_at),
            superseded_by=successors.get(each.id),
        )
        for each in certificates
    ]


def file_name(order: Order, certificate: Certificate) -> str:
    """Name the file by what a firm files it under: number, land and its own reference."""
    parts = [certificate.number, certificate.parcel, order.reference or ""]
    return file_name_from(f"{' '.join(part for part in parts if part)}.pdf")


def read_contact(order: Order) -> ContactRead:
    """Return who ordered."""
    return ContactRead(name=order.contact_name, email=order.contact_email, phone=order.contact_phone)


def read_property(line: OrderLine) -> PropertyRead:
    """Return the property as it was when the line was ordered."""
    return PropertyRead(
        id=line.property_id,
        address=line.address,
        parcel=line.parcel,
        parcel_title=line.parcel_title,
        assessment=line.property_snapshot["assessment"],
    )


def read_line(line: OrderLine) -> LineRead:
    """Return a line as it was sold."""
    return LineRead(
        id=line.id,
        product=line.product_code,
        title=line.product_title,
        short_title=line.product_snapshot["short_title"],
        property=read_property(line),
        urgent=line.urgent,
        fee_cents=line.fee_cents,
        urgent_fee_cents=line.urgent_fee_cents,
        gst_cents=line.gst_cents,
        total_cents=line.total_cents,
        due_on=line.due_on,
    )


def _read_order_lines(
    session: Session,
    actor: Actor,
    order: Order,
    decided: Mapping[uuid.UUID, StraightThroughRead],
    transitions: Sequence[LineTransition],
) -> list[OrderLineRead]:
    found = certificates_by_line(session, [order])
    calendar, rule = calendar_of(session), download_rule(session, actor)
    for_staff = is_staff(actor)
    return [
        _read_order_line(
            line,
            read_certificates(order, found[line.id], rule),
            calendar,
            transitions,
            decided=decided.get(line.id),
            for_staff=for_staff,
        )
        for line in order.lines
    ]


def _read_order_line(
    line: OrderLine,
    certificates: list[CertificateRead],
    calendar: WorkingCalendar,
    transitions: Sequence[LineTransition],
    *,
    decided: StraightThroughRead | None,
    for_staff: bool,
) -> OrderLineRead:
    ticking = line.state in OPEN_STATES and line.state != "on_hold"
    today = local_day(utc_now(), calendar.zone)
    # A certificate that is being replaced stays downloadable: its customer relies on it until the new one is there.
    state: CustomerState = "ready" if certificates and line.state in OPEN_STATES else CUSTOMER_STATES[line.state]
    return OrderLineRead(
        **dict(read_line(line)),
        state=state,
        working_days_left=working_days_left(calendar, today, line.due_on) if ticking else None,
        due_because=[] if certificates else due_because(line, transitions, calendar),
        reason=line.reason if line.state in ("on_hold", "cannot_issue") else None,
        override_reason=line.override_reason if for_staff else None,
        collects=line.collects,
        collected_at=line.collected_at,
        straight_through=decided,
        certificates=certificates,
    )

"""Orders as their customer, and staff, read them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.foundation.payments.public import MoneyOf, ReceiptRead, RefundShownRead, online_sum
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.paging import Key, page_of
from banksia.kit.schemas import Page
from banksia.modules.certificates.models import FINISHED_STATES, OPEN_STATES, Certificate, Order, OrderLine
from banksia.modules.certificates.permissions import ORDERS_READ
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.queries.lines import lines_of, orders_in_state, with_words
from banksia.modules.certificates.queries.orders import (
    having_lines,
    line_ids_of,
    orders_of,
    orders_of_customer,
    orders_of_lines,
    transitions_of,
)
from banksia.modules.certificates.schemas.orders import (
    CertificateRead,
    ContactRead,
    CustomerState,
    LineRead,
    OrderLineRead,
    OrderRead,
    OrderSummary,
    OrderWork,
    PropertyRead,
)
from banksia.modules.certificates.service.access import is_own
from banksia.modules.certificates.service.catalogue import calendar_of
from banksia.modules.certificates.service.money import money_of_orders
from banksia.modules.certificates.service.states import CUSTOMER_STATES
from banksia.modules.certificates.service.terms import words_sought
from banksia.modules.certificates.service.timeline import timeline_of
from banksia.modules.certificates.service.working_days import WorkingCalendar, local_day, working_days_left


def read_order(session: Session, actor: Actor, order: Order) -> OrderRead:
    """Return an order with its lines, timeline, receipts and what can be done with it."""
    money = money_of_orders(session, [order])[order.id]
    online = online_sum(session, money)
    transitions = session.scalars(transitions_of(order.organisation_id, order.id)).all()
    certificates = certificates_by_line(session, [order])
    calendar = calendar_of(session)
    return OrderRead(
        id=order.id,
        number=order.number,
        placed_at=order.created_at,
        channel=order.channel,
        reference=order.reference,
        contact=read_contact(order),
        money=money.state,
        work=work_of(order),
        total_cents=order.total_cents,
        gst_cents=sum(line.gst_cents for line in order.lines),
        paid_cents=money.paid_cents,
        refunded_cents=money.refunded_cents,
        payment_attempt_id=money.attempt_id,
        payment_declined=money.declined,
        payment_disputed=money.disputed,
        lost_cents=money.lost_cents,
        at_counter=money.at_counter_since is not None,
        left_cents=online.left_cents,
        card_surcharge_cents=online.surcharge_cents,
        surcharge_cents=money.surcharge_cents,
        pays_online=online.possible and is_payable(order, money),
        due_on=order.due_on,
        can_pay=is_payable(order, money),
        can_cancel=may_be_cancelled(order, money),
        is_mine=is_own(actor, order),
        lines=[_read_order_line(line, order, certificates[line.id], calendar) for line in order.lines],
        timeline=timeline_of(order, transitions, money.state),
        receipts=[ReceiptRead.model_validate(receipt) for receipt in money.receipts],
        refunds=[RefundShownRead.model_validate(each) for each in money.refunds],
    )


def list_orders(
    session: Session, actor: Actor, *, query: str, state: str, limit: int, cursor: str | None
) -> Page[OrderSummary]:
    """Return a customer's own orders, or for staff the council's, as a list shows them; raises Unauthenticated."""
    found, next_cursor = orders_page(session, actor, query=query, state=state, limit=limit, cursor=cursor)
    money = money_of_orders(session, found)
    return Page(results=[_summary(order, money[order.id]) for order in found], next_cursor=next_cursor)


def orders_page(
    session: Session, actor: Actor, *, query: str, state: str, limit: int, cursor: str | None
) -> tuple[Sequence[Order], str | None]:
    """Find a customer's own orders, or for staff the council's, newest first; each word must begin one of theirs.

    Raises Unauthenticated for guests.
    """
    orders = orders_in_state(_visible_orders(actor), state)
    words = words_sought(query)
    if words:
        lines = with_words(lines_of(actor.organisation_id), actor.organisation_id, words)
        orders = having_lines(orders, orders_of_lines(lines))
    keys = [Key(Order.created_at, "created_at", descending=True), Key(Order.id, "id", descending=True)]
    return page_of(session, orders, keys=keys, limit=limit, cursor=cursor)


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


def read_certificates(order: Order, certificates: Iterable[Certificate]) -> list[CertificateRead]:
    """Return a line's certificates, newest first, each with what replaced it."""
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
            superseded_by=successors.get(each.id),
        )
        for each in certificates
    ]


def file_name(order: Order, certificate: Certificate) -> str:
    """Name the file by what a firm files it under: number, land and its own reference."""
    parts = [certificate.number, certificate.parcel, order.reference or ""]
    plain = " ".join(part for part in parts if part).replace("/", "-")
    return f"{plain}.pdf"


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


def _read_order_line(
    line: OrderLine, order: Order, certificates: list[Certificate], calendar: WorkingCalendar
) -> OrderLineRead:
    ticking = line.state in OPEN_STATES and line.state != "on_hold"
    # A certificate that is being replaced stays downloadable: its customer relies on it until the new one is there.
    state: CustomerState = "ready" if certificates and line.state in OPEN_STATES else CUSTOMER_STATES[line.state]
    return OrderLineRead(
        **dict(read_line(line)),
        state=state,
        working_days_left=working_days_left(calendar, local_day(utc_now()), line.due_on) if ticking else None,
        reason=line.reason if line.state in ("on_hold", "cannot_issue") else None,
        certificates=read_certificates(order, certificates),
    )


def _visible_orders(actor: Actor) -> Select[Order]:
    if actor.kind == "customer" and actor.user_id:
        return orders_of_customer(actor.organisation_id, actor.user_id, actor.email.lower())
    actor.require(ORDERS_READ)
    return orders_of(actor.organisation_id)


def _summary(order: Order, money: MoneyOf) -> OrderSummary:
    lines = order.lines
    return OrderSummary(
        id=order.id,
        number=order.number,
        placed_at=order.created_at,
        reference=order.reference,
        contact_name=order.contact_name,
        money=money.state,
        work=work_of(order),
        total_cents=order.total_cents,
        due_on=order.due_on,
        addresses=list(dict.fromkeys(line.address for line in lines)),
        parcels=list(dict.fromkeys(line.parcel for line in lines)),
        products=list(dict.fromkeys(line.product_snapshot["short_title"] for line in lines)),
        ready_count=sum(line.state == "issued" for line in lines),
        line_count=len(lines),
    )

"""Making a paid certificate more before work on it starts: urgent, or one that contains it, for the difference.

The difference is a payable of its own, because what is owed for an order never changes. The line changes when the
difference is paid. Whoever is first under the line's lock decides: an officer who has only taken the line finds it
changed; once something is drafted the upgrade comes too late, and the difference goes back by itself.
"""

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments import public as payments
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.models import new_id
from banksia.modules.certificates.errors import LineNotFound
from banksia.modules.certificates.errors.changing import (
    UpgradeFeeChanged,
    UpgradeNotFound,
    UpgradeNotOffered,
    UpgradeNotOwed,
)
from banksia.modules.certificates.models import LineUpgrade, Order, OrderLine
from banksia.modules.certificates.queries.lines import lines_of_order
from banksia.modules.certificates.queries.upgrades import upgrades_of
from banksia.modules.certificates.schemas.changing import UpgradeAsk, UpgradeOffer, UpgradeRead
from banksia.modules.certificates.schemas.orders import PayRead
from banksia.modules.certificates.service.access import find_order, give_token, order_path
from banksia.modules.certificates.service.catalogue import Offer, offers_at
from banksia.modules.certificates.service.money import is_paid, pages_of
from banksia.modules.certificates.service.order_writing import picture_of
from banksia.modules.certificates.service.upgrade_rules import Difference, are_offered, differences

UPGRADE = "certificates.upgrade"


def upgrade_line(
    transactions: Transactions, *, order_id: uuid.UUID, line_id: uuid.UUID, ask: UpgradeAsk, token: str | None
) -> PayRead:
    """Write down an upgrade and get the page on which the difference is paid; call it outside any transaction.

    Asked again with the same wish it leads to the same payment; with another one, the first is given up. Raises
    OrderNotFound, LineNotFound, UpgradeNotOffered, UpgradeFeeChanged and what payments raises.
    """
    actor = transactions.actor
    with transactions() as session:
        order = find_order(session, actor, order_id, token, lock=True)
        line = _locked_line(session, order, line_id)
        upgrade = _upgrade(session, actor, order, line, ask)
        session.flush()
        payable = upgrade.payable
    started = payments.start_checkout(transactions, payable=payable)
    return PayRead(url=started.url)


def offers_for(session: Session, order: Order) -> list[UpgradeOffer]:
    """Return what each certificate of an order can become now, for the difference."""
    if not are_offered(session) or order.cancelled_at or not is_paid(session, order):
        return []
    offers = offers_at(session, utc_now())
    return [
        UpgradeOffer(
            line_id=line.id,
            product=each.offer.product.code,
            urgent=each.urgent,
            title=each.title,
            amount_cents=each.amount_cents,
            due_on=each.offer.due_on(urgent=each.urgent),
        )
        for line in order.lines
        for each in differences(line, order.lines, offers)
    ]


def pay_again(transactions: Transactions, *, order_id: uuid.UUID, upgrade_id: uuid.UUID, token: str | None) -> PayRead:
    """Get the page on which a difference is paid again that did not go through; call it outside any transaction.

    Raises OrderNotFound, UpgradeNotFound, UpgradeNotOwed and what payments raises.
    """
    with transactions() as session:
        order = find_order(session, transactions.actor, order_id, token)
        of_order = session.scalars(upgrades_of(order.organisation_id, [order.id]))
        upgrade = next((each for each in of_order if each.id == upgrade_id), None)
        if upgrade is None:
            raise UpgradeNotFound
        payable = upgrade.payable
        if not _is_owed_again(order, upgrade, payments.money_of(session, [payable])[payable]):
            raise UpgradeNotOwed
    return PayRead(url=payments.start_checkout(transactions, payable=payable).url)


def read_upgrades(
    session: Session,
    order: Order,
    upgrades: Sequence[LineUpgrade],
    money: dict[payments.PayableRef, payments.MoneyOf],
) -> list[UpgradeRead]:
    """Return what was asked for, with the payment that may still be under way and what has to be paid again."""
    return [_read_upgrade(session, order, each, money[each.payable]) for each in upgrades]


def _read_upgrade(session: Session, order: Order, upgrade: LineUpgrade, money: payments.MoneyOf) -> UpgradeRead:
    again = payments.online_sum(session, money) if _is_owed_again(order, upgrade, money) else None
    is_open = again is not None or upgrade.state == "awaiting_payment"
    return UpgradeRead(
        id=upgrade.id,
        line_id=upgrade.line_id,
        title=upgrade.title,
        amount_cents=upgrade.amount_cents,
        state=upgrade.state,
        payment_attempt_id=money.attempt_id if is_open else None,
        owed_again_cents=again.left_cents if again else 0,
        card_surcharge_cents=again.surcharge_cents if again else 0,
        pays_online=again is not None and again.possible,
    )


def _is_owed_again(order: Order, upgrade: LineUpgrade, money: payments.MoneyOf) -> bool:
    return upgrade.state == "done" and not order.cancelled_at and money.state == payments.Money.AWAITING_PAYMENT


def give_up_upgrades(session: Session, actor: Actor, order: Order, *, line_id: uuid.UUID | None = None) -> None:
    """Give up what nobody has paid yet of an order, or of one line of it."""
    for upgrade in open_upgrades(session, order):
        if line_id in (None, upgrade.line_id):
            money = payments.money_of(session, [upgrade.payable])[upgrade.payable]
            if money.state == "awaiting_payment":
                payments.cancel_payable(session, actor, payable=upgrade.payable, reason="The upgrade was given up.")
                upgrade.state, upgrade.decided_at = "cancelled", utc_now()
    session.flush()


def open_upgrades(session: Session, order: Order) -> Iterator[LineUpgrade]:
    """The upgrades of an order that are not decided."""
    for upgrade in session.scalars(upgrades_of(order.organisation_id, [order.id])).all():
        if upgrade.state == "awaiting_payment":
            yield upgrade


def _locked_line(session: Session, order: Order, line_id: uuid.UUID) -> OrderLine:
    statement = lines_of_order(order.organisation_id, order.id).where(OrderLine.id == line_id)
    statement = statement.with_for_update(of=OrderLine).execution_options(populate_existing=True)
    line = session.scalars(statement).one_or_none()
    if line is None:
        raise LineNotFound
    return line


def _upgrade(session: Session, actor: Actor, order: Order, line: OrderLine, ask: UpgradeAsk) -> LineUpgrade:
    if not are_offered(session) or order.cancelled_at or not is_paid(session, order):
        raise UpgradeNotOffered
    found = differences(line, order.lines, offers_at(session, utc_now()))
    wanted = next((e for e in found if (e.offer.product.code, e.urgent) == (ask.product, ask.urgent)), None)
    if wanted is None:
        raise UpgradeNotOffered
    if wanted.amount_cents != ask.seen_amount_cents:
        raise UpgradeFeeChanged(ask.seen_amount_cents, wanted.amount_cents)
    for each in open_upgrades(session, order):
        same = (each.product_code, each.urgent, each.amount_cents) == (ask.product, ask.urgent, wanted.amount_cents)
        if each.line_id == line.id and same:
            return each
    give_up_upgrades(session, actor, order, line_id=line.id)
    if any(each.line_id == line.id for each in open_upgrades(session, order)):
        raise UpgradeNotOffered  # it is paid, and the line changes in a moment
    return _write(session, actor, order, line, wanted)


def _write(session: Session, actor: Actor, order: Order, line: OrderLine, wanted: Difference) -> LineUpgrade:
    offer: Offer = wanted.offer
    upgrade = LineUpgrade(
        id=new_id(),
        organisation_id=order.organisation_id,
        order_id=order.id,
        line_id=line.id,
        from_title=line.product_title,
        product_id=offer.product.id,
        product_code=offer.product.code,
        product_snapshot=picture_of(offer.product),
        fee_id=offer.fee.id,
        fee_difference_cents=wanted.fee_cents,
        urgent_difference_cents=wanted.urgent_cents,
        gst_treatment=offer.fee.gst_treatment,
        gl_code=offer.fee.gl_code,
        urgent=wanted.urgent,
        turnaround_days=offer.turnaround_days(urgent=wanted.urgent),
        state="awaiting_payment",
    )
    session.add(upgrade)
    session.flush()
    token = give_token(session, order, purpose="receipt mail")
    payments.raise_payable(
        session,
        actor,
        payable=upgrade.payable,
        title="Upgrade of a certificate",
        reference=f"{order.number} upgrade",
        lines=_lines_owed(upgrade, line),
        pages=pages_of(order),
        payer=payments.Payer(
            order.contact_name, order.contact_email, f"{order_path(order)}#token={token}", reference=order.reference
        ),
    )
    detail = {"number": order.number, "to": upgrade.title, "amount_cents": upgrade.amount_cents}
    audit.record(session, actor, "certificates.upgrade_asked", subject=line, detail=detail)
    return upgrade


def _lines_owed(upgrade: LineUpgrade, line: OrderLine) -> list[payments.LineOwed]:
    title, land = upgrade.product_snapshot["title"], line.parcel_title
    sums = (
        (f"From {upgrade.from_title} to {title}, {land}", upgrade.fee_difference_cents),
        (f"Urgent service, {upgrade.product_snapshot['short_title']}, {land}", upgrade.urgent_difference_cents),
    )
    return [payments.LineOwed(words, cents, upgrade.gst_treatment, upgrade.gl_code) for words, cents in sums if cents]

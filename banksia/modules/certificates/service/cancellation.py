"""What cancelling a paid order would mean now: whether it can be done, by whom, and what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import module_settings
from banksia.foundation.payments import public as payments
from banksia.kit.words import dollars
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.queries.certificates import certificates_of_lines, open_issuances
from banksia.modules.certificates.queries.upgrades import upgrades_of
from banksia.modules.certificates.schemas.changing import CancellationRead
from banksia.modules.certificates.service.states import allows
from banksia.modules.certificates.settings import CertificatesSettings

WITH_REFUND = "cancel with a refund"
BEGUN = "Council has begun work on this order, so it cannot be cancelled here. Ask council."
ISSUED = "A certificate of this order is issued, or being issued, so the order cannot be cancelled."
AT_COUNTER = "This order was paid at the counter. Ask council to cancel it: the money goes back there."
DISPUTED = "A bank is deciding about the payment, so nothing can be refunded now."
NEVER = "Council does not cancel paid orders online. Ask the council for a refund."


@dataclass(frozen=True)
class Part:
    """What goes back of one payable."""

    ref: payments.PayableRef
    seen_available_cents: int
    amount_cents: int


@dataclass(frozen=True)
class Terms:
    """What cancelling a paid order means now."""

    obstacle: str
    """Why nobody can do it; empty when somebody can."""
    customers_obstacle: str
    """Why its customer cannot."""
    kept_cents: int
    parts: Sequence[Part]
    at_counter: bool

    @property
    def refund_cents(self) -> int:
        """The sum that goes back."""
        return sum(part.amount_cents for part in self.parts)


def cancellation_of(session: Session, order: Order, money: payments.MoneyOf) -> CancellationRead | None:
    """Say what cancelling a paid order would mean now; None when it is not paid or is ended."""
    if order.cancelled_at or not money.is_paid or not any(allows(line, WITH_REFUND) for line in order.lines):
        return None
    terms = terms_of(session, order, waive_fee=False)
    if terms.obstacle:
        return None
    kept = f" Council keeps {dollars(terms.kept_cents)} for its handling." if terms.kept_cents else ""
    return CancellationRead(
        by_customer=not terms.customers_obstacle,
        refund_cents=terms.refund_cents,
        kept_cents=terms.kept_cents,
        at_counter=terms.at_counter,
        words=terms.customers_obstacle or f"{dollars(terms.refund_cents)} comes back to you.{kept}",
    )


def terms_of(session: Session, order: Order, *, waive_fee: bool) -> Terms:
    """Work out what goes back of a paid order now, and what stands in the way."""
    settings = module_settings(session, CertificatesSettings)
    upgrades = [
        each for each in session.scalars(upgrades_of(order.organisation_id, [order.id])) if each.state == "done"
    ]
    back = {ref: payments.refundable_of(session, ref) for ref in (*(each.payable for each in upgrades), order.payable)}
    alive = [line for line in order.lines if allows(line, WITH_REFUND)]
    available = sum(each.available_cents for each in back.values())
    kept = 0 if waive_fee else min(available, settings.cancellation_fee_cents * len(alive))
    issued = _anything_issued(session, order)
    disputed = any(each.is_disputed for each in back.values())
    at_counter = any(each.by_counter for each in back.values())
    obstacle = ISSUED if issued or not alive else DISPUTED if disputed else ""
    until = settings.customers_cancel_until
    begun = any(line.state != "queued" for line in alive)
    mine = AT_COUNTER if at_counter else ""
    if until == "never" or (until == "work_starts" and begun):
        mine = NEVER if until == "never" else BEGUN
    return Terms(obstacle, mine, kept, _parts(back, available - kept), at_counter)


def _parts(back: dict[payments.PayableRef, payments.Refundable], refund_cents: int) -> list[Part]:
    """Take what goes back out of the upgrades first, then out of what the order itself was paid with."""
    parts: list[Part] = []
    for ref, each in back.items():
        amount_cents = min(each.available_cents, refund_cents - sum(part.amount_cents for part in parts))
        if amount_cents > 0:
            parts.append(Part(ref, each.available_cents, amount_cents))
    return parts


def _anything_issued(session: Session, order: Order) -> bool:
    """Whether a certificate exists or is being made: one that is being replaced is in somebody's hands too."""
    line_ids = [line.id for line in order.lines]
    if any(line.state == "issued" for line in order.lines):
        return True
    certificates = certificates_of_lines(order.organisation_id, line_ids).limit(1)
    being_made = open_issuances(order.organisation_id, line_ids).limit(1)
    return any(session.scalar(each) is not None for each in (certificates, being_made))

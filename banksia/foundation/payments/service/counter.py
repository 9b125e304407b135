"""Taking money at the counter: lock what is owed, close its page at the provider, then record what was handed over.

Nobody types a card number: the council's terminal takes the card, and we keep the reference that it prints.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.choice import provider_for
from banksia.foundation.payments.adapters.provider import Checkout, ProviderDown, ProviderRefused
from banksia.foundation.payments.errors import AlreadyPaid, OnlineStateUnknown, PartsDoNotAddUp
from banksia.foundation.payments.models import Payable, Payment
from banksia.foundation.payments.service.checkout import check_payable
from banksia.foundation.payments.service.raising import PAID_STATES, PayableRef, locked, outstanding_cents
from banksia.foundation.payments.service.recording import post, settle_payable
from banksia.foundation.payments.service.settling import apply_end, close_page
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id

CounterMethod = Literal["cash", "eftpos", "cheque"]


@dataclass(frozen=True)
class CounterPart:
    """One part of a payment at the counter, in cents."""

    method: CounterMethod
    amount_cents: int
    tendered_cents: int | None = None
    """What was handed over in cash; the change is what is above the amount."""
    reference: str | None = None
    """The terminal's reference, or the number of the cheque."""
    drawer: str | None = None
    """Whose cheque it is."""


@dataclass(frozen=True)
class CounterPaid:
    """What was recorded; the receipt's PDF follows within seconds."""

    payable_id: uuid.UUID
    total_cents: int
    change_cents: int


def take_counter_payment(
    transactions: Transactions, *, payable: PayableRef, parts: Sequence[CounterPart]
) -> CounterPaid:
    """Take the whole amount in one or more parts; call it outside any transaction.

    Raises AlreadyPaid (also when the customer paid online a moment ago), NotPayable, BeingPaidAtCounter,
    PartsDoNotAddUp, OnlineStateUnknown (the provider does not answer: nothing was recorded).
    """
    lock = new_id()
    with transactions() as session:
        attempt_id, checkout_id = _lock(session, payable, parts, lock)
    reach("payments.counter_locked")
    try:
        ended = _close_page(transactions, attempt_id, checkout_id)
    except (ProviderDown, ProviderRefused) as error:
        with transactions() as session:
            _unlock(session, payable, lock)
        raise OnlineStateUnknown from error
    with transactions() as session:
        owed = locked(session, payable)
        if attempt_id is not None:
            apply_end(session, transactions.actor, attempt_id, ended)
            if session.scalar(queries.open_attempt_of(owed.organisation_id, owed.id)) is not None:
                raise OnlineStateUnknown  # the bank has not decided yet
        paid_online = owed.state in PAID_STATES
        if paid_online:
            owed.counter_lock = owed.counter_locked_at = None
        else:
            check_still_ours(owed, lock)
            change_cents = _record(session, transactions.actor, owed, parts)
    if paid_online:
        # Raised after the commit: that it was paid online has just been written down.
        raise AlreadyPaid(owed.reference)
    reach("payments.counter_recorded")
    return CounterPaid(owed.id, owed.total_cents, change_cents)


def _lock(
    session: Session, payable: PayableRef, parts: Sequence[CounterPart], lock: uuid.UUID
) -> tuple[uuid.UUID | None, str | None]:
    owed = locked(session, payable)
    check_payable(owed)
    given_cents = sum(part.amount_cents for part in parts)
    left_cents = outstanding_cents(session, owed)
    if given_cents != left_cents:
        raise PartsDoNotAddUp(left_cents, given_cents)
    owed.counter_lock, owed.counter_locked_at = lock, utc_now()
    attempt = session.scalar(queries.open_attempt_of(owed.organisation_id, owed.id))
    return (attempt.id, attempt.checkout_id) if attempt else (None, None)


def check_still_ours(owed: Payable, lock: uuid.UUID) -> None:
    """Refuse to go on when the lock ran out meanwhile and somebody else has taken it, or it was cancelled."""
    if owed.counter_lock != lock:
        check_payable(owed)
    owed.counter_lock = owed.counter_locked_at = None
    check_payable(owed)


def _unlock(session: Session, payable: PayableRef, lock: uuid.UUID) -> None:
    owed = locked(session, payable)
    if owed.counter_lock == lock:
        owed.counter_lock = owed.counter_locked_at = None


def _close_page(transactions: Transactions, attempt_id: uuid.UUID | None, checkout_id: str | None) -> Checkout | None:
    """Make sure that nobody can pay online any more, or learn that somebody has."""
    provider = provider_for(transactions.platform.settings)
    if attempt_id is None or provider is None:
        return None
    return close_page(transactions, provider, attempt_id, checkout_id)


def _record(session: Session, actor: Actor, owed: Payable, parts: Sequence[CounterPart]) -> int:
    change_cents = 0
    for part in parts:
        payment = _payment(actor, owed, part)
        session.add(payment)
        session.flush()
        post(session, actor, "counter_taking", owed, payment, part.amount_cents, provider_id=part.reference)
        change_cents += payment.change_cents
    settle_payable(session, actor, owed, method="counter")
    return change_cents


def _payment(actor: Actor, owed: Payable, part: CounterPart) -> Payment:
    tendered_cents = part.tendered_cents if part.tendered_cents is not None else part.amount_cents
    return Payment(
        id=new_id(),
        organisation_id=owed.organisation_id,
        payable_id=owed.id,
        method=part.method,
        amount_cents=part.amount_cents,
        applied=True,
        reference=part.reference,
        drawer=part.drawer,
        tendered_cents=tendered_cents if part.method == "cash" else None,
        change_cents=tendered_cents - part.amount_cents if part.method == "cash" else 0,
        cashier_id=actor.user_id,
        cashier_name=actor.name,
        received_at=utc_now(),
    )

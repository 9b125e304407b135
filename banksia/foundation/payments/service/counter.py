"""Taking money at the counter: lock what is owed, close its page at the provider, then record what was handed over.

Nobody types a card number: the council's terminal takes the card, and we keep the reference that it prints.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from sqlalchemy.orm import Session

from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.provider import Checkout, ProviderDown, ProviderRefused
from banksia.foundation.payments.errors import AlreadyPaid, OnlineStateUnknown, PartsDoNotAddUp, SurchargeChanged
from banksia.foundation.payments.models import PAID_STATES, CounterMethod, Payable, Payment, TillSession
from banksia.foundation.payments.service.accounts import check_account_can_take
from banksia.foundation.payments.service.checkout import check_payable
from banksia.foundation.payments.service.methods import check_taken
from banksia.foundation.payments.service.provider_accounts import provider_of
from banksia.foundation.payments.service.raising import PayableRef, locked, outstanding_cents
from banksia.foundation.payments.service.recording import post, settle_payable
from banksia.foundation.payments.service.settling import apply_end, close_page
from banksia.foundation.payments.service.surcharges import all_basis_points, surcharge_cents
from banksia.foundation.payments.service.till_taking import till_to_take_into
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.errors import Problem
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id

RecordedT = TypeVar("RecordedT")


@dataclass(frozen=True)
class CounterPart:
    """One part of a payment at the counter, in cents."""

    method: Literal["cash", "eftpos", "cheque", "account"]
    amount_cents: int
    tendered_cents: int | None = None
    """What was handed over in cash; the change is what is above the amount."""
    reference: str | None = None
    """The terminal's reference, or the number of the cheque."""
    drawer: str | None = None
    """Whose cheque it is."""
    account_id: uuid.UUID | None = None
    """The firm's account that it goes on."""
    surcharge_cents: int = 0
    """What the clerk took on top of the amount for the way it is paid; checked against what is due today."""


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

    Cash, EFTPOS and cheques go into the clerk's open till, where the council has tills. Raises AlreadyPaid (also when
    the customer paid online a moment ago), NotPayable, BeingPaidAtCounter, PartsDoNotAddUp, TillNotOpen,
    OnlineStateUnknown (the provider does not answer: nothing was recorded), MethodNotTaken, SurchargeChanged, and for
    a firm's account AccountNotFound, AccountClosed, CreditLimitReached.
    """
    actor = transactions.actor

    def check(session: Session, owed: Payable) -> None:
        given_cents = sum(part.amount_cents for part in parts)
        left_cents = outstanding_cents(session, owed)
        if given_cents != left_cents:
            raise PartsDoNotAddUp(left_cents, given_cents)
        _check_methods(session, parts)
        _check_accounts(session, parts)
        _till_for(session, actor, parts)

    def record(session: Session, owed: Payable) -> CounterPaid:
        check(session, owed)
        return CounterPaid(owed.id, owed.total_cents, _record(session, actor, owed, parts))

    paid = settle_offline(transactions, payable=payable, check=check, record=record)
    reach("payments.counter_recorded")
    return paid


def settle_offline(
    transactions: Transactions,
    *,
    payable: PayableRef,
    check: Callable[[Session, Payable], None],
    record: Callable[[Session, Payable], RecordedT],
) -> RecordedT:
    """Settle something while nobody can pay it online; call it outside any transaction.

    `check` refuses before the page at the provider is closed; `record` writes under the lock of the payable, and may
    refuse as well: then the lock on the counter is given back. Raises AlreadyPaid, NotPayable, BeingPaidAtCounter,
    OnlineStateUnknown.
    """
    lock = new_id()
    with transactions() as session:
        attempt_id, checkout_id = _lock(session, payable, check, lock)
    reach("payments.counter_locked")
    try:
        ended = _close_page(transactions, attempt_id, checkout_id)
    except (ProviderDown, ProviderRefused) as error:
        with transactions() as session:
            _unlock(session, payable, lock)
        raise OnlineStateUnknown from error
    try:
        recorded = _record_offline(transactions, payable, lock, (attempt_id, ended), record)
    except Problem:
        with transactions() as session:
            _unlock(session, payable, lock)
        raise
    if recorded is None:
        # Raised after the commit: that it was paid online has just been written down.
        with transactions() as session:
            raise AlreadyPaid(locked(session, payable).reference)
    return recorded


def _record_offline(
    transactions: Transactions,
    payable: PayableRef,
    lock: uuid.UUID,
    page: tuple[uuid.UUID | None, Checkout | None],
    record: Callable[[Session, Payable], RecordedT],
) -> RecordedT | None:
    """Record it in one transaction; None when it turns out to be paid online."""
    attempt_id, ended = page
    with transactions() as session:
        owed = locked(session, payable)
        if attempt_id is not None:
            apply_end(session, transactions.actor, attempt_id, ended)
            if session.scalar(queries.open_attempt_of(owed.organisation_id, owed.id)) is not None:
                raise OnlineStateUnknown  # the bank has not decided yet
        if owed.state in PAID_STATES:
            owed.counter_lock = owed.counter_locked_at = None
            return None
        check_still_ours(owed, lock)
        return record(session, owed)


def _lock(
    session: Session, payable: PayableRef, check: Callable[[Session, Payable], None], lock: uuid.UUID
) -> tuple[uuid.UUID | None, str | None]:
    owed = locked(session, payable)
    check_payable(owed)
    check(session, owed)
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
    if attempt_id is None:
        return None
    provider = provider_of(transactions)
    if provider is None:
        return None
    return close_page(transactions, provider, attempt_id, checkout_id)


def _check_methods(session: Session, parts: Sequence[CounterPart]) -> None:
    """Refuse what the council does not take, and a surcharge that is not the one of today."""
    surcharges = all_basis_points(session)
    for part in parts:
        check_taken(session, part.method)
        due_cents = surcharge_cents(part.amount_cents, surcharges.get(part.method, 0))
        if part.surcharge_cents != due_cents:
            raise SurchargeChanged(part.surcharge_cents, due_cents)


def _check_accounts(session: Session, parts: Sequence[CounterPart]) -> None:
    """Refuse what a firm may not owe; all parts on one account count together, whoever splits them."""
    sums: dict[uuid.UUID, int] = {}
    for part in parts:
        if part.account_id is not None:
            sums[part.account_id] = sums.get(part.account_id, 0) + part.amount_cents
    for account_id, cents in sorted(sums.items()):
        check_account_can_take(session, account_id, cents)


def _till_for(session: Session, actor: Actor, parts: Sequence[CounterPart]) -> TillSession | None:
    """The till for what is handed over; a charge to an account puts nothing into one."""
    if all(part.method == "account" for part in parts):
        return None
    return till_to_take_into(session, actor)


def _record(session: Session, actor: Actor, owed: Payable, parts: Sequence[CounterPart]) -> int:
    change_cents = 0
    till = _till_for(session, actor, parts)
    for part in parts:
        payment = _payment(actor, owed, part, till)
        session.add(payment)
        session.flush()
        kind = "account_charge" if part.method == "account" else "counter_taking"
        post(session, actor, kind, owed, payment, payment.amount_cents, provider_id=part.reference)
        change_cents += payment.change_cents
    settle_payable(session, actor, owed, method="counter")
    return change_cents


def _payment(actor: Actor, owed: Payable, part: CounterPart, till: TillSession | None) -> Payment:
    tendered_cents = part.tendered_cents if part.tendered_cents is not None else part.amount_cents
    return Payment(
        id=new_id(),
        organisation_id=owed.organisation_id,
        payable_id=owed.id,
        method=part.method,
        amount_cents=part.amount_cents + part.surcharge_cents,
        surcharge_cents=part.surcharge_cents,
        applied=True,
        reference=part.reference,
        drawer=part.drawer,
        tendered_cents=tendered_cents if part.method == "cash" else None,
        change_cents=tendered_cents - part.amount_cents if part.method == "cash" else 0,
        account_id=part.account_id,
        till_session_id=till.id if till and part.method in tuple(CounterMethod) else None,
        cashier_id=actor.user_id,
        cashier_name=actor.name,
        received_at=utc_now(),
    )

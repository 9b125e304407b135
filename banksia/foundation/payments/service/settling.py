"""Settling: ask the provider outside any transaction, then in one transaction make our books say what is true.

The return page, the webhook, the mop-up and whoever closes a page all end in `apply_checkout`, which may be called any
number of times with the same answer.
"""

import datetime
import uuid
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.provider import (
    Checkout,
    Provider,
    ProviderDown,
    ProviderRefused,
    ProviderUnknown,
)
from banksia.foundation.payments.errors import AttemptNotFound, OnlinePaymentOff
from banksia.foundation.payments.events import PaymentFailed
from banksia.foundation.payments.models import (
    PAID_STATES,
    Attempt,
    Cause,
    Money,
    Payable,
    Payment,
    PaymentAttempt,
    ReviewKind,
    WebhookEvent,
)
from banksia.foundation.payments.service.provider_accounts import provider_of
from banksia.foundation.payments.service.raising import locked_by_id
from banksia.foundation.payments.service.recording import CardMoney, open_case, record_card_payment, settle_payable
from banksia.foundation.payments.service.transitions import move_attempt, move_money
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of
from banksia.kit.kill_points import reach

BOOKED = (Attempt.PAID, Attempt.NEEDS_REVIEW, Attempt.DUPLICATE)
"""Attempts whose money is in the books already."""


def settle(transactions: Transactions, *, attempt_id: uuid.UUID, event_id: uuid.UUID | None = None) -> None:
    """Make our books agree with the provider about one attempt; call it outside any transaction, as often as you like.

    An event that caused the call is marked as handled in the same transaction as its effects. Raises AttemptNotFound;
    ProviderDown and ProviderRefused mean that nothing was learnt, and the caller tries again later.
    """
    provider = provider_of(transactions)
    if provider is None:
        raise OnlinePaymentOff
    with transactions() as session:
        attempt = _attempt(session, attempt_id)
        checkout_id, expires_at, state = attempt.checkout_id, attempt.expires_at, attempt.state
    checkout: Checkout | None = None
    if checkout_id is not None:
        checkout = _retrieved(provider, checkout_id)
    elif state == Attempt.CREATED:
        checkout = find_page(transactions, provider, attempt_id)
    reach("payments.provider_asked")
    with transactions() as session:
        if checkout is not None:
            apply_checkout(session, transactions.actor, attempt_id, checkout, event_id=event_id)
        else:
            _close_never_made(session, attempt_id, expires_at)
            mark_handled(session, event_id, "no page")
    reach("payments.settled")


def _retrieved(provider: Provider, checkout_id: str) -> Checkout | None:
    """The page as it is now; None when the provider does not know it, as after a change of keys."""
    try:
        return provider.retrieve_checkout(checkout_id)
    except ProviderUnknown:
        return None


def find_page(transactions: Transactions, provider: Provider, attempt_id: uuid.UUID) -> Checkout | None:
    """Look at the provider for a page that was made without our hearing of it."""
    with transactions() as session:
        made_after = _attempt(session, attempt_id).created_at
    try:
        return provider.find_checkout(str(attempt_id), made_after=made_after)
    except (ProviderDown, ProviderRefused):
        return None


def locked_attempt(session: Session, attempt_id: uuid.UUID) -> tuple[PaymentAttempt, Payable]:
    """An attempt and its payable, both locked, the payable first as everywhere."""
    owed = locked_by_id(session, _attempt(session, attempt_id).payable_id)
    statement = queries.attempts_of(owed.organisation_id).where(PaymentAttempt.id == attempt_id)
    attempt = session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one()
    return attempt, owed


def apply_checkout(
    session: Session,
    actor: Actor,
    attempt_id: uuid.UUID,
    checkout: Checkout,
    *,
    event_id: uuid.UUID | None = None,
) -> None:
    """Apply what the provider says about an attempt, under the lock of its payable, exactly once."""
    attempt, owed = locked_attempt(session, attempt_id)
    attempt.asked_at = utc_now()
    attempt.checkout_id = attempt.checkout_id or checkout.id
    attempt.provider_payment_id = attempt.provider_payment_id or checkout.payment_id
    if attempt.state in BOOKED:
        outcome = f"ignored, {attempt.state} already"
    elif checkout.paid:
        outcome = _apply_paid(session, actor, attempt, owed, checkout)
    elif checkout.status == "expired":
        outcome = _apply_expired(session, attempt, owed)
    else:
        attempt.decline_code = checkout.last_decline
        if attempt.state == Attempt.CREATED and checkout.url:
            move_attempt(attempt, Attempt.OPEN)
            attempt.url = checkout.url
        outcome = "still open"
    mark_handled(session, event_id, outcome)


def apply_end(session: Session, actor: Actor, attempt_id: uuid.UUID, ended: Checkout | None) -> Payable:
    """Apply how a page that we closed ended; None means that the provider has no such page. Answers the payable."""
    if ended is not None:
        apply_checkout(session, actor, attempt_id, ended)
    attempt, owed = locked_attempt(session, attempt_id)
    if ended is None:
        _apply_expired(session, attempt, owed)
    return owed


def mark_handled(session: Session, event_id: uuid.UUID | None, outcome: str) -> None:
    """Note what came of an event, in the transaction of what came of it."""
    if event_id is None:
        return
    statement = queries.events_of(organisation_id_of(session)).where(WebhookEvent.id == event_id)
    event = session.scalars(statement.with_for_update()).one()
    event.handled_at = event.handled_at or utc_now()
    event.outcome = event.outcome or outcome


def _apply_paid(session: Session, actor: Actor, attempt: PaymentAttempt, owed: Payable, checkout: Checkout) -> str:
    """Paid means that everything fits. Whatever does not is put before a person, and nothing is fulfilled."""
    differences = _differences(attempt, checkout)
    if differences:
        return _review(session, actor, attempt, owed, checkout, ReviewKind.MISMATCH, differences)
    if owed.state in (*PAID_STATES, Money.REFUNDED):
        return _review(session, actor, attempt, owed, checkout, ReviewKind.DUPLICATE, [])
    if owed.state != Money.AWAITING_PAYMENT or attempt.state in (Attempt.EXPIRED, Attempt.REFUSED):
        return _review(session, actor, attempt, owed, checkout, ReviewKind.PAID_LATE, [])
    move_attempt(attempt, Attempt.PAID)
    record_card_payment(session, actor, owed, attempt, _money(checkout), applied=True)
    settle_payable(session, actor, owed, method="card")
    return "paid"


def _differences(attempt: PaymentAttempt, checkout: Checkout) -> list[str]:
    """Which of the four facts do not fit; none, when the payment is ours and in full."""
    facts = {
        "amount": (attempt.amount_cents, checkout.amount_cents),
        "currency": (attempt.currency, checkout.currency),
        "reference": (str(attempt.id), checkout.reference),
        "livemode": (attempt.livemode, checkout.livemode),
    }
    return [name for name, (ours, theirs) in facts.items() if ours != theirs]


def _review(
    session: Session,
    actor: Actor,
    attempt: PaymentAttempt,
    owed: Payable,
    checkout: Checkout,
    kind: ReviewKind,
    differences: list[str],
) -> str:
    """Record the money, if it is ours at all, without letting it pay anything, and open a case."""
    duplicate = kind is ReviewKind.DUPLICATE
    was = owed.state
    move_attempt(attempt, Attempt.DUPLICATE if duplicate else Attempt.NEEDS_REVIEW)
    payment: Payment | None = None
    if not set(differences) - {"amount"}:
        payment = record_card_payment(session, actor, owed, attempt, _money(checkout), applied=False)
    if owed.state in (Money.AWAITING_PAYMENT, Money.EXPIRED, Money.CANCELLED):
        late = owed.state != Money.AWAITING_PAYMENT or kind is ReviewKind.PAID_LATE
        move_money(owed, Cause.PAID_LATE if late else Cause.MISMATCHED)
    evidence: dict[str, Any] = {
        "provider_says": asdict(checkout) | {"url": None},
        "we_expected": {
            "amount_cents": attempt.amount_cents,
            "currency": attempt.currency,
            "reference": str(attempt.id),
            "livemode": attempt.livemode,
        },
        "differences": differences,
        "money_was": was,
    }
    open_case(session, actor, kind, owed, source_id=attempt.id, payment=payment, evidence=evidence)
    return f"review: {kind}"


def _apply_expired(session: Session, attempt: PaymentAttempt, owed: Payable) -> str:
    if attempt.state not in (Attempt.CREATED, Attempt.OPEN):
        return f"ignored, {attempt.state} already"
    move_attempt(attempt, Attempt.EXPIRED)
    if owed.state == Money.AWAITING_PAYMENT:
        emit(session, PaymentFailed(payable_kind=owed.kind, payable_id=owed.subject_id, reason="expired"))
    return "expired"


def _close_never_made(session: Session, attempt_id: uuid.UUID, expires_at: datetime.datetime) -> None:
    """An attempt that the provider does not know ends when its page would have."""
    attempt, owed = locked_attempt(session, attempt_id)
    attempt.asked_at = utc_now()
    if expires_at < utc_now():
        _apply_expired(session, attempt, owed)


def _money(checkout: Checkout) -> CardMoney:
    return CardMoney(checkout.amount_cents, checkout.fee_cents, checkout.payment_id or checkout.id)


def _attempt(session: Session, attempt_id: uuid.UUID) -> PaymentAttempt:
    statement = queries.attempts_of(organisation_id_of(session)).where(PaymentAttempt.id == attempt_id)
    attempt = session.scalar(statement)
    if attempt is None:
        raise AttemptNotFound
    return attempt


def attempt_state(session: Session, *, attempt_id: uuid.UUID) -> tuple[PaymentAttempt, Payable]:
    """An attempt and its payable, as our books have them now."""
    attempt = _attempt(session, attempt_id)
    owed = session.scalars(queries.payables_of(attempt.organisation_id).where(Payable.id == attempt.payable_id)).one()
    return attempt, owed


def close_attempt(transactions: Transactions, *, attempt_id: uuid.UUID) -> None:
    """Close a page that nobody shall pay on any more; call it outside any transaction. ProviderDown: try again."""
    provider = provider_of(transactions)
    if provider is None:
        raise OnlinePaymentOff
    with transactions() as session:
        checkout_id = _attempt(session, attempt_id).checkout_id
    ended = close_page(transactions, provider, attempt_id, checkout_id)
    with transactions() as session:
        owed = apply_end(session, transactions.actor, attempt_id, ended)
        audit.record(session, transactions.actor, "payments.attempt_closed", subject=owed)


def close_page(
    transactions: Transactions, provider: Provider, attempt_id: uuid.UUID, checkout_id: str | None
) -> Checkout | None:
    """Make sure that nobody can pay on an attempt's page any more; answers how it ended, None when there is none."""
    if checkout_id is None:
        found = find_page(transactions, provider, attempt_id)
        checkout_id = found.id if found else None
    try:
        return provider.expire_checkout(checkout_id) if checkout_id else None
    except ProviderUnknown:
        return None

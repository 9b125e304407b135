"""Starting an online payment: our row first, then the provider, then what it answered; every step can be resumed."""

import datetime
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.foundation.organisations.public import council_url, current_organisation
from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.provider import (
    Checkout,
    CheckoutLine,
    CheckoutRequest,
    Provider,
    ProviderDown,
    ProviderRefused,
    ProviderUnknown,
)
from banksia.foundation.payments.errors import (
    AlreadyPaid,
    BeingPaidAtCounter,
    NotPayable,
    OnlinePaymentOff,
    PaymentPageRefused,
    PaymentPageUnavailable,
    TooSmallForOnline,
)
from banksia.foundation.payments.events import PaymentFailed
from banksia.foundation.payments.models import PAID_STATES, Attempt, Method, Money, Payable, PaymentAttempt
from banksia.foundation.payments.service.methods import check_taken
from banksia.foundation.payments.service.provider_accounts import provider_of
from banksia.foundation.payments.service.raising import (
    PayableRef,
    is_at_counter,
    locked,
    outstanding_cents,
)
from banksia.foundation.payments.service.settling import apply_end, find_page, locked_attempt
from banksia.foundation.payments.service.surcharges import basis_points_of, surcharge_cents, surcharge_words
from banksia.foundation.payments.service.transitions import move_attempt
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id

SMALLEST_ONLINE_CENTS = 50
PAGE_OPEN_FOR = datetime.timedelta(hours=23)
"""Stripe allows 24 hours; the difference is for clocks that disagree."""
SAME_PRESS = datetime.timedelta(seconds=60)
"""A second press of Pay within this time gets the same page; later it is another attempt."""
MOST_PAGES_TO_CLOSE = 3
"""One is the rule; another appears when two people press Pay at once."""


@dataclass(frozen=True)
class CheckoutStarted:
    """Where to send the payer, and the attempt whose state can be polled."""

    url: str
    attempt_id: uuid.UUID


@dataclass(frozen=True)
class _Intent:
    """What the first transaction decided: go on with this attempt, or close it first."""

    attempt_id: uuid.UUID
    request: CheckoutRequest
    close_first: str | None = None
    url: str | None = None


def start_checkout(
    transactions: Transactions,
    *,
    payable: PayableRef,
    success_path: str | None = None,
    cancel_path: str | None = None,
) -> CheckoutStarted:
    """Get a page at the provider for what is owed; call it outside any transaction.

    Paths are on the council's host and default to the payable's return path; `payment=ATTEMPT` is added to the first.
    Raises AlreadyPaid, NotPayable, BeingPaidAtCounter, TooSmallForOnline, OnlinePaymentOff, PaymentPageUnavailable
    (try again), PaymentPageRefused.
    """
    try:
        provider = provider_of(transactions)
    except ProviderDown as error:
        raise PaymentPageUnavailable from error
    if provider is None:
        raise OnlinePaymentOff
    for _ in range(MOST_PAGES_TO_CLOSE):
        with transactions() as session:
            intent = _write_intent(session, transactions.actor, provider, payable, success_path, cancel_path)
        reach("payments.attempt_written")
        if intent.url is not None:
            return CheckoutStarted(intent.url, intent.attempt_id)
        if intent.close_first is None:
            checkout = _make_page(transactions, provider, intent)
            reach("payments.checkout_created")
            return _record_page(transactions, provider, intent.attempt_id, checkout)
        _close(transactions, provider, intent.attempt_id, intent.close_first)
    raise PaymentPageUnavailable


def _write_intent(
    session: Session,
    actor: Actor,
    provider: Provider,
    payable: PayableRef,
    success_path: str | None,
    cancel_path: str | None,
) -> _Intent:
    owed = locked(session, payable)
    check_payable(owed)
    check_taken(session, Method.CARD)
    attempt = session.scalar(queries.open_attempt_of(owed.organisation_id, owed.id))
    if attempt is None:
        attempt = _new_attempt(session, provider, owed, success_path, cancel_path)
        audit.record(session, actor, "payments.attempt_started", subject=attempt)
    request = _request(session, owed, attempt)
    if attempt.state == Attempt.CREATED or attempt.checkout_id is None:
        return _Intent(attempt.id, request)
    # Whoever pays for somebody else has to come back to a page that opens for them.
    elsewhere = attempt.cancel_url != council_url(session, cancel_path or owed.return_path)
    if elsewhere or utc_now() - attempt.created_at > SAME_PRESS:
        return _Intent(attempt.id, request, close_first=attempt.checkout_id)
    return _Intent(attempt.id, request, url=attempt.url)


def check_payable(owed: Payable) -> None:
    """Refuse, in words, what cannot be paid now."""
    if owed.state in PAID_STATES:
        raise AlreadyPaid(owed.reference)
    if owed.state != Money.AWAITING_PAYMENT:
        raise NotPayable(owed.reference, owed.state)
    if is_at_counter(owed):
        raise BeingPaidAtCounter(owed.reference)


def _new_attempt(
    session: Session, provider: Provider, owed: Payable, success_path: str | None, cancel_path: str | None
) -> PaymentAttempt:
    left_cents = outstanding_cents(session, owed)
    if left_cents < SMALLEST_ONLINE_CENTS:
        raise TooSmallForOnline(left_cents, SMALLEST_ONLINE_CENTS)
    on_top_cents = surcharge_cents(left_cents, basis_points_of(session, Method.CARD))
    attempt_id = new_id()
    success = council_url(session, success_path or owed.return_path)
    attempt = PaymentAttempt(
        id=attempt_id,
        organisation_id=owed.organisation_id,
        payable_id=owed.id,
        provider=provider.name,
        livemode=provider.livemode,
        amount_cents=left_cents + on_top_cents,
        surcharge_cents=on_top_cents,
        currency=owed.currency,
        payee=current_organisation(session).name,
        success_url=f"{success}{'&' if '?' in success else '?'}payment={attempt_id}",
        cancel_url=council_url(session, cancel_path or owed.return_path),
        expires_at=(utc_now() + PAGE_OPEN_FOR).replace(microsecond=0),
        asked_at=utc_now(),
        state=Attempt.CREATED.value,
    )
    session.add(attempt)
    session.flush()
    return attempt


def _request(session: Session, owed: Payable, attempt: PaymentAttempt) -> CheckoutRequest:
    """The same words each time for the same attempt: a repeated call must be the same call."""
    return CheckoutRequest(
        reference=str(attempt.id),
        idempotency_key=f"attempt-{attempt.id}",
        organisation_id=owed.organisation_id,
        payee=attempt.payee,
        description=owed.reference,
        lines=(*_lines(owed, attempt.amount_cents - attempt.surcharge_cents), *_surcharge(session, attempt)),
        currency=attempt.currency,
        payer_email=owed.payer_email,
        success_url=attempt.success_url,
        cancel_url=attempt.cancel_url,
        expires_at=attempt.expires_at,
    )


def _surcharge(session: Session, attempt: PaymentAttempt) -> tuple[CheckoutLine, ...]:
    """The line of what the card costs on top, said by the rate that the attempt was made with."""
    if not attempt.surcharge_cents:
        return ()
    basis_points = basis_points_of(session, Method.CARD, at=attempt.created_at)
    return (CheckoutLine(surcharge_words(Method.CARD, basis_points), attempt.surcharge_cents),)


def _lines(owed: Payable, left_cents: int) -> tuple[CheckoutLine, ...]:
    """The lines as they were raised, or one for what is left of them."""
    if left_cents != owed.total_cents:
        return (CheckoutLine(f"Still to pay for {owed.reference}", left_cents),)
    return tuple(
        CheckoutLine(
            f"{line.quantity} x {line.description}" if line.quantity > 1 else line.description, line.amount_cents
        )
        for line in owed.lines
    )


def _close(transactions: Transactions, provider: Provider, attempt_id: uuid.UUID, checkout_id: str) -> None:
    """Close an older page before another is opened; when it turns out to be paid, that is settled instead."""
    try:
        ended = provider.expire_checkout(checkout_id)
    except ProviderUnknown:
        ended = None
    except (ProviderDown, ProviderRefused) as error:
        raise PaymentPageUnavailable from error
    with transactions() as session:
        apply_end(session, transactions.actor, attempt_id, ended)


def _make_page(transactions: Transactions, provider: Provider, intent: _Intent) -> Checkout:
    try:
        return provider.create_checkout(intent.request)
    except ProviderRefused as refused:
        with transactions() as session:
            _note_refusal(session, intent.attempt_id, str(refused))
        raise PaymentPageRefused from refused
    except ProviderDown as down:
        # It may have been made all the same; then it carries our reference.
        found = find_page(transactions, provider, intent.attempt_id)
        if found is None:
            raise PaymentPageUnavailable from down
        return found


def _note_refusal(session: Session, attempt_id: uuid.UUID, failure: str) -> None:
    attempt, owed = locked_attempt(session, attempt_id)
    if attempt.state == Attempt.CREATED:
        move_attempt(attempt, Attempt.REFUSED)
        attempt.failure = failure
        emit(session, PaymentFailed(payable_kind=owed.kind, payable_id=owed.subject_id, reason="refused"))


def _record_page(
    transactions: Transactions, provider: Provider, attempt_id: uuid.UUID, checkout: Checkout
) -> CheckoutStarted:
    with transactions() as session:
        attempt, _ = locked_attempt(session, attempt_id)
        attempt.checkout_id = attempt.checkout_id or checkout.id
        if attempt.state == Attempt.CREATED and checkout.url:
            move_attempt(attempt, Attempt.OPEN)
            attempt.url, attempt.asked_at = checkout.url, utc_now()
        url = attempt.url if attempt.state == Attempt.OPEN and attempt.checkout_id == checkout.id else None
    reach("payments.checkout_recorded")
    if url:
        return CheckoutStarted(url, attempt_id)
    # A clerk took the money, or it was cancelled, while the page was being made; nobody has its address yet.
    _close(transactions, provider, attempt_id, checkout.id)
    with transactions() as session:
        check_payable(locked_attempt(session, attempt_id)[1])
    raise PaymentPageUnavailable

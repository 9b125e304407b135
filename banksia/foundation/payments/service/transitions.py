"""The only places that change a state; what the tables of transitions do not allow is refused."""

from banksia.foundation.payments.errors import IllegalTransition
from banksia.foundation.payments.models import (
    ATTEMPT_TRANSITIONS,
    DISPUTE_TRANSITIONS,
    MONEY_TRANSITIONS,
    OPEN_DISPUTES,
    REFUND_TRANSITIONS,
    TILL_TRANSITIONS,
    WAIVER_TRANSITIONS,
    Attempt,
    Cause,
    Dispute,
    DisputeState,
    Money,
    Payable,
    PaymentAttempt,
    Refund,
    RefundState,
    TillSession,
    TillState,
    Waiver,
    WaiverState,
)
from banksia.kit.clock import utc_now


def move_money(payable: Payable, cause: Cause, to: Money | None = None) -> None:
    """Move a payable for a cause; `to` only where the cause leaves a choice. Raises IllegalTransition."""
    targets = MONEY_TRANSITIONS[Money(payable.state)].get(cause, ())
    if not targets or (to is not None and to not in targets):
        raise IllegalTransition(payable.reference, payable.state, str(to or cause))
    payable.state = str(to or targets[0])


def move_attempt(attempt: PaymentAttempt, to: Attempt) -> None:
    """Move an attempt. Raises IllegalTransition."""
    if to not in ATTEMPT_TRANSITIONS[Attempt(attempt.state)]:
        raise IllegalTransition("The attempt", attempt.state, to)
    attempt.state = str(to)
    if to is not Attempt.OPEN:
        attempt.closed_at = utc_now()
        attempt.url = None


def move_refund(refund: Refund, to: RefundState) -> None:
    """Move a refund. Raises IllegalTransition."""
    if to not in REFUND_TRANSITIONS[RefundState(refund.state)]:
        raise IllegalTransition("The refund", refund.state, to)
    refund.state = str(to)
    if to is not RefundState.PENDING:
        refund.finished_at = utc_now()


def may_dispute_become(dispute: Dispute, to: DisputeState) -> bool:
    """Whether a dispute can go there; what a bank has decided stays decided."""
    return to in DISPUTE_TRANSITIONS[DisputeState(dispute.state)]


def move_dispute(dispute: Dispute, to: DisputeState) -> None:
    """Move a dispute. Raises IllegalTransition."""
    if not may_dispute_become(dispute, to):
        raise IllegalTransition("The dispute", dispute.state, to)
    dispute.state = str(to)
    if to not in OPEN_DISPUTES:
        dispute.closed_at = utc_now()


def move_till(session: TillSession, to: TillState) -> None:
    """Close a till. Raises IllegalTransition."""
    if to not in TILL_TRANSITIONS[TillState(session.state)]:
        raise IllegalTransition("The till", session.state, to)
    session.state = str(to)


def move_waiver(waiver: Waiver, to: WaiverState) -> None:
    """Decide a waiver. Raises IllegalTransition."""
    if to not in WAIVER_TRANSITIONS[WaiverState(waiver.state)]:
        raise IllegalTransition("The waiver", waiver.state, to)
    waiver.state = str(to)

"""The only places that change a state; what the tables of transitions do not allow is refused."""

from banksia.foundation.payments.errors import IllegalTransition
from banksia.foundation.payments.models import (
    ATTEMPT_TRANSITIONS,
    MONEY_TRANSITIONS,
    REFUND_TRANSITIONS,
    Attempt,
    Cause,
    Money,
    Payable,
    PaymentAttempt,
    Refund,
    RefundState,
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

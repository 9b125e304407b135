"""The states of money and the only ways between them, as data: every edge has a test, every other step is refused."""

from collections.abc import Iterable
from enum import StrEnum


class Money(StrEnum):
    """Where the money of one payable stands."""

    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    PART_REFUNDED = "part_refunded"
    REFUNDED = "refunded"
    NEEDS_REVIEW = "needs_review"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Cause(StrEnum):
    """What moves money from one state to another."""

    SETTLED = "settled"
    MISMATCHED = "mismatched"
    PAID_LATE = "paid_late"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUNDED_IN_PART = "refunded_in_part"
    REFUNDED_IN_FULL = "refunded_in_full"
    REFUND_FAILED = "refund_failed"
    REINSTATED = "reinstated"
    DISMISSED = "dismissed"


MONEY_TRANSITIONS: dict[Money, dict[Cause, tuple[Money, ...]]] = {
    Money.AWAITING_PAYMENT: {
        Cause.SETTLED: (Money.PAID,),
        Cause.MISMATCHED: (Money.NEEDS_REVIEW,),
        Cause.PAID_LATE: (Money.NEEDS_REVIEW,),
        Cause.EXPIRED: (Money.EXPIRED,),
        Cause.CANCELLED: (Money.CANCELLED,),
    },
    Money.PAID: {
        Cause.REFUNDED_IN_PART: (Money.PART_REFUNDED,),
        Cause.REFUNDED_IN_FULL: (Money.REFUNDED,),
    },
    Money.PART_REFUNDED: {
        Cause.REFUNDED_IN_PART: (Money.PART_REFUNDED,),
        Cause.REFUNDED_IN_FULL: (Money.REFUNDED,),
        Cause.REFUND_FAILED: (Money.PART_REFUNDED, Money.PAID),
    },
    Money.REFUNDED: {Cause.REFUND_FAILED: (Money.PART_REFUNDED, Money.PAID)},
    Money.NEEDS_REVIEW: {
        Cause.REINSTATED: (Money.PAID,),
        Cause.REFUNDED_IN_FULL: (Money.REFUNDED,),
        Cause.DISMISSED: (Money.AWAITING_PAYMENT, Money.CANCELLED),
    },
    # Ended: only money that turns up late leads out, and then to a person.
    Money.EXPIRED: {Cause.PAID_LATE: (Money.NEEDS_REVIEW,)},
    Money.CANCELLED: {Cause.PAID_LATE: (Money.NEEDS_REVIEW,)},
}


class Attempt(StrEnum):
    """Where one online attempt stands."""

    CREATED = "created"
    """Our row is written; the provider has not answered yet, or we have not heard it."""
    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    REFUSED = "refused"
    NEEDS_REVIEW = "needs_review"
    DUPLICATE = "duplicate"
    """Paid, for something that had been paid already."""


ATTEMPT_TRANSITIONS: dict[Attempt, frozenset[Attempt]] = {
    Attempt.CREATED: frozenset(
        {
            Attempt.OPEN,
            Attempt.PAID,
            Attempt.EXPIRED,
            Attempt.REFUSED,
            Attempt.NEEDS_REVIEW,
            Attempt.DUPLICATE,
        }
    ),
    Attempt.OPEN: frozenset({Attempt.PAID, Attempt.EXPIRED, Attempt.NEEDS_REVIEW, Attempt.DUPLICATE}),
    Attempt.EXPIRED: frozenset({Attempt.NEEDS_REVIEW, Attempt.DUPLICATE}),
    Attempt.REFUSED: frozenset({Attempt.NEEDS_REVIEW, Attempt.DUPLICATE}),
    Attempt.PAID: frozenset(),
    Attempt.NEEDS_REVIEW: frozenset(),
    Attempt.DUPLICATE: frozenset(),
}
OPEN_ATTEMPTS = (Attempt.CREATED, Attempt.OPEN)


class RefundState(StrEnum):
    """Where one refund stands."""

    AWAITING_APPROVAL = "awaiting_approval"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REJECTED = "rejected"


REFUND_TRANSITIONS: dict[RefundState, frozenset[RefundState]] = {
    RefundState.AWAITING_APPROVAL: frozenset({RefundState.PENDING, RefundState.SUCCEEDED, RefundState.REJECTED}),
    RefundState.PENDING: frozenset({RefundState.SUCCEEDED, RefundState.FAILED}),
    # A bank can send a refund back days after it seemed done.
    RefundState.SUCCEEDED: frozenset({RefundState.FAILED}),
    RefundState.FAILED: frozenset(),
    RefundState.REJECTED: frozenset(),
}
HOLDING_REFUNDS = (RefundState.AWAITING_APPROVAL, RefundState.PENDING, RefundState.SUCCEEDED)
"""These count against what was captured."""


class ReviewKind(StrEnum):
    """Why a person has to look."""

    MISMATCH = "mismatch"
    PAID_LATE = "paid_late"
    DUPLICATE = "duplicate"
    REFUND_FAILED = "refund_failed"


class Resolution(StrEnum):
    """How a person decided."""

    REFUND = "refund"
    REINSTATE = "reinstate"
    DISMISS = "dismiss"


RESOLUTIONS: dict[ReviewKind, frozenset[Resolution]] = {
    ReviewKind.MISMATCH: frozenset(Resolution),
    ReviewKind.PAID_LATE: frozenset(Resolution),
    ReviewKind.DUPLICATE: frozenset({Resolution.REFUND, Resolution.DISMISS}),
    ReviewKind.REFUND_FAILED: frozenset({Resolution.REFUND, Resolution.DISMISS}),
}


def quoted(states: Iterable[StrEnum]) -> str:
    """The values as a list in SQL, for CHECK constraints and partial indexes."""
    return ", ".join(f"'{state.value}'" for state in states)

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


PAID_STATES = (Money.PAID, Money.PART_REFUNDED)
"""What was paid and is not wholly given back: work may be done for it."""


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
    DISHONOURED = "dishonoured"
    """A cheque came back: what it paid is owed again."""


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
        Cause.DISHONOURED: (Money.AWAITING_PAYMENT,),
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
    DISPUTE = "dispute"
    """A payer's bank wants the money back."""
    NOT_IN_LEDGER = "not_in_ledger"
    """The provider lists a movement that our ledger does not have."""
    NOT_AT_PROVIDER = "not_at_provider"
    """Our ledger has a movement that the provider does not list."""


class Resolution(StrEnum):
    """How a person decided."""

    REFUND = "refund"
    REINSTATE = "reinstate"
    DISMISS = "dismiss"
    RECORD = "record"
    """Write into our ledger what the provider lists."""


RESOLUTIONS: dict[ReviewKind, frozenset[Resolution]] = {
    ReviewKind.MISMATCH: frozenset({Resolution.REFUND, Resolution.REINSTATE, Resolution.DISMISS}),
    ReviewKind.PAID_LATE: frozenset({Resolution.REFUND, Resolution.REINSTATE, Resolution.DISMISS}),
    ReviewKind.DUPLICATE: frozenset({Resolution.REFUND, Resolution.DISMISS}),
    ReviewKind.REFUND_FAILED: frozenset({Resolution.REFUND, Resolution.DISMISS}),
    ReviewKind.DISPUTE: frozenset({Resolution.DISMISS}),
    ReviewKind.NOT_IN_LEDGER: frozenset({Resolution.RECORD, Resolution.DISMISS}),
    ReviewKind.NOT_AT_PROVIDER: frozenset({Resolution.DISMISS}),
}


class DisputeState(StrEnum):
    """Where one dispute stands."""

    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"


DISPUTE_TRANSITIONS: dict[DisputeState, frozenset[DisputeState]] = {
    DisputeState.NEEDS_RESPONSE: frozenset({DisputeState.UNDER_REVIEW, DisputeState.WON, DisputeState.LOST}),
    DisputeState.UNDER_REVIEW: frozenset({DisputeState.NEEDS_RESPONSE, DisputeState.WON, DisputeState.LOST}),
    DisputeState.WON: frozenset(),
    DisputeState.LOST: frozenset(),
}
OPEN_DISPUTES = (DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW)
"""While one of these stands, nothing of the payment is refunded."""


class WaiverState(StrEnum):
    """Where one waiver stands."""

    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    REJECTED = "rejected"


WAIVER_TRANSITIONS: dict[WaiverState, frozenset[WaiverState]] = {
    WaiverState.AWAITING_APPROVAL: frozenset({WaiverState.APPROVED, WaiverState.REJECTED}),
    WaiverState.APPROVED: frozenset(),
    WaiverState.REJECTED: frozenset(),
}


class TillState(StrEnum):
    """Whether a clerk's till is open."""

    OPEN = "open"
    CLOSED = "closed"


TILL_TRANSITIONS: dict[TillState, frozenset[TillState]] = {
    TillState.OPEN: frozenset({TillState.CLOSED}),
    TillState.CLOSED: frozenset(),
}


class RunState(StrEnum):
    """How one reconciliation went."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


class Method(StrEnum):
    """How something was paid."""

    CARD = "card"
    CASH = "cash"
    EFTPOS = "eftpos"
    CHEQUE = "cheque"
    ACCOUNT = "account"
    """On a firm's account: it owes the sum until it pays its statement."""
    WAIVER = "waiver"
    """The council does not ask for it."""


class CounterMethod(StrEnum):
    """What lies in a till, or in its terminal's list."""

    CASH = "cash"
    EFTPOS = "eftpos"
    CHEQUE = "cheque"


class AccountMethod(StrEnum):
    """How a firm pays its statement."""

    CASH = "cash"
    EFTPOS = "eftpos"
    CHEQUE = "cheque"
    TRANSFER = "transfer"


class SurchargeMethod(StrEnum):
    """What a council may charge for on top."""

    CARD = "card"
    EFTPOS = "eftpos"


class EntryKind(StrEnum):
    """What moved in the ledger."""

    CHARGE = "charge"
    FEE = "fee"
    REFUND = "refund"
    DISPUTE = "dispute"
    PAYOUT = "payout"
    COUNTER_TAKING = "counter_taking"
    REVERSAL = "reversal"
    ACCOUNT_CHARGE = "account_charge"
    """Plus: a firm owes more. What the entries of method `account` sum to is what it owes."""
    ACCOUNT_PAYMENT = "account_payment"
    """Plus: money came in for a firm's account."""
    ACCOUNT_SETTLEMENT = "account_settlement"
    """Minus: the same money, off what the firm owes."""
    WAIVER = "waiver"


def quoted(states: Iterable[StrEnum]) -> str:
    """The values as a list in SQL, for CHECK constraints and partial indexes."""
    return ", ".join(f"'{state.value}'" for state in states)

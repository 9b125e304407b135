"""The tables of payments."""

from banksia.foundation.payments.models.attempts import EventCursor, PaymentAttempt, WebhookEvent
from banksia.foundation.payments.models.money import (
    LedgerEntry,
    Payment,
    Receipt,
    ReceiptCounter,
    ReceiptDocument,
    Refund,
    ReviewCase,
)
from banksia.foundation.payments.models.payables import Payable, PayableLine
from banksia.foundation.payments.models.states import (
    ATTEMPT_TRANSITIONS,
    HOLDING_REFUNDS,
    MONEY_TRANSITIONS,
    OPEN_ATTEMPTS,
    REFUND_TRANSITIONS,
    RESOLUTIONS,
    Attempt,
    Cause,
    Money,
    RefundState,
    Resolution,
    ReviewKind,
)

__all__ = [
    "ATTEMPT_TRANSITIONS",
    "HOLDING_REFUNDS",
    "MONEY_TRANSITIONS",
    "OPEN_ATTEMPTS",
    "REFUND_TRANSITIONS",
    "RESOLUTIONS",
    "Attempt",
    "Cause",
    "EventCursor",
    "LedgerEntry",
    "Money",
    "Payable",
    "PayableLine",
    "Payment",
    "PaymentAttempt",
    "Receipt",
    "ReceiptCounter",
    "ReceiptDocument",
    "Refund",
    "RefundState",
    "Resolution",
    "ReviewCase",
    "ReviewKind",
    "WebhookEvent",
]

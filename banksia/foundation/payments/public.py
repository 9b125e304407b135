"""What other parts use: raise what is owed, have it paid, see how it stands.

A payable is named by its workflow as `(kind, id)`, for example `("certificates.order", order.id)`. Listen for
`payments.payment_settled`, `payments.payment_failed`, `payments.payment_refunded` and `payments.receipt_ready`; each
carries `payable_kind` and `payable_id`.
"""

from banksia.foundation.payments.errors import (
    AlreadyPaid,
    BeingPaidAtCounter,
    NothingOwed,
    NotPayable,
    OnlinePaymentOff,
    OnlineStateUnknown,
    PartsDoNotAddUp,
    PayableNotFound,
    PaymentPageRefused,
    PaymentPageUnavailable,
    TooSmallForOnline,
)
from banksia.foundation.payments.events import PaymentFailed, PaymentRefunded, PaymentSettled, ReceiptReady
from banksia.foundation.payments.models import Money
from banksia.foundation.payments.schemas import CounterPartCreate, ReceiptRead
from banksia.foundation.payments.service.checkout import CheckoutStarted, start_checkout
from banksia.foundation.payments.service.counter import CounterPaid, CounterPart, take_counter_payment
from banksia.foundation.payments.service.raising import (
    GstTreatment,
    LineOwed,
    MoneyOf,
    PayableRef,
    Payer,
    ReceiptLink,
    cancel_payable,
    gst_in,
    is_paid,
    money_of,
    raise_payable,
)
from banksia.foundation.payments.service.receipting import file_name_of, receipt_with_document
from banksia.foundation.payments.service.refunding import RefundWish, refund

PAY_ERRORS = (
    AlreadyPaid,
    BeingPaidAtCounter,
    NotPayable,
    OnlinePaymentOff,
    PayableNotFound,
    PaymentPageRefused,
    PaymentPageUnavailable,
    TooSmallForOnline,
)
"""What `start_checkout` raises, for the `raises` of a route."""
COUNTER_ERRORS = (
    AlreadyPaid,
    BeingPaidAtCounter,
    NotPayable,
    OnlineStateUnknown,
    PartsDoNotAddUp,
    PayableNotFound,
)
"""What `take_counter_payment` raises."""

__all__ = [
    "COUNTER_ERRORS",
    "PAY_ERRORS",
    "AlreadyPaid",
    "BeingPaidAtCounter",
    "CheckoutStarted",
    "CounterPaid",
    "CounterPart",
    "CounterPartCreate",
    "GstTreatment",
    "LineOwed",
    "Money",
    "MoneyOf",
    "NotPayable",
    "NothingOwed",
    "OnlinePaymentOff",
    "OnlineStateUnknown",
    "PartsDoNotAddUp",
    "PayableNotFound",
    "PayableRef",
    "Payer",
    "PaymentFailed",
    "PaymentPageRefused",
    "PaymentPageUnavailable",
    "PaymentRefunded",
    "PaymentSettled",
    "ReceiptLink",
    "ReceiptRead",
    "ReceiptReady",
    "RefundWish",
    "TooSmallForOnline",
    "cancel_payable",
    "file_name_of",
    "gst_in",
    "is_paid",
    "money_of",
    "raise_payable",
    "receipt_with_document",
    "refund",
    "start_checkout",
    "take_counter_payment",
]

"""What other parts use: raise what is owed, have it paid, see how it stands.

A payable is named by its workflow as `(kind, id)`, for example `("certificates.order", order.id)`. Listen for
`payments.payment_settled`, `payments.payment_failed`, `payments.payment_refunded`, `payments.payment_reopened` (a
cheque came back: what was paid is owed again, and may be settled a second time) and `payments.receipt_ready`; each
carries `payable_kind` and `payable_id`.
"""

from banksia.foundation.payments.errors import (
    AlreadyPaid,
    BeingPaidAtCounter,
    CounterReferenceNeeded,
    MethodNotTaken,
    NothingOwed,
    NothingToRefund,
    NotPayable,
    OnlinePaymentOff,
    OnlineStateUnknown,
    PartsDoNotAddUp,
    PayableNotFound,
    PaymentPageRefused,
    PaymentPageUnavailable,
    RefundableChanged,
    RefundBlockedByDispute,
    RefundTooLarge,
    SurchargeChanged,
    TooSmallForOnline,
)
from banksia.foundation.payments.errors.counter import TillNotOpen
from banksia.foundation.payments.errors.finance import (
    AccountClosed,
    AccountNotFound,
    CreditLimitReached,
    PeriodInvalid,
)
from banksia.foundation.payments.events import (
    PaymentDisputed,
    PaymentFailed,
    PaymentRefunded,
    PaymentReopened,
    PaymentSettled,
    ReceiptReady,
)
from banksia.foundation.payments.models import Money
from banksia.foundation.payments.schemas import CounterPartCreate, ReceiptRead
from banksia.foundation.payments.schemas.paying import PayLinkCreate, PayLinkRead, RefundShownRead
from banksia.foundation.payments.service.checkout import CheckoutStarted, start_checkout
from banksia.foundation.payments.service.checks import paid_among, unpaid_subjects
from banksia.foundation.payments.service.counter import CounterPaid, CounterPart, take_counter_payment
from banksia.foundation.payments.service.disputing import add_evidence_subjects
from banksia.foundation.payments.service.pay_links import (
    OnlineSum,
    card_surcharge_basis_points,
    give_pay_link,
    online_sum,
    pay_pages_of,
)
from banksia.foundation.payments.service.periods import Period, period_of
from banksia.foundation.payments.service.raising import (
    GstTreatment,
    LineOwed,
    Pages,
    PayableRef,
    Payer,
    cancel_payable,
    change_payer,
    gst_in,
    is_paid,
    raise_payable,
)
from banksia.foundation.payments.service.receipting import file_name_of, receipt_with_document
from banksia.foundation.payments.service.refunding import Refundable, RefundWish, refund, refundable_of
from banksia.foundation.payments.service.reports import takings_of_kind
from banksia.foundation.payments.service.returning import confirm_payable
from banksia.foundation.payments.service.standing import MoneyOf, ReceiptLink, money_of
from banksia.foundation.payments.service.tills import add_location, add_till
from banksia.kit.errors import TooManyRequests

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
    AccountClosed,
    AccountNotFound,
    CreditLimitReached,
    TillNotOpen,
    AlreadyPaid,
    BeingPaidAtCounter,
    NotPayable,
    OnlineStateUnknown,
    PartsDoNotAddUp,
    PayableNotFound,
    MethodNotTaken,
    SurchargeChanged,
)
"""What `take_counter_payment` raises."""
PAY_LINK_ERRORS = (AlreadyPaid, BeingPaidAtCounter, NotPayable, PayableNotFound, TooManyRequests)
"""What `give_pay_link` raises."""
REFUND_ERRORS = (NothingToRefund, RefundableChanged, RefundBlockedByDispute, RefundTooLarge, CounterReferenceNeeded)
"""What `refund` raises when no lines are named."""

__all__ = [
    "COUNTER_ERRORS",
    "PAY_ERRORS",
    "PAY_LINK_ERRORS",
    "REFUND_ERRORS",
    "AccountClosed",
    "AccountNotFound",
    "AlreadyPaid",
    "BeingPaidAtCounter",
    "CheckoutStarted",
    "CounterPaid",
    "CounterPart",
    "CounterPartCreate",
    "CreditLimitReached",
    "GstTreatment",
    "LineOwed",
    "MethodNotTaken",
    "Money",
    "MoneyOf",
    "NotPayable",
    "NothingOwed",
    "OnlinePaymentOff",
    "OnlineStateUnknown",
    "OnlineSum",
    "Pages",
    "PartsDoNotAddUp",
    "PayLinkCreate",
    "PayLinkRead",
    "PayableNotFound",
    "PayableRef",
    "Payer",
    "PaymentDisputed",
    "PaymentFailed",
    "PaymentPageRefused",
    "PaymentPageUnavailable",
    "PaymentRefunded",
    "PaymentReopened",
    "PaymentSettled",
    "Period",
    "PeriodInvalid",
    "ReceiptLink",
    "ReceiptRead",
    "ReceiptReady",
    "RefundShownRead",
    "RefundWish",
    "Refundable",
    "SurchargeChanged",
    "TillNotOpen",
    "TooSmallForOnline",
    "add_evidence_subjects",
    "add_location",
    "add_till",
    "cancel_payable",
    "card_surcharge_basis_points",
    "change_payer",
    "confirm_payable",
    "file_name_of",
    "give_pay_link",
    "gst_in",
    "is_paid",
    "money_of",
    "online_sum",
    "paid_among",
    "pay_pages_of",
    "period_of",
    "raise_payable",
    "receipt_with_document",
    "refund",
    "refundable_of",
    "start_checkout",
    "take_counter_payment",
    "takings_of_kind",
    "unpaid_subjects",
]

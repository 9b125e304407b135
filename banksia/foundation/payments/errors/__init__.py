"""What can stand in the way of money, each told so that a person knows what to do next."""

from banksia.kit.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound, TooLarge, Unavailable
from banksia.kit.words import dollars


class PayableNotFound(NotFound):
    title = "Nothing to pay was found"

    def __init__(self) -> None:
        super().__init__("There is nothing to pay under this address. Check the link, or open the order again.")


class AttemptNotFound(NotFound):
    title = "Payment not found"

    def __init__(self) -> None:
        super().__init__("This payment is not known here. Open the order to see what is paid.")


class ReceiptNotFound(NotFound):
    title = "Receipt not found"

    def __init__(self) -> None:
        super().__init__("There is no receipt under this link. Use the link in the email, or open the order.")


class ReceiptNotReady(Conflict):
    title = "The receipt is being made"

    def __init__(self) -> None:
        super().__init__("The receipt is being made and takes a few seconds. Try again in a moment.")


class ReviewCaseNotFound(NotFound):
    title = "Review case not found"

    def __init__(self) -> None:
        super().__init__("There is no such case to review. Open the list of money to review again.")


class RefundNotFound(NotFound):
    title = "Refund not found"

    def __init__(self) -> None:
        super().__init__("There is no such refund. Open the payment again.")


class NothingOwed(Invalid):
    title = "There is nothing to pay"

    def __init__(self) -> None:
        super().__init__("The lines add up to $0.00, so there is nothing to pay.")


class AlreadyPaid(Conflict):
    title = "Already paid"

    def __init__(self, reference: str) -> None:
        super().__init__(f"{reference} is paid already. Nothing more was charged.")


class NotPayable(Conflict):
    title = "This cannot be paid now"

    def __init__(self, reference: str, state: str) -> None:
        words = {
            "cancelled": "was cancelled",
            "expired": "was not paid in time and has expired. Place it again",
            "needs_review": "has a payment that the council is checking. You do not need to pay again",
            "refunded": "was refunded. Place it again",
        }
        super().__init__(f"{reference} {words.get(state, 'cannot be paid now')}.")


class BeingPaidAtCounter(Conflict):
    title = "A clerk is taking this payment"

    def __init__(self, reference: str) -> None:
        super().__init__(f"{reference} is being paid at the counter at this moment. Try again in two minutes.")


class OnlinePaymentOff(Conflict):
    title = "Online payment is not set up"

    def __init__(self) -> None:
        super().__init__("This council does not take payment online yet. Pay at the council's counter.")


class TooSmallForOnline(Conflict):
    title = "Too small to pay online"

    def __init__(self, total_cents: int, smallest_cents: int) -> None:
        super().__init__(
            f"{dollars(total_cents)} is below {dollars(smallest_cents)}, the least that can be paid online. "
            "Pay at the council's counter."
        )


class PaymentPageUnavailable(Unavailable):
    title = "The payment page is not available"

    def __init__(self) -> None:
        super().__init__(
            "The payment service does not answer. Nothing was charged and the order is kept. "
            "Try again in a few minutes."
        )


class PaymentPageRefused(Conflict):
    title = "The payment page could not be made"

    def __init__(self) -> None:
        super().__init__(
            "The payment service did not accept this payment. Nothing was charged and the order is kept. "
            "Contact the council or pay at its counter."
        )


class PartsDoNotAddUp(Invalid):
    title = "The parts do not add up"

    def __init__(self, total_cents: int, given_cents: int) -> None:
        message = f"The parts add up to {dollars(given_cents)}, but {dollars(total_cents)} is owed."
        super().__init__(message, errors=[{"field": "parts", "message": message}])


class OnlineStateUnknown(Unavailable):
    title = "The online payment could not be closed"

    def __init__(self) -> None:
        super().__init__(
            "This order has an online payment page open, and the payment service does not answer, so it may be paid "
            "twice. Nothing was recorded. Try again in a few minutes."
        )


class NothingToRefund(Conflict):
    title = "There is nothing to refund"

    def __init__(self, reference: str) -> None:
        super().__init__(f"Nothing of {reference} is left to refund.")


class RefundableChanged(Conflict):
    title = "The amount has changed"

    def __init__(self, seen_cents: int, available_cents: int) -> None:
        super().__init__(
            f"You saw {dollars(seen_cents)} to refund, but it is {dollars(available_cents)} now. "
            "Somebody else was quicker. Look at the payment again.",
            available_cents=available_cents,
        )


class RefundTooLarge(Invalid):
    title = "More than is left"

    def __init__(self, wanted_cents: int, left_cents: int, of: str = "this payment") -> None:
        message = f"{dollars(wanted_cents)} is more than the {dollars(left_cents)} that are left of {of}."
        super().__init__(message, errors=[{"field": "amount_cents", "message": message}])


class RefundLinesDoNotAddUp(Invalid):
    title = "The lines do not add up"

    def __init__(self, amount_cents: int, lines_cents: int) -> None:
        message = (
            f"The lines add up to {dollars(lines_cents)}, but {dollars(amount_cents)} goes back. "
            "Name each line of this payment at most once."
        )
        super().__init__(message, errors=[{"field": "lines", "message": message}])


class RefundBlockedByDispute(Conflict):
    title = "This payment is disputed"

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"The payer's bank has taken up a payment for {reference}. While the dispute is open nothing of it can be "
            "refunded, or the money would go back twice. Nothing was changed."
        )


class CounterReferenceNeeded(Invalid):
    title = "Say how the money goes back"

    def __init__(self) -> None:
        message = "Enter the terminal's reference, the cheque's number, or “cash” with the till."
        super().__init__(
            "Part of this was paid at the counter. " + message,
            errors=[{"field": "counter_reference", "message": message}],
        )


class SecondPersonNeeded(Forbidden):
    title = "Another person has to approve this"

    def __init__(self) -> None:
        super().__init__("You asked for this refund, so somebody else has to approve it.")


class RefundDecided(Conflict):
    title = "This refund is decided"

    def __init__(self) -> None:
        super().__init__("Somebody has already approved or rejected this refund.")


class CaseResolved(Conflict):
    title = "This case is resolved"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has already resolved this case.")


class ResolutionNotPossible(Conflict):
    title = "This case cannot be resolved so"


class IllegalTransition(Conflict):
    title = "This cannot happen to it now"

    def __init__(self, reference: str, state: str, cause: str) -> None:
        super().__init__(f"{reference} is {state.replace('_', ' ')}, so it cannot become {cause.replace('_', ' ')}.")


class MethodNotTaken(Conflict):
    title = "This way to pay is not taken"

    def __init__(self, words: str) -> None:
        super().__init__(f"This council does not take payment by {words}. Take it another way.")


class SurchargeChanged(Conflict):
    title = "The surcharge has changed"

    def __init__(self, seen_cents: int, due_cents: int) -> None:
        super().__init__(
            f"The screen showed a surcharge of {dollars(seen_cents)}, but it is {dollars(due_cents)} now. "
            "Nothing was recorded. Take the new amount on the terminal and finish again.",
            surcharge_cents=due_cents,
        )


class SurchargeNotFound(NotFound):
    title = "Surcharge not found"

    def __init__(self) -> None:
        super().__init__("There is no such surcharge. Open the payment settings again.")


class SurchargeDatesInvalid(Invalid):
    title = "These dates do not fit"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, errors=[{"field": field, "message": message}])


class WebhookEndpointOff(NotFound):
    title = "Not found"


class WebhookNotSigned(BadRequest):
    title = "The signature does not fit"

    def __init__(self) -> None:
        super().__init__("This was not signed with one of our secrets, or too long ago.")


class WebhookTooLarge(TooLarge):
    title = "Too large"

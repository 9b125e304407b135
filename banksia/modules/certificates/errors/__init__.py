"""What can go wrong with an order or a certificate, as facts with a sentence that says what to do."""

from datetime import date

from banksia.kit.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from banksia.kit.words import day_in_words, dollars


class OrderInvalid(Invalid):
    """Something in the order cannot be sold; the errors name the lines."""

    title = "Check your order"


class FeesChanged(Conflict):
    """The order costs something else than its customer saw."""

    title = "The fees have changed"

    def __init__(self, seen_cents: int, total_cents: int) -> None:
        """Say both sums, and give the new one to programs."""
        super().__init__(
            f"The order costs {dollars(total_cents)} now; you saw {dollars(seen_cents)}. Look at the fees again, then "
            f"order.",
            total_cents=total_cents,
        )


class IdempotencyKeyReused(Conflict):
    """The same Idempotency-Key came with another body."""

    title = "This request was sent before with other content"

    def __init__(self) -> None:
        """Say how to send a new order."""
        super().__init__("This Idempotency-Key belongs to another order. Use a new key for a new order.")


class IdempotencyKeyInvalid(Invalid):
    """The Idempotency-Key header is empty or too long."""

    title = "The Idempotency-Key header cannot be used"

    def __init__(self) -> None:
        """Say what it may hold."""
        super().__init__("An Idempotency-Key has 8 to 200 visible characters. Make a random one for each order.")


class OrderNotFound(NotFound):
    """No such order, or not one that this person may see."""

    title = "Order not found"

    def __init__(self) -> None:
        """Say the same whether it exists or not."""
        super().__init__(
            "There is no such order here. Open it from the link in your email, or sign in to see your orders."
        )


class OrderTokenNeeded(Unauthenticated):
    """A guest asked for an order without its token."""

    title = "Open the order from your email"

    def __init__(self) -> None:
        """Say where the token is."""
        super().__init__("This order opens with the link in your email. Sign in if you ordered with an account.")


class OrderNotCancellable(Conflict):
    """The order is paid or cancelled."""

    title = "This order cannot be cancelled"

    def __init__(self, number: str, reason: str) -> None:
        """Name the order and why."""
        super().__init__(f"Order {number} {reason}")


class OrderNotPayable(Conflict):
    """The order is not waiting for a payment."""

    title = "This order cannot be paid"

    def __init__(self, number: str, reason: str) -> None:
        """Name the order and why."""
        super().__init__(f"Order {number} {reason}")


class OrderNotPaid(Conflict):
    """Nothing is issued before it is paid."""

    title = "This order is not paid"

    def __init__(self, number: str) -> None:
        """Name the order."""
        super().__init__(f"Order {number} is not paid in full. A certificate is issued once its payment is confirmed.")


class AccountNeeded(Forbidden):
    """Only a customer with a verified e-mail address has orders of their own."""

    title = "Sign in with your customer account"

    def __init__(self) -> None:
        """Say who can do it."""
        super().__init__("Sign in with a customer account whose email address is verified, then try again.")


class LineNotFound(NotFound):
    """No such line of an order at this council."""

    title = "Certificate not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such certificate in the queue. Open it from the list.")


class DownloadOver(Conflict):
    """The council's period for downloading a certificate again is over."""

    title = "The time to download this certificate is over"

    def __init__(self, last_on: date, contact: str) -> None:
        """Say until when it could be, and how to ask."""
        ask = f" Ask council for it: {contact}." if contact else " Ask council for it."
        super().__init__(
            f"This certificate could be downloaded until {day_in_words(last_on)}.{ask}", last_on=str(last_on)
        )


class CertificateNotFound(NotFound):
    """No such certificate, or not one that this person may see."""

    title = "Certificate not found"

    def __init__(self) -> None:
        """Say the same whether it exists or not."""
        super().__init__("There is no such certificate here. Open it from its order.")


class TransitionRefused(Conflict):
    """A line's state does not allow what was asked."""

    title = "This cannot be done in the certificate's present state"

    def __init__(self, action: str, state: str) -> None:
        """Name the action and the state, in words that staff see."""
        super().__init__(f"You cannot {action} a certificate that is {state}. If your page says otherwise, reload it.")


class OfficerNotFound(Invalid):
    """A line can be given only to someone who prepares certificates."""

    title = "Choose another person"

    def __init__(self) -> None:
        """Say who can be chosen."""
        super().__init__(
            "This person does not prepare certificates. Choose a certificate officer.",
            errors=[{"field": "officer_id", "message": "Choose a certificate officer."}],
        )


class DraftStale(Conflict):
    """Someone else saved the draft after this person opened it."""

    title = "Somebody else changed this draft"

    def __init__(self, name: str, version: int) -> None:
        """Tell who, and the version to compare with."""
        super().__init__(
            f"{name} changed this after you opened it. Compare your answers with theirs, then save again.",
            version=version,
            changed_by=name,
        )


class AnswerInvalid(Invalid):
    """An answer does not fit its question; the errors name it."""

    title = "Check your answers"


class DraftIncomplete(Conflict):
    """Something on the certificate is still unanswered."""

    title = "Answer every question first"

    def __init__(self, labels: list[str], keys: list[str]) -> None:
        """Name what is open."""
        count = f"{len(labels)} values are" if len(labels) > 1 else "1 value is"
        super().__init__(f"{count} unknown: {', '.join(labels)}. Answer before you issue.", unanswered=keys)


class CheckMissing(Conflict):
    """The product asks for a second officer, and none has looked at this certificate."""

    title = "A second officer checks this certificate first"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Send it to be checked. Whoever did not prepare it can check it, then it can be issued.")


class OwnWork(Conflict):
    """Whoever prepared a certificate does not check it."""

    title = "Somebody else has to check this certificate"

    def __init__(self) -> None:
        """Say why."""
        super().__init__("You prepared it. It is checked by an officer who did not, or it is no second look.")


class CheckedChanged(Conflict):
    """What the certificate would say is no longer what was checked."""

    title = "It says something else than what was checked"

    def __init__(self, name: str) -> None:
        """Say who checked, and what to do."""
        super().__init__(
            f"What council knows of the property has changed since {name} checked this certificate. Send it back, look"
            " at the answers, and have it checked again."
        )


class IssueInProgress(Conflict):
    """The certificate is being made; its number is given."""

    title = "This certificate is being issued"

    def __init__(self, number: str) -> None:
        """Say what happens."""
        super().__init__(f"Certificate {number} is being issued. It appears here within a minute.")

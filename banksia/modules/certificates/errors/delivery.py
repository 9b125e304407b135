"""What can go wrong on the way of a certificate to its customer."""

from banksia.kit.errors import Conflict, Invalid


class NoAddress(Invalid):
    """The order has no e-mail address, and none was given."""

    title = "There is no address to send to"

    def __init__(self) -> None:
        """Say what to do."""
        message = "This order has no email address. Enter one, or print the certificates and hand them over."
        super().__init__(message, errors=[{"field": "email", "message": message}])


class NoMailCameBack(Conflict):
    """Nothing is open about the mail of this order."""

    title = "No mail has come back"

    def __init__(self) -> None:
        """Say why."""
        super().__init__("No mail about this order waits for an answer. Somebody sent it again, or told the customer.")


class NothingToHandOver(Conflict):
    """One of the certificates is not there to be collected."""

    title = "This cannot be handed over"

    def __init__(self, title: str) -> None:
        """Name it."""
        super().__init__(
            f"{title} does not wait at the counter: it is not issued, is not collected on paper, or is handed over."
        )

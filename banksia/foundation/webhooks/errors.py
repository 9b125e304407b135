"""What can go wrong with webhooks, in sentences for a person."""

from banksia.kit.errors import Conflict, Invalid, NotFound


class EndpointNotFound(NotFound):
    """No such webhook of this person."""

    title = "Webhook not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("You have no such webhook. Open it from the list of your webhooks.")


class DeliveryNotFound(NotFound):
    """No such delivery of this webhook."""

    title = "Delivery not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("This webhook has no such delivery, or it is more than 30 days old.")


class UrlRefused(Invalid):
    """The address is none that we may call."""

    def __init__(self, message: str) -> None:
        """Name the field and the reason."""
        super().__init__(message, errors=[{"field": "url", "message": message}])


class TypeUnknown(Invalid):
    """Nothing of this name is ever told."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(errors=[{"field": "types", "message": f"There is no event “{name}” at this council."}])


class TooManyEndpoints(Conflict):
    """One account may have so many."""

    title = "You have too many webhooks"

    def __init__(self, at_most: int) -> None:
        """Say what to do first."""
        super().__init__(f"You have {at_most} webhooks, as many as an account may have. Remove one first.")


class EndpointNotActive(Conflict):
    """Nothing is sent to a webhook that is paused or was switched off."""

    title = "The webhook is paused"

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__("Nothing is sent to this webhook while it is paused or switched off. Start it again first.")


class SecretKeyMissing(Conflict):
    """Without a key of its own the installation cannot keep secrets."""

    title = "Secrets cannot be kept safely here"

    def __init__(self) -> None:
        """Say who can help."""
        super().__init__(
            "This installation has no secret key, so the secret of a webhook cannot be sealed. Nothing was saved. "
            "Its operator has to set BANKSIA_SECRET_KEY."
        )

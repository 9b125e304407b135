"""What can go wrong when a remote module calls back, in sentences for whoever runs it."""

from collections.abc import Iterable

from banksia.kit.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound, Unauthenticated


class ClientRefused(Unauthenticated):
    """The credential is wrong, or the council does not use the module at the moment; which of them is not told."""

    title = "The client credential is not valid"
    keeps_transaction = True

    def __init__(self) -> None:
        """Say where a new one comes from; the code is that of RFC 6749."""
        super().__init__(
            "The client id or its secret is wrong, or the module is not enabled at this council. An administrator can "
            "enable it, or make a new secret.",
            error="invalid_client",
        )
        self.headers = {"WWW-Authenticate": 'Basic realm="modules"'}


class GrantRefused(BadRequest):
    """What is asked for cannot be exchanged for a token."""

    title = "No token can be given for this"

    def __init__(self, detail: str, *, error: str = "invalid_grant") -> None:
        """Say what is wrong; the code is that of RFC 6749."""
        super().__init__(detail, error=error)


class ModuleTokenInvalid(Unauthenticated):
    """The token of a module is unknown here or has run out, or the module is not in use any more."""

    title = "The module's token is not valid"
    keeps_transaction = True

    def __init__(self) -> None:
        """Say what to do; which of the reasons it is, is not told."""
        super().__init__(
            "The token is unknown at this council or has run out, or the module is not enabled. Exchange the client "
            "credential for a new one."
        )
        self.headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


class KeyMissing(BadRequest):
    """Without a key a repeat could not be told from a second wish."""

    title = "The Idempotency-Key is missing"

    def __init__(self) -> None:
        """Say what to send."""
        super().__init__(
            "Send the header Idempotency-Key with 1 to 200 plain characters: the same for a repeat, another for "
            "everything else."
        )


class KeyUsed(Conflict):
    """The key stood for something else before."""

    title = "The Idempotency-Key was used for something else"

    def __init__(self, key: str) -> None:
        """Name it."""
        super().__init__(f"The key “{key}” was sent before with another body. Send a key of its own for this one.")


class KindNotDeclared(Forbidden):
    """The approved manifest does not ask to be paid for this."""

    title = "The module is not paid for this"

    def __init__(self, kind: str) -> None:
        """Name it, and how it comes to be."""
        super().__init__(
            f"The approved manifest lists no payment of the kind “{kind}”. Add it under payments and have the council "
            "approve the change.",
            kind=kind,
        )


class RefundsNotDeclared(Forbidden):
    """The approved manifest does not ask to give money back."""

    title = "The module gives nothing back"

    def __init__(self, kind: str) -> None:
        """Name the kind; staff can refund all the same."""
        super().__init__(
            f"The approved manifest does not ask to refund “{kind}”. Set refunds to true under payments and have the "
            "council approve the change. Until then the council's finance officers can refund it.",
            kind=kind,
        )


class PaymentNotRaised(NotFound):
    """The module has raised no such payment."""

    title = "Payment not found"

    def __init__(self) -> None:
        """Say where ids come from."""
        super().__init__(
            "The module has raised no payment of this id at this council. The answer to raising one has it."
        )


class SubjectRaised(Conflict):
    """One thing is paid for once."""

    title = "This was raised before"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "A payment of this id was raised before. Read it, or raise another one under an id of its own."
        )


class ReturnPathRefused(Invalid):
    """A module leads people to its own pages alone."""

    def __init__(self, field: str, module: str) -> None:
        """Name the field and where the module's pages are."""
        super().__init__(errors=[{"field": field, "message": f"This must be a path that begins with /{module}/."}])


class RecipientUnknown(NotFound):
    """Nobody of this id can be written to."""

    title = "There is nobody to write to"

    def __init__(self) -> None:
        """Say what else to do."""
        super().__init__("The council has no active account of this id. Name an email address instead.")


class LinkInNotice(Invalid):
    """The council sends the notice, so it must not lead people to somebody else's page."""

    def __init__(self, field: str) -> None:
        """Name the field, and what to do instead."""
        message = "Leave web addresses out. Name a page of the module's in `link`."
        super().__init__(errors=[{"field": field, "message": message}])


class KeptObjectNotFound(NotFound):
    """The module keeps no such file here."""

    title = "File not found"

    def __init__(self) -> None:
        """Say where ids come from."""
        super().__init__("The module keeps no file of this id at this council. The answer to storing one has it.")


class ForeignName(Forbidden):
    """A module writes into the log what it did itself, and under its own name."""

    title = "This name is not the module's"

    def __init__(self, module: str) -> None:
        """Say what it must begin with."""
        super().__init__(f"The action must begin with “{module}.”, the module's own name.")


class TooMuchSaid(Invalid):
    """More than is kept."""

    def __init__(self, field: str, at_most: int) -> None:
        """Name the field and how much it may be."""
        super().__init__(errors=[{"field": field, "message": f"Write at most {at_most} bytes of JSON here."}])


class ReminderNotFound(NotFound):
    """The module waits for no such reminder."""

    title = "Reminder not found"

    def __init__(self) -> None:
        """Say where ids come from."""
        super().__init__("The module has no reminder of this id. The answer to asking for one has it.")


class ReminderTooFar(Invalid):
    """Later than anybody plans."""

    def __init__(self, days: int) -> None:
        """Say how far ahead it may be."""
        super().__init__(errors=[{"field": "due_at", "message": f"Choose a moment within the next {days} days."}])


class TooManyReminders(Conflict):
    """A module may wait for so many."""

    title = "Too many reminders"

    def __init__(self, at_most: int) -> None:
        """Say what to do."""
        super().__init__(f"{at_most} reminders wait already, as many as a module may have. Cancel some first.")


class EventNotDeclared(Forbidden):
    """The approved manifest does not name this event."""

    title = "The module does not tell this"

    def __init__(self, event: str) -> None:
        """Name it, and how it comes to be."""
        super().__init__(
            f"The approved manifest lists no event “{event}” under events.emits. Add it and have the council approve "
            "the change.",
            event=event,
        )


class EventBroken(Invalid):
    """The event does not fit its schema."""

    def __init__(self, problems: Iterable[dict[str, str]]) -> None:
        """Name the fields below `data`."""
        errors = [{"field": f"data.{each['field']}".rstrip("."), "message": each["message"]} for each in problems]
        super().__init__("The event does not fit the schema in the approved manifest.", errors=errors)


class DeliveryNotFound(NotFound):
    """No such message to a module."""

    title = "Delivery not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such delivery, or it is too old to be kept. Open it from the list of deliveries.")


class DeliveryUnderWay(Conflict):
    """It is sent at once anyway."""

    title = "The delivery is under way"

    def __init__(self) -> None:
        """Say what happens."""
        super().__init__("This delivery is about to be sent. There is nothing to send again.")


class ModuleNotInUse(Conflict):
    """Nothing is sent to a module that is switched off."""

    title = "The module is not enabled"

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__("Nothing is sent to this module while it is not enabled. Enable it first.")

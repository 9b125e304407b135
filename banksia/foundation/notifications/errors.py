"""What can go wrong with mail, in sentences for a person."""

from banksia.kit.errors import Conflict, NotFound


class MessageNotFound(NotFound):
    """No such message at this council."""

    title = "Message not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such message at this council. Open it from the list of sent e-mail.")


class MessageOnItsWay(Conflict):
    """It is about to be sent, so sending it again would make two."""

    title = "The message is still on its way"

    def __init__(self) -> None:
        """Say when to try again."""
        super().__init__("This message has not been sent yet, so it cannot be sent again. It goes out by itself.")


class MessageConfidential(Conflict):
    """Its words were for its reader alone and are not kept."""

    title = "This message cannot be sent again"

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("This message held a link for its reader alone, which is not kept. Send a new link instead.")


class NoAddressToTest(Conflict):
    """The person who asks has no address."""

    title = "There is no address to send to"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Your account has no e-mail address. Add one, then send the test message again.")

"""What can go wrong with mail, in sentences for a person."""

from banksia.kit.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound, TooLarge


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


class BouncesOff(NotFound):
    """Nobody has set a secret for whoever reports mail that came back."""

    title = "Bounces are not taken"

    def __init__(self) -> None:
        """Say what to set."""
        super().__init__("This installation takes no reports of returned mail. Set BANKSIA_BOUNCE_SECRETS.")


class BounceSecretWrong(Forbidden):
    """Whoever reports does not know the secret."""

    title = "The secret does not fit"

    def __init__(self) -> None:
        """Say where it goes."""
        super().__init__("Send the secret in the header X-Bounce-Secret.")


class BounceTooLarge(TooLarge):
    """More than any report of returned mail is."""

    title = "Too large for a report of returned mail"


class BounceUnreadable(BadRequest):
    """It is no report that we can read."""

    title = "No report of returned mail"

    def __init__(self) -> None:
        """Say what is read."""
        super().__init__("Send the returned mail as it came: a delivery status notification as in RFC 3464.")


class MailKindNotFound(NotFound):
    """No such mail that can be worded."""

    title = "No such e-mail"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such e-mail. Choose one from the list of e-mails that can be worded.")


class WordingInvalid(Invalid):
    """The words cannot be sent; the errors name the field, and the sentences the line."""

    title = "Check the wording"


class WordingStale(Conflict):
    """Somebody else changed the words meanwhile."""

    title = "Somebody else changed this e-mail"

    def __init__(self, version: int) -> None:
        """Give the version to compare with."""
        super().__init__(
            "This e-mail was changed after you opened it. Copy your words, reload it, then make your change.",
            version=version,
        )

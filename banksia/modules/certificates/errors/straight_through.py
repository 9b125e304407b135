"""What can go wrong with the rules for issuing without an officer, and with batches."""

from banksia.kit.errors import Conflict, Forbidden, Invalid, NotFound


class RulesStale(Conflict):
    """Someone else changed the rules meanwhile."""

    title = "Somebody else changed these rules"

    def __init__(self, version: int) -> None:
        """Give the version to compare with."""
        super().__init__(
            "The rules were changed after you opened them. Reload, then make your change.", version=version
        )


class RulesInvalid(Invalid):
    """The rules name something that is not there; the errors name the fields."""

    title = "Check the rules"


class BatchNotFound(NotFound):
    """No such batch at this council."""

    title = "These certificates were not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("Nothing is issued together under this address. Look at the queue.")


class BatchNeedsPerson(Forbidden):
    """Certificates that are issued together carry the name of who issued them."""

    title = "Sign in to issue certificates together"

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("A person issues certificates together. Sign in as an officer, or issue them one by one.")

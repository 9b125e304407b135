"""What can go wrong with work that runs later."""

from banksia.kit.errors import NotFound


class DeadLetterNotFound(NotFound):
    """No failed work of that id at this council."""

    def __init__(self) -> None:
        """Say why it may be gone."""
        super().__init__("This failed work is not on the list. Another person may have started it again.")


class UnknownWork(LookupError):  # noqa: N818  (named as a fact, like every error here)
    """A task or event that no installed module registers."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"No installed module registers “{name}”.")

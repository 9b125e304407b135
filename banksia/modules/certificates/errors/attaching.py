"""What can go wrong with a PDF that is attached to a certificate."""

from banksia.kit.errors import Invalid, NotFound


class AttachedUnreadable(Invalid):
    """The file cannot be drawn as a part of a certificate."""

    title = "This file cannot be attached"

    def __init__(self, message: str) -> None:
        """Say why, and that nothing was changed."""
        super().__init__(f"{message} Nothing was attached.")


class NothingAttached(NotFound):
    """The certificate has no attached PDF."""

    title = "Nothing is attached"

    def __init__(self) -> None:
        """Say what may have happened."""
        super().__init__("No PDF is attached to this certificate, or somebody has removed it. Reload the page.")

"""What can go wrong with bulk loads and bags."""

from banksia.kit.errors import Conflict, Invalid, NotFound


class BatchNotFound(NotFound):
    """No such load."""

    title = "Load not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such load at this council.")


class BatchNotReady(Conflict):
    """It is in another state than this needs."""

    title = "This load is in another state"

    def __init__(self, state: str) -> None:
        """Say which."""
        super().__init__(f"This load is {state}. Load the page again to see what can be done now.")


class PlaceNotAllowed(Invalid):
    """A folder outside of what the operator allows."""

    def __init__(self, message: str) -> None:
        """Say what is allowed."""
        super().__init__(message, errors=[{"field": "place", "message": message}])


class ManifestUnreadable(Invalid):
    """The manifest cannot be read."""

    def __init__(self, message: str) -> None:
        """Say what is wrong."""
        super().__init__(message, errors=[{"field": "manifest", "message": message}])


class BagInvalid(Invalid):
    """The bag is not whole, or not one of ours."""

    def __init__(self, message: str) -> None:
        """Say what is wrong."""
        super().__init__(message, errors=[{"field": "bag", "message": message}])


class FileTooLarge(Conflict):
    """More documents than go into one bag."""

    title = "The file is too large for one bag"

    def __init__(self, most: int) -> None:
        """Say what to do."""
        super().__init__(f"A bag takes {most:,} documents. Ask the operator to export this file in parts.")

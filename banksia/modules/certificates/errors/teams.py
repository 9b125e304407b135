"""What can go wrong with teams."""

from banksia.kit.errors import Invalid, NotFound


class TeamNotFound(NotFound):
    """No such team of this council."""

    title = "Team not found"

    def __init__(self) -> None:
        """Say what may have happened."""
        super().__init__("There is no such team. It may have been removed; reload the page.")


class TeamRefused(Invalid):
    """A team that cannot be, told at its field."""

    title = "This team cannot be saved"

    def __init__(self, field: str, message: str) -> None:
        """Say why."""
        super().__init__(message, errors=[{"field": field, "message": message}])

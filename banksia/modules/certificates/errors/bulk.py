"""What can be wrong with a table of orders as a whole; what is wrong with a row is its verdict."""

from banksia.kit.errors import Invalid


class BulkFileInvalid(Invalid):
    """The file is no table of orders."""

    title = "The file cannot be read"

    def __init__(self, reason: str) -> None:
        """Say what is wrong and what to do."""
        super().__init__(reason, errors=[{"field": "content", "message": reason}])

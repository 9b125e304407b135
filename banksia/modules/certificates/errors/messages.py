"""What can go wrong when customer and council write to each other."""

from banksia.kit.errors import Conflict, NotFound


class MessageNotFound(NotFound):
    """The order has no such message."""

    title = "Message not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("This order has no such message. Reload the order to see what was written.")


class MessageFileNotFound(NotFound):
    """No message of the order has such a file."""

    title = "File not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("No message of this order has such a file. Reload the order to see its files.")


class MessagesFull(Conflict):
    """So much was written about one order that something else is wrong."""

    title = "No more can be written here"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("So much was written about this order that it takes no more. Call the council.")


class MessageTakesNoFiles(Conflict):
    """Files are added by who wrote the message, soon after, and only so many."""

    title = "This file cannot be added"

    def __init__(self, most: int) -> None:
        """Say what to do."""
        super().__init__(
            f"Files are added by who wrote the message, within an hour, up to {most}. Write another message for more."
        )

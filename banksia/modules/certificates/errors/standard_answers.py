"""What can go wrong when an answer for all land is changed."""

from banksia.kit.errors import Conflict, Invalid, NotFound


class StandardAnswerNotFound(NotFound):
    """No certificate on sale asks this question, and the council has no answer to it."""

    title = "Question not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("No certificate asks this question any more. Reload the page to see those that are asked.")


class StandardAnswerInvalid(Invalid):
    """The answer does not fit its question."""

    title = "Check the answer"

    def __init__(self, message: str) -> None:
        """Say what would fit."""
        super().__init__(message, errors=[{"field": "answer", "message": message}])


class StandardAnswerStale(Conflict):
    """Someone else changed the answer meanwhile."""

    title = "Somebody else changed this answer"

    def __init__(self, name: str | None, answer: str | None) -> None:
        """Tell who, and what it is now."""
        super().__init__(
            f"{name or 'Somebody'} changed this answer after you opened it. Reload the page, then make your change.",
            answer=answer,
        )

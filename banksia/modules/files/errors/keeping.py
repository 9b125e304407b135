"""What can go wrong with retention, holds, removals and disposals."""

from banksia.kit.errors import Conflict, Forbidden, Invalid, NotFound


class RetentionClassNotFound(NotFound):
    """No such class at this council."""

    title = "Retention class not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such retention class. Choose one from the list.")


class RetentionCodeTaken(Conflict):
    """A class has this code."""

    title = "There is a class with this code"

    def __init__(self, code: str) -> None:
        """Name it."""
        super().__init__(f"There is a retention class {code} already. Change that one, or give this another code.")


class RetentionPeriodMissing(Invalid):
    """Years and trigger do not fit."""

    def __init__(self) -> None:
        """Say what belongs together."""
        message = "Give the years to keep; leave them out only when the documents are kept for ever."
        super().__init__(message, errors=[{"field": "keep_years", "message": message}])


class HoldNotFound(NotFound):
    """No such hold."""

    title = "Hold not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such hold at this council.")


class HoldLifted(Conflict):
    """It is lifted already."""

    title = "This hold is lifted"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("This hold was lifted already. Load the page again to see by whom.")


class HeldInPlace(Conflict):
    """A hold keeps the document only where it is."""

    title = "A hold keeps this document where it is"

    def __init__(self, title: str, reason: str) -> None:
        """Name the hold, and what can be done."""
        super().__init__(
            f"A hold is on: {reason.rstrip('.')}. “{title}” would not be held any more elsewhere, so it stays. "
            "Ask an administrator to hold the document itself, or to lift the hold."
        )


class KeptForEver(Forbidden):
    """Its folder keeps it for ever, and the other one does not."""

    title = "This document is kept for ever"

    def __init__(self, title: str, kept_by: str) -> None:
        """Name the class, and who may move it."""
        super().__init__(
            f"“{title}” is kept for ever ({kept_by}), and would not be in that folder. "
            "Ask somebody to move it who decides how long documents are kept, or choose another folder."
        )


class RemovalNotFound(NotFound):
    """No such request."""

    title = "Removal not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such request to remove a document.")


class RemovalAsked(Conflict):
    """Somebody asked already."""

    title = "Its removal is asked for"

    def __init__(self, title: str) -> None:
        """Name the document."""
        super().__init__(f"Somebody has asked to remove “{title}” already. An administrator decides.")


class RemovalDecided(Conflict):
    """It was decided meanwhile."""

    title = "This was decided already"

    def __init__(self, by: str | None) -> None:
        """Name who decided."""
        super().__init__(f"{by} decided this already." if by else "This request was taken back.")


class SecondPersonNeeded(Forbidden):
    """Who asked or proposed does not approve."""

    title = "Another person has to approve this"

    def __init__(self) -> None:
        """Say who may."""
        super().__init__("You asked for this yourself. Another administrator has to decide.")


class NotIsolated(Conflict):
    """It cannot be restored."""

    title = "This document cannot be restored"

    def __init__(self, title: str) -> None:
        """Name the document."""
        super().__init__(f"“{title}” is not in isolation any more.")


class DisposalNotFound(NotFound):
    """No such list, or it has no certificate yet."""

    title = "Disposal list not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such disposal list, or its certificate is not made yet.")


class DisposalDecided(Conflict):
    """It is past the point."""

    title = "This list was decided already"

    def __init__(self, state: str) -> None:
        """Say what became of it."""
        super().__init__(f"This list is {state} already. Load the page again.")


class NothingDue(Conflict):
    """No document's period is over."""

    title = "Nothing is due"

    def __init__(self) -> None:
        """Say what that means."""
        super().__init__("No document's period is over by that day, or what is due is held or stands on another list.")

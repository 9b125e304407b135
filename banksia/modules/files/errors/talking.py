"""What can go wrong with reminders, sendings and links."""

from banksia.kit.errors import Conflict, Forbidden, Gone, Invalid, NotFound


class ReminderNotFound(NotFound):
    """No such reminder that waits."""

    title = "Reminder not found"

    def __init__(self) -> None:
        """Say what may have happened."""
        super().__init__("There is no such reminder, or it was sent already.")


class ReminderDayPast(Invalid):
    """The day is over."""

    def __init__(self) -> None:
        """Say what to choose."""
        message = "Choose today or a day to come."
        super().__init__(message, errors=[{"field": "remind_on", "message": message}])


class PersonCannotRead(Invalid):
    """The person may not open property files."""

    def __init__(self) -> None:
        """Say whom to choose."""
        message = "Choose somebody who may open property files."
        super().__init__(message, errors=[{"field": "person_id", "message": message}])


class FolderClosedToPerson(Invalid):
    """The reminder is about a restricted folder that the person may not open."""

    def __init__(self, name: str) -> None:
        """Say whom to choose."""
        message = f"{name} may not open this restricted folder. Choose somebody who may."
        super().__init__(message, errors=[{"field": "person_id", "message": message}])


class ReminderOfAnother(Forbidden):
    """Somebody else set it, for somebody else."""

    title = "This reminder is not yours"

    def __init__(self) -> None:
        """Say who may."""
        super().__init__("Only who set a reminder, the person it is for, or an administrator can take it back.")


class VersionChanged(Conflict):
    """Another version than was on screen."""

    title = "The document has changed"

    def __init__(self, title: str) -> None:
        """Name the document."""
        super().__init__(f"“{title}” is not the version that you saw, so nothing was sent. Look at it again.")


class LinkUnknown(NotFound):
    """No such link."""

    title = "This link opens nothing"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Open the link from the council's email, whole, or ask the council to send it again.")


class LinkEnded(Gone):
    """Its days are over."""

    title = "This link has ended"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The documents can no longer be opened by this link. Ask the council to send them again.")

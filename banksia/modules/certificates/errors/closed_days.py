"""What can go wrong when the council's closed days are edited."""

from datetime import date

from banksia.kit.errors import Conflict, Invalid, NotFound
from banksia.kit.words import day_in_words


class ClosedDaysInvalid(Invalid):
    """The range has no days, or far too many; the errors name the field."""

    title = "Check the closed days"

    def __init__(self, field: str, message: str) -> None:
        """Name the field and what is wrong with it."""
        super().__init__(message, errors=[{"field": field, "message": message}])


class ClosedDaysTaken(Conflict):
    """Two entries begin on one day."""

    title = "An entry begins on this day"

    def __init__(self, from_on: date) -> None:
        """Name the day."""
        super().__init__(f"Closed days from {day_in_words(from_on)} are in the list. Change that entry instead.")


class ClosedDaysNotFound(NotFound):
    """No entry begins on this day."""

    title = "Closed days not found"

    def __init__(self, from_on: date) -> None:
        """Say where to look."""
        super().__init__(f"No closed days begin on {day_in_words(from_on)}. Reload the calendar to see what there is.")


class TooManyClosedDays(Conflict):
    """The list has its end."""

    title = "There are too many entries"

    def __init__(self, most: int) -> None:
        """Say what to do."""
        super().__init__(f"The calendar has {most} entries. Remove those of past years, then add this one.")

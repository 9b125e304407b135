"""What can go wrong with saved filters."""

from banksia.kit.errors import Conflict, Forbidden, NotFound


class FilterNotFound(NotFound):
    """No such filter, or somebody else's own."""

    title = "Filter not found"

    def __init__(self) -> None:
        """Say what may have happened."""
        super().__init__("There is no such saved filter. It may have been deleted; reload the list.")


class FilterNameTaken(Conflict):
    """One person has one filter of a name in one list."""

    title = "You have a filter of this name"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"You have a filter called “{name}” here. Choose another name, or delete that one first.")


class TooManyFilters(Conflict):
    """A list of filters that nobody can read helps nobody."""

    title = "You have too many filters"

    def __init__(self, most: int) -> None:
        """Say how many are kept."""
        super().__init__(f"You have {most} saved filters here. Delete one that you no longer use, then save this one.")


class FilterNotYours(Forbidden):
    """A shared filter is changed by its owner, or by who may share."""

    title = "This filter is somebody else's"

    def __init__(self, owner_name: str) -> None:
        """Name the owner."""
        super().__init__(f"{owner_name} shared this filter. Ask them to change it, or save one of your own.")


class PersonNeeded(Forbidden):
    """Filters belong to people."""

    title = "Filters belong to people"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Filters are kept for a person. Sign in with an account of the council.")

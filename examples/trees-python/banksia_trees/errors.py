"""What can go wrong with trees, in sentences for a person."""

from decimal import Decimal

from banksia.kit.errors import Conflict, Invalid, NotFound


class TreeNotFound(NotFound):
    """No such tree in the council's register."""

    title = "Tree not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such tree in this council's register. Open it from its property.")


class TreeNotSignificant(Invalid):
    """The tree is lower than the council's rule asks, and not protected."""

    title = "The tree is not significant"

    def __init__(self, least_m: Decimal) -> None:
        """Name the rule."""
        message = f"Only trees of {least_m:f} m and more, or protected ones, belong in the register."
        super().__init__(message, errors=[{"field": "height_m", "message": message}])


class TreeEnded(Conflict):
    """The tree no longer stands."""

    title = "This tree no longer stands"

    def __init__(self, species: str) -> None:
        """Name the tree."""
        super().__init__(f"This {species} was ended in the register. Register a new tree instead.")

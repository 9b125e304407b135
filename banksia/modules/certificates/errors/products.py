"""What can go wrong when the catalogue is edited."""

from datetime import date

from banksia.kit.errors import Conflict, Invalid, NotFound
from banksia.kit.words import day_in_words


class ProductNotFound(NotFound):
    """No such product in the council's catalogue."""

    title = "Product not found"

    def __init__(self, code: str) -> None:
        """Name the code."""
        super().__init__(f"There is no product with the code {code}.")


class ProductCodeTaken(Conflict):
    """Two products cannot share a code."""

    title = "This code is in use"

    def __init__(self, code: str) -> None:
        """Name the code."""
        super().__init__(f"A product with the code {code} exists. Choose another code, or edit that product.")


class ProductInvalid(Invalid):
    """A product's parts contradict each other; the errors name the fields."""

    title = "Check the product"


class ProductStale(Conflict):
    """Someone else changed the product meanwhile."""

    title = "Somebody else changed this product"

    def __init__(self, version: int) -> None:
        """Give the version to compare with."""
        super().__init__(
            "This product was changed after you opened it. Reload it, then make your change.", version=version
        )


class FeeInvalid(Invalid):
    """A fee version cannot start on this day; the errors name the field."""

    title = "Check the fee"


class FeeInForce(Conflict):
    """A fee that applied or applies is kept for ever."""

    title = "This fee is in force"

    def __init__(self, valid_from_on: date) -> None:
        """Say what to do instead."""
        super().__init__(
            f"The fee from {day_in_words(valid_from_on)} is in force and is kept. Add a new fee from a later day "
            f"instead."
        )


class FeeNotFound(NotFound):
    """The product has no such fee."""

    title = "Fee not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("This product has no such fee. Reload the product to see its fees.")

"""What can be wrong, as sentences that say what to do."""

from banksia.kit.errors import Invalid, NotFound, TooManyRequests


class PropertyNotFound(NotFound):
    """No property of this council has that id."""

    title = "No such property"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__(
            "There is no property with this id at this council. Search for it by address or by lot and plan."
        )


class ParcelNotFound(NotFound):
    """The property has no such parcel."""

    title = "No such parcel"

    def __init__(self, parcel: str) -> None:
        """Name what was asked for."""
        super().__init__(f"The property has no parcel “{parcel}”. Choose one of the parcels that it lists.")


class TooManySearches(TooManyRequests):
    """One client searches faster than a person types."""

    title = "Too many searches"

    def __init__(self) -> None:
        """Say when to try again."""
        super().__init__("Too many searches in a short time. Wait a few seconds and search again.")
        self.headers["Retry-After"] = "5"


class ImportRefused(Invalid):
    """The file cannot be imported as it is; nothing was changed."""

    title = "The file cannot be imported"

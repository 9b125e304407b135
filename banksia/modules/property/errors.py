"""What can be wrong, as sentences that say what to do."""

from datetime import date

from banksia.kit.errors import Conflict, Invalid, NotFound, TooManyRequests
from banksia.kit.words import day_in_words


class PropertyNotFound(NotFound):
    """No property of this council has that id."""

    title = "No such property"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__(
            "There is no property with this id at this council. Search for it by address or by lot and plan."
        )


class PropertyNotYet(NotFound):
    """The council did not know the property on that day."""

    title = "Not known on that day"

    def __init__(self, since: date) -> None:
        """Say from which of the council's days on it is known."""
        super().__init__(f"The council's records of this property begin on {day_in_words(since)}. Choose a later day.")


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


class LandBusy(Conflict):
    """An import is being applied, which may change the same records."""

    title = "An import is being applied"

    def __init__(self) -> None:
        """Say when to try again."""
        super().__init__("An import is being applied just now. Nothing was changed; try again in a few minutes.")


class AsAtInvalid(Invalid):
    """The day has not come yet."""

    title = "The day lies in the future"

    def __init__(self) -> None:
        """Say what to choose."""
        super().__init__("What will be is not known. Choose today or an earlier day.")


class AttributeNotFound(NotFound):
    """The catalogue has no such attribute."""

    title = "No such attribute"

    def __init__(self, code: str) -> None:
        """Name what was asked for."""
        super().__init__(
            f"There is no attribute “{code}” in the council's catalogue. Choose one of those that it lists."
        )


class AttributeInvalid(Invalid):
    """A value or a definition that cannot be kept; `errors` names the field."""

    title = "Check the attribute"

    @classmethod
    def at(cls, field: str, message: str) -> "AttributeInvalid":
        """Say what is wrong with one field."""
        return cls(message, errors=[{"field": field, "message": message}])


class AttributeRetired(Conflict):
    """The attribute is no longer recorded."""

    title = "The attribute is retired"

    def __init__(self, title: str) -> None:
        """Say what to do."""
        super().__init__(f"“{title}” is retired and takes no new values. An administrator can bring it back.")


class AttributeCodeTaken(Conflict):
    """The catalogue has an attribute of that code."""

    title = "The code is taken"

    def __init__(self, code: str) -> None:
        """Name it."""
        super().__init__(f"There is an attribute with the code “{code}” already. Choose another, or change that one.")


class AttributeKindFixed(Conflict):
    """Values are recorded, and would lose their meaning."""

    title = "The kind can no longer change"

    def __init__(self, title: str) -> None:
        """Say what to do instead."""
        super().__init__(f"“{title}” has values already, so its kind and subject stay. Retire it and add another one.")


class LineageNotFound(NotFound):
    """No such event, or it was undone."""

    title = "No such lineage event"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__("There is no such lineage event at this council, or it was undone. Reload the page.")


class LineageInvalid(Invalid):
    """The event cannot have happened so; `errors` names the parcels."""

    title = "Check the event"


class LineageDependedOn(Conflict):
    """Something later depends on the event."""

    title = "Something depends on this event"


class CorrectionNotFound(NotFound):
    """No such correction."""

    title = "No such correction"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__("There is no such correction at this council. Open the list of corrections and choose one.")


class CorrectionInvalid(Invalid):
    """The value cannot be right; `errors` names the field."""

    title = "Check the correction"

    def __init__(self, message: str, field: str = "value") -> None:
        """Say what is wrong."""
        super().__init__(message, errors=[{"field": field, "message": message}])


class CorrectionOpen(Conflict):
    """Another correction of the same is waiting."""

    title = "A correction is waiting already"

    def __init__(self, name: str) -> None:
        """Name who proposed it."""
        super().__init__(
            f"{name} has proposed a correction of this already. Wait for its decision, or withdraw it first."
        )


class CorrectionDecided(Conflict):
    """It is no longer open."""

    title = "This correction is decided"

    def __init__(self, state: str) -> None:
        """Say how it stands."""
        super().__init__(f"This correction is {state} already. Reload the page.")


class CorrectionOwn(Conflict):
    """Nobody approves what they proposed."""

    title = "Somebody else must decide"

    def __init__(self) -> None:
        """Say who may."""
        super().__init__(
            "You proposed this correction, so somebody else must approve or reject it. You can withdraw it."
        )


class CorrectionNotYours(Conflict):
    """Only who proposed it takes it back."""

    title = "Only its proposer can withdraw it"

    def __init__(self, name: str) -> None:
        """Name them."""
        super().__init__(f"Only {name} can withdraw this correction. You can reject it, if you may decide.")


class CorrectionStale(Conflict):
    """The record has changed since the correction was proposed."""

    title = "The record has changed meanwhile"

    def __init__(self, before: str | None, now: str | None) -> None:
        """Say what it was and is."""
        super().__init__(
            f"The record said “{before or 'nothing'}” when this was proposed, and says “{now or 'nothing'}” now."
            " Reject the correction, and propose it again if it is still needed."
        )


class AddressTaken(Conflict):
    """Another record has that address."""

    title = "There is such an address already"

    def __init__(self, text: str) -> None:
        """Name it."""
        super().__init__(f"The council has the address “{text}” already. Search for it, and correct that one instead.")


class SourceNotFound(NotFound):
    """No such source."""

    title = "No such source"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__("There is no such source at this council. Open the list of sources and choose one.")


class SourceInvalid(Invalid):
    """A source that cannot be kept so; `errors` names the field."""

    title = "Check the source"

    def __init__(self, field: str, message: str) -> None:
        """Say what is wrong."""
        super().__init__(message, errors=[{"field": field, "message": message}])


class ImportNotFound(NotFound):
    """No such import."""

    title = "No such import"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__("There is no such import at this council. Open the list of imports and choose one.")


class ImportNotNow(Conflict):
    """The state of the import, or of its source, does not allow it."""

    title = "The import cannot do that now"


class ImportSuspicious(Conflict):
    """The check found something suspicious that nobody has confirmed."""

    title = "Look at what is suspicious first"


class ImportDependedOn(Conflict):
    """Something later depends on the import; `depends` lists it as sentences."""

    title = "Something later depends on this import"


class ConflictNotFound(NotFound):
    """No such conflict or row of a work list."""

    title = "No longer in this list"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__("This is not in the list, or somebody has dealt with it already. Reload the list.")

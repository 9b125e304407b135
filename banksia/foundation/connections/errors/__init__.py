"""What can go wrong with connecting a module, in sentences for a person."""

from banksia.kit.errors import Conflict, Invalid, NotFound


class ConnectionNotFound(NotFound):
    """No such module is connected here."""

    title = "No such connected module"

    def __init__(self, name: str) -> None:
        """Name it, and say where to look."""
        super().__init__(f"No module called “{name[:100]}” is connected. Open it from the list of connected modules.")


class AddressNotAllowed(Invalid):
    """The address is none that we may call."""

    def __init__(self, message: str) -> None:
        """Name the field and the reason."""
        super().__init__(message, errors=[{"field": "base_url", "message": message}])


class ManifestNotReached(Invalid):
    """Nothing that we can read is at the address."""

    title = "The module cannot be reached"

    def __init__(self, url: str, reason: str) -> None:
        """Say where we looked and what came of it."""
        ends = "The module's address ends with its name, as in https://modules.example/bookings."
        message = f"No manifest was found at {url}. {reason} {ends}"
        super().__init__(message, errors=[{"field": "base_url", "message": message}])
        self.reason = reason


class ManifestRefused(Invalid):
    """The manifest breaks a rule; `errors` names each."""

    title = "The module's manifest cannot be used"

    def __init__(self, problems: list[str]) -> None:
        """Take one sentence for each problem."""
        super().__init__(
            "The module's developer has to mend its manifest first.",
            errors=[{"field": "base_url", "message": problem} for problem in problems],
        )


class NameTaken(Conflict):
    """Another module has this name."""

    title = "There is a module of this name"

    def __init__(self, name: str, *, installed: bool) -> None:
        """Name it, and say what to do."""
        does = "is part of this installation. The module has to be given another name."
        here = "is connected already. Open it from the list, or remove it there first."
        super().__init__(f"“{name}” {does if installed else here}")


class ManifestChanged(Conflict):
    """The manifest is not the one that was looked at."""

    title = "The module asks for something else now"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("What the module asks for is not what you looked at. Look at it again, then approve it.")


class NotApproved(Conflict):
    """Nobody has approved what the module asks for."""

    title = "The module is not approved"

    def __init__(self) -> None:
        """Say what comes first."""
        super().__init__("Look at what the module asks for and approve it first.")


class RequirementsMissing(Conflict):
    """A module that this one needs is not in use here."""

    title = "Another module must be on first"


class StillRequired(Conflict):
    """Another module in use needs this one."""

    title = "This module is needed"

    def __init__(self, title: str, needed_by: list[str]) -> None:
        """Name those that need it."""
        needs = "needs" if len(needed_by) == 1 else "need"
        super().__init__(f"{', '.join(needed_by)} {needs} {title}. Switch that off first.")


class ConnectionSettingsInvalid(Invalid):
    """The settings do not fit what the module says of them."""


class ConnectionSecretsNotKept(Conflict):
    """Without a key of its own the installation cannot keep secrets."""

    title = "Secrets cannot be kept safely here"

    def __init__(self) -> None:
        """Say who can help."""
        super().__init__(
            "This installation has no secret key, so the module's secret cannot be sealed. Nothing was saved. "
            "Its operator has to set BANKSIA_SECRET_KEY."
        )

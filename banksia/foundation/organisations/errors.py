"""What can go wrong with councils and their modules."""

from banksia.kit.errors import Conflict, Invalid, NotFound


class CouncilNotFound(NotFound):
    """No council answers to this host name."""

    title = "No council at this address"

    def __init__(self, host: str) -> None:
        """Say which address was called."""
        super().__init__(f"No council answers at “{host[:100]}”. Check the address.")


class ModuleNotFound(NotFound):
    """No module of that name is installed."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"No module called “{name[:100]}” is installed.")


class ModuleRequired(Conflict):
    """Another enabled module needs this one, or it is part of the foundation."""

    title = "This module is needed"


class ModuleNeedsOthers(Conflict):
    """A module that this one depends on is switched off."""

    title = "Another module must be on first"


class SettingsInvalid(Invalid):
    """The settings of a module do not fit its model."""


class AbnInvalid(Invalid):
    """The number fails the check of the Australian Business Register."""

    def __init__(self) -> None:
        """Name the field and what to look for."""
        super().__init__(errors=[{"field": "abn", "message": "This is no ABN: check its 11 digits."}])


class ThemeInvalid(Invalid):
    """A colour cannot be read, or two colours that stand on each other are too alike."""

    title = "These colours cannot be read by everyone"


class LogoInvalid(Invalid):
    """The logo is no picture that we can show, or too large."""

    title = "This logo cannot be used"


class LogoNotFound(NotFound):
    """The council has no logo."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("This council has no logo.")


class SlugTaken(Conflict):
    """Another organisation has this slug or host."""

    title = "This name is taken"

    def __init__(self, slug: str) -> None:
        """Name it."""
        super().__init__(f"An organisation called “{slug}” or with one of its hosts exists already.")


class HostTaken(Conflict):
    """Another council answers at this host."""

    title = "Another council answers at this host"

    def __init__(self, host: str, slug: str) -> None:
        """Name both."""
        super().__init__(f"The council “{slug}” answers at “{host}”. Take the host from it first, or choose another.")


class HostInvalid(Invalid):
    """This is no host name."""

    title = "This is no host name"

    def __init__(self, host: str) -> None:
        """Say what a host name is."""
        super().__init__(
            f"“{host[:100]}” is no host name. Write the name alone, such as council.example.gov.au, without "
            "https:// and without a port."
        )

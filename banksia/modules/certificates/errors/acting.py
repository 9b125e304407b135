"""What can go wrong when two officers, or an officer and what council learns, meet on one line."""

import uuid

from banksia.kit.errors import Conflict


class KnownChanged(Conflict):
    """Council knows something else of the land than the officer saw; `changes` list what."""

    title = "What council knows has changed"
    keeps_transaction = True  # the line's history tells of it

    def __init__(self, changes: list[dict[str, str | None]], words: str) -> None:
        """Say what was seen and what is known now."""
        super().__init__(
            f"Since you opened this certificate council learnt something else. {words}. Look at it, then go on.",
            changes=changes,
        )


class OfficerChanged(Conflict):
    """Somebody else took the line, or gave it on, after it was read."""

    title = "Somebody else was faster"

    def __init__(self, words: str, officer_id: uuid.UUID | None) -> None:
        """Tell who has it now, and since when."""
        super().__init__(words, officer_id=str(officer_id) if officer_id else None)


class CertificateStands(Conflict):
    """A certificate that is issued stays valid, so its line does not end without one."""

    title = "The issued certificate stays valid"

    def __init__(self, number: str) -> None:
        """Say what to do instead."""
        super().__init__(
            f"Certificate {number} is issued and stays valid while it is being replaced. Keep it, or issue the one "
            "that replaces it."
        )


class NothingReplaced(Conflict):
    """There is no issued certificate that could be kept."""

    title = "Nothing is being replaced"

    def __init__(self) -> None:
        """Say what the line is."""
        super().__init__("No certificate of this line is issued yet, so there is none to keep.")

"""What a process keeps of councils for a moment, so that not every request asks for it, and when it asks anew."""

from sqlalchemy.orm import Session

from banksia.kit.database import after_commit, platform_of

OF_COUNCILS = "councils."
"""Whatever a part keeps in `Platform.kept` of councils, of their modules and connections has a name that begins so."""


def forget_councils(session: Session) -> None:
    """Ask the database for all of it again once this transaction, which changes some of it, is committed.

    Other processes go on with what they know until it is too old, for two seconds at most.
    """
    kept = platform_of(session).kept

    def forget() -> None:
        for name in [name for name in list(kept) if name.startswith(OF_COUNCILS)]:
            kept.pop(name, None)

    after_commit(session, forget)

"""What a process keeps of a council's connections for a moment, and when it asks anew."""

from sqlalchemy.orm import Session

from banksia.foundation.connections.service.granting import KEPT_AS
from banksia.foundation.connections.service.knowing import forget_known
from banksia.kit.database import after_commit, organisation_id_of, platform_of


def forget_connections(session: Session) -> None:
    """Ask the database again once this transaction, which changes a connection, is committed."""
    kept, organisation_id = platform_of(session).kept, organisation_id_of(session)
    after_commit(session, lambda: kept.get(KEPT_AS, {}).pop(organisation_id, None))
    forget_known(session)

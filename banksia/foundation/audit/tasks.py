"""The chain is walked every night."""

from sqlalchemy.orm import Session

from banksia.foundation.audit import service
from banksia.kit.database import organisation_id_of
from banksia.kit.tasks import task


@task()
def verify_chain(session: Session) -> None:
    """Walk the chain of one organisation and keep the result."""
    service.verify(session, organisation_id_of(session))

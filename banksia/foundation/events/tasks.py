"""What is done is forgotten after a while; what failed stays until a person has looked at it."""

from sqlalchemy.orm import Session

from banksia.foundation.events import service
from banksia.kit.tasks import task


@task()
def forget_done(session: Session) -> None:
    """Remove rows of the outbox that were done long ago."""
    service.forget_done(session)

"""Background work of accounts."""

from sqlalchemy.orm import Session

from banksia.foundation.auth import service
from banksia.kit.tasks import task


@task()
def send_reset_link(session: Session, *, email: str) -> None:
    """Mail a link to set a new password, if there is an account."""
    service.send_reset_link(session, email=email)


@task()
def forget_old(session: Session) -> None:
    """Remove what nobody can use any more."""
    service.forget_old(session)

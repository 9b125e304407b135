"""Background work of connected modules; decides nothing."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.connections.service import checking, cleaning, delivering, reminders
from banksia.kit.database import Transactions
from banksia.kit.tasks import task


@task(transactions=True, time_limit_seconds=1800)
def check_modules(transactions: Transactions) -> None:
    """Look at each module: how it is, and whether it asks for something else now."""
    checking.check_connections(transactions)


@task(transactions=True)
def deliver(transactions: Transactions, *, connection_id: uuid.UUID) -> None:
    """Send what is due for one module; a failure plans the next try itself."""
    delivering.deliver(transactions, connection_id=connection_id)


@task()
def remind(session: Session, *, reminder_id: uuid.UUID) -> None:
    """Tell a module that the moment has come which it asked to be reminded of."""
    reminders.remind(session, reminder_id=reminder_id)


@task()
def sweep_deliveries(session: Session) -> None:
    """Have sent what is overdue."""
    delivering.sweep(session)


@task()
def forget_old(session: Session) -> None:
    """Remove what was told long ago."""
    cleaning.forget_old(session)

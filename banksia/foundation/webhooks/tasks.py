"""Background work of webhooks; decides nothing."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.webhooks.service import delivering, forgetting
from banksia.kit.database import Transactions
from banksia.kit.tasks import task


@task(transactions=True)
def deliver(transactions: Transactions, *, delivery_id: uuid.UUID) -> None:
    """Send one message once; a failure plans the next try itself."""
    delivering.deliver(transactions, delivery_id=delivery_id)


@task()
def forget_old(session: Session) -> None:
    """Remove deliveries of long ago."""
    forgetting.forget_old(session)

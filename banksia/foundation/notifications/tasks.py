"""The background work of mail."""

import uuid

from banksia.foundation.notifications.service import delivering, writing
from banksia.kit.database import Transactions
from banksia.kit.tasks import task


@task(transactions=True, max_attempts=writing.MAX_ATTEMPTS)
def deliver_message(transactions: Transactions, *, message_id: uuid.UUID) -> None:
    """Hand one message to the mail server."""
    delivering.deliver_message(transactions, message_id=message_id)

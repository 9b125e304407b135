"""The background work of storage."""

from banksia.foundation.storage.service import sweeping
from banksia.kit.database import Transactions
from banksia.kit.tasks import task


@task(transactions=True)
def sweep_objects(transactions: Transactions) -> None:
    """Compare rows with bytes, once a day for every council."""
    sweeping.sweep_objects(transactions)

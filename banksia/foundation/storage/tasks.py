"""The background work of storage."""

from banksia.foundation.storage.service import fixity, resuming, sweeping
from banksia.kit.database import Transactions
from banksia.kit.tasks import task


@task(transactions=True)
def sweep_objects(transactions: Transactions) -> None:
    """Compare rows with bytes, once a day for every council."""
    sweeping.sweep_objects(transactions)


@task(transactions=True)
def verify_objects(transactions: Transactions) -> None:
    """Read again the share of the stored files whose turn it is."""
    fixity.verify_share(transactions)


@task(transactions=True)
def discard_expired_uploads(transactions: Transactions) -> None:
    """Remove uploads that nobody went on with in time, and what had come of them."""
    resuming.discard_expired_uploads(transactions)

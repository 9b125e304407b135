"""Background work of connected modules; decides nothing."""

from banksia.foundation.connections.service import checking
from banksia.kit.database import Transactions
from banksia.kit.tasks import task


@task(transactions=True, max_attempts=1)
def check_modules(transactions: Transactions) -> None:
    """Look at each module: how it is, and whether it asks for something else now."""
    checking.check_connections(transactions)

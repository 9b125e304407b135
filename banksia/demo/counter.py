"""The demo's counters and tills; nobody has one open yet."""

from banksia.foundation.payments.public import add_location, add_till
from banksia.kit.database import Transactions

COUNTERS = {"Front counter": ("Till 1", "Till 2"), "Library": ("Till 1",)}


def make_tills(transactions: Transactions) -> None:
    """Make the counters and their tills: from now on counter money goes through tills."""
    with transactions() as session:
        for counter, tills in COUNTERS.items():
            location = add_location(session, transactions.actor, name=counter)
            for till in tills:
                add_till(session, transactions.actor, location_id=location.id, name=till)

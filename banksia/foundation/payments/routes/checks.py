"""The checks of the books: how they stand, and run now."""

from banksia.foundation.payments import permissions
from banksia.foundation.payments.schemas.checks import ChecksRead
from banksia.foundation.payments.service import checking
from banksia.kit.routing import Router, SessionDep, TransactionsDep

check_routes = Router("/checks")


@check_routes.get("", permission=permissions.CHECKS_RUN)
def read_checks(session: SessionDep) -> ChecksRead:
    """How the checks of every module stand, those that fail first."""
    return checking.checks_read(session)


@check_routes.post("/run", permission=permissions.CHECKS_RUN, transactions=True)
def run_checks(transactions: TransactionsDep) -> ChecksRead:
    """Run every check now; people are told when one turns, as on the schedule."""
    return checking.check_now(transactions)

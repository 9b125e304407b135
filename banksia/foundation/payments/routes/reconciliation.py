"""Comparing the ledger with the provider's books, and what was sent to the bank."""

import uuid

from banksia.foundation.payments import permissions
from banksia.foundation.payments.errors import OnlinePaymentOff
from banksia.foundation.payments.errors.provider import PayoutNotFound, ReconciliationRunning
from banksia.foundation.payments.schemas.provider import (
    PayoutRead,
    Reconciliation,
    RunRead,
    TransactionRead,
    UnmatchedEntryRead,
)
from banksia.foundation.payments.service import reconciliation_reading as reading
from banksia.foundation.payments.service.provider_accounts import is_online
from banksia.foundation.payments.service.reconciling import request_run
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page

reconciliation_routes = Router(prefix="/reconciliation")


@reconciliation_routes.get("", permission=permissions.RECONCILIATION_READ)
def read_reconciliation(session: SessionDep) -> Reconciliation:
    """How the ledger and the provider's books stand to each other now."""
    return reading.reconciliation(session, online=is_online(session))


@reconciliation_routes.get("/runs", permission=permissions.RECONCILIATION_READ)
def list_reconciliation_runs(session: SessionDep, cursor: CursorParam = None, limit: LimitParam = 50) -> Page[RunRead]:
    """Comparisons, newest first."""
    return reading.run_page(session, cursor=cursor, limit=limit)


@reconciliation_routes.post(
    "/runs",
    permission=permissions.RECONCILIATION_RUN,
    status_code=202,
    raises=[OnlinePaymentOff, ReconciliationRunning],
)
def run_reconciliation(session: SessionDep, actor: ActorDep) -> RunRead:
    """Compare now, in the background."""
    return RunRead.model_validate(request_run(session, actor, online=is_online(session)))


@reconciliation_routes.get("/unmatched-transactions", permission=permissions.RECONCILIATION_READ)
def list_unmatched_transactions(
    session: SessionDep, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[TransactionRead]:
    """What the provider lists and the ledger lacks so far."""
    return reading.unmatched_line_page(session, cursor=cursor, limit=limit)


@reconciliation_routes.get("/unmatched-entries", permission=permissions.RECONCILIATION_READ)
def list_unmatched_entries(
    session: SessionDep, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[UnmatchedEntryRead]:
    """What the ledger has and the provider has not listed so far."""
    return reading.unmatched_entry_page(session, cursor=cursor, limit=limit)


@reconciliation_routes.get("/payouts", permission=permissions.RECONCILIATION_READ)
def list_payouts(session: SessionDep, cursor: CursorParam = None, limit: LimitParam = 50) -> Page[PayoutRead]:
    """What the provider sent to the council's bank."""
    return reading.payout_page(session, cursor=cursor, limit=limit)


@reconciliation_routes.get("/payouts/{payout_id}", permission=permissions.RECONCILIATION_READ, raises=[PayoutNotFound])
def read_payout(session: SessionDep, payout_id: uuid.UUID) -> PayoutRead:
    """One payout."""
    return reading.payout_read(session, payout_id=payout_id)


@reconciliation_routes.get(
    "/payouts/{payout_id}/transactions", permission=permissions.RECONCILIATION_READ, raises=[PayoutNotFound]
)
def list_payout_transactions(
    session: SessionDep, payout_id: uuid.UUID, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[TransactionRead]:
    """What a payout is made of."""
    return reading.payout_line_page(session, payout_id=payout_id, cursor=cursor, limit=limit)

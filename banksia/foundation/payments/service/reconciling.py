"""Reconciliation: every night the provider's books are listed and compared with our ledger, line by line.

Listing is done in batches, each its own transaction, and the comparison in SQL, so that memory does not grow with the
books. Every step may be repeated: a run that dies half-way is taken up again from its beginning, and nothing is written
twice.
"""

import datetime
import uuid

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.foundation.payments.adapters.choice import PROVIDER
from banksia.foundation.payments.adapters.provider import (
    ProviderDown,
    ProviderRefused,
)
from banksia.foundation.payments.errors import OnlinePaymentOff
from banksia.foundation.payments.errors.provider import ReconciliationRunning
from banksia.foundation.payments.models import (
    ReconciliationRun,
    RunState,
)
from banksia.foundation.payments.queries import provider as books
from banksia.foundation.payments.service.comparing import compare
from banksia.foundation.payments.service.listing_books import list_books, list_payouts
from banksia.foundation.payments.service.provider_accounts import chosen_provider
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id

OVERLAP = datetime.timedelta(days=3)
"""Banks and providers book late: what was listed is listed again for so long."""
DEAD_AFTER = datetime.timedelta(hours=2)
"""A run that says that it runs for longer than this has died."""

_log = structlog.get_logger(__name__)


def request_run(session: Session, actor: Actor, *, online: bool) -> ReconciliationRun:
    """Begin a comparison in the background. Raises ReconciliationRunning, OnlinePaymentOff (there are no books)."""
    if not online:
        raise OnlinePaymentOff
    run = _running(session)
    if run is not None and utc_now() - run.started_at < DEAD_AFTER:
        raise ReconciliationRunning
    run = run or _begun(session, PROVIDER)
    audit.record(session, actor, "payments.reconciliation_requested", subject=run)
    enqueue(session, "payments.reconcile_run", run_id=run.id)
    return run


def reconcile(transactions: Transactions, *, run_id: uuid.UUID | None = None) -> None:
    """Compare our ledger with the provider's books; call it outside any transaction, as often as you like.

    Without a run's id, the one that was not finished is taken up again, or a new one is begun. ProviderDown: the run
    is marked as failed, and the caller tries again later.
    """
    chosen = chosen_provider(transactions)
    if chosen.provider is None:
        return
    with transactions() as session:
        run = _taken_up(session, chosen.provider.name, run_id)
        run_id, since, until = run.id, run.listed_from, run.listed_until
    try:
        listed, new = list_books(transactions, chosen, since, until)
        list_payouts(transactions, chosen, since)
    except (ProviderDown, ProviderRefused) as error:
        with transactions() as session:
            _fail(session, run_id, str(error))
        if isinstance(error, ProviderDown):
            raise
        return
    reach("payments.books_listed")
    with transactions() as session:
        run = _locked_run(session, run_id)
        counts = compare(session, transactions.actor, provider=run.provider, since=since, until=until)
        run.counts = {"listed": listed, "new": new, **counts}
        run.state, run.failure, run.finished_at = str(RunState.FINISHED), None, utc_now()
        audit.record(session, transactions.actor, "payments.reconciled", subject=run, detail=run.counts)
    _log.info("payments.reconciled", **run.counts)


def _begun(session: Session, provider: str) -> ReconciliationRun:
    organisation_id, now = organisation_id_of(session), utc_now()
    last = session.scalar(books.last_finished_run(organisation_id, provider))
    begin = last.listed_until if last else session.scalar(books.first_card_entry(organisation_id)) or now
    run = ReconciliationRun(
        id=new_id(),
        organisation_id=organisation_id,
        provider=provider,
        state=str(RunState.RUNNING),
        listed_from=begin - OVERLAP,
        listed_until=now,
        counts={},
        failure=None,
        started_at=now,
        finished_at=None,
    )
    session.add(run)
    session.flush()
    return run


def _running(session: Session) -> ReconciliationRun | None:
    running = books.runs_of(organisation_id_of(session)).where(ReconciliationRun.state == RunState.RUNNING)
    return session.scalars(running.order_by(ReconciliationRun.id.desc()).limit(1).with_for_update()).one_or_none()


def _taken_up(session: Session, provider: str, run_id: uuid.UUID | None) -> ReconciliationRun:
    run = _locked_run(session, run_id) if run_id else _running(session) or _begun(session, provider)
    run.state, run.failure, run.finished_at = str(RunState.RUNNING), None, None
    return run


def _locked_run(session: Session, run_id: uuid.UUID) -> ReconciliationRun:
    statement = books.runs_of(organisation_id_of(session)).where(ReconciliationRun.id == run_id)
    return session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one()


def _fail(session: Session, run_id: uuid.UUID, failure: str) -> None:
    run = _locked_run(session, run_id)
    run.state, run.failure, run.finished_at = str(RunState.FAILED), failure, utc_now()

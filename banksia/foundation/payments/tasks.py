"""What the worker does for payments; decides nothing."""

import datetime
import uuid

from banksia.foundation.payments.service import (
    checking,
    intake,
    receipting,
    reconciling,
    refund_sending,
    settling,
    sweeping,
)
from banksia.kit.database import Transactions
from banksia.kit.tasks import Schedule, task


@task(transactions=True)
def process_event(transactions: Transactions, *, event_id: uuid.UUID) -> None:
    """Apply what the provider told."""
    intake.process_event(transactions, event_id=event_id)


@task(transactions=True)
def settle_attempt(transactions: Transactions, *, attempt_id: uuid.UUID) -> None:
    """Ask the provider about one attempt."""
    settling.settle(transactions, attempt_id=attempt_id)


@task(transactions=True)
def close_attempt(transactions: Transactions, *, attempt_id: uuid.UUID) -> None:
    """Close a payment page that nobody shall pay on any more."""
    settling.close_attempt(transactions, attempt_id=attempt_id)


@task(transactions=True, max_attempts=12)
def send_refund(transactions: Transactions, *, refund_id: uuid.UUID) -> None:
    """Send a refund to the provider."""
    refund_sending.send_refund(transactions, refund_id=refund_id)


@task(transactions=True)
def make_receipt_document(transactions: Transactions, *, receipt_id: uuid.UUID) -> None:
    """Draw a receipt and mail it."""
    receipting.make_receipt_document(transactions, receipt_id=receipt_id)


@task(transactions=True)
def mop_up(transactions: Transactions) -> None:
    """Take up whatever was left half-done."""
    sweeping.mop_up(transactions)


@task(transactions=True)
def list_events(transactions: Transactions) -> None:
    """Find what a lost webhook did not tell."""
    intake.list_events(transactions)


@task(transactions=True)
def check_books(transactions: Transactions) -> None:
    """Look whether the books are in order, and tell people when they no longer are, or are again."""
    checking.check_books(transactions)


@task(transactions=True, time_limit_seconds=3600)
def reconcile(transactions: Transactions) -> None:
    """Compare the ledger with the provider's books."""
    reconciling.reconcile(transactions)


@task(transactions=True, time_limit_seconds=3600)
def reconcile_run(transactions: Transactions, *, run_id: uuid.UUID) -> None:
    """The same, because somebody asked for it now."""
    reconciling.reconcile(transactions, run_id=run_id)


ALL = (
    reconcile,
    reconcile_run,
    check_books,
    process_event,
    settle_attempt,
    close_attempt,
    send_refund,
    make_receipt_document,
    mop_up,
    list_events,
)
SCHEDULES = (
    Schedule(reconcile, every=datetime.timedelta(days=1)),
    Schedule(check_books, every=datetime.timedelta(hours=1)),
    Schedule(mop_up, every=datetime.timedelta(minutes=15)),
    Schedule(list_events, every=datetime.timedelta(days=1)),
)

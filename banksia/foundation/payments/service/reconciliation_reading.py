"""Reconciliation as a finance officer reads it."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.payments.adapters.choice import PROVIDER
from banksia.foundation.payments.errors.provider import PayoutNotFound
from banksia.foundation.payments.models import LedgerEntry, Payout, ProviderTransaction, ReconciliationRun
from banksia.foundation.payments.queries import matching
from banksia.foundation.payments.queries import provider as books
from banksia.foundation.payments.schemas.provider import (
    PayoutRead,
    Reconciliation,
    RunRead,
    TransactionRead,
    UnmatchedEntryRead,
)
from banksia.kit.database import organisation_id_of
from banksia.kit.paging import Key, page_of
from banksia.kit.schemas import Page

MOST_COUNTED = 1000


def reconciliation(session: Session, *, online: bool) -> Reconciliation:
    """How the ledger and the provider's books stand to each other now."""
    organisation_id = organisation_id_of(session)
    latest = session.scalar(books.runs_of(organisation_id).order_by(ReconciliationRun.id.desc()).limit(1))
    return Reconciliation(
        provider_set=online,
        latest=RunRead.model_validate(latest) if latest else None,
        unmatched_transactions=_counted(
            session, matching.unmatched_transactions(organisation_id, PROVIDER), ProviderTransaction.id
        ),
        unmatched_entries=_counted(session, matching.unmatched_entries(organisation_id), LedgerEntry.id),
    )


def _counted(session: Session, statement: Any, column: Any) -> int:
    """Counted to a thousand: more is simply too much."""
    some = statement.with_only_columns(column).limit(MOST_COUNTED).subquery()
    return session.scalar(matching.count_of(some)) or 0


def run_page(session: Session, *, cursor: str | None, limit: int) -> Page[RunRead]:
    """Comparisons, newest first."""
    keys = [Key(ReconciliationRun.id, "id", descending=True)]
    rows, following = page_of(
        session, books.runs_of(organisation_id_of(session)), keys=keys, limit=limit, cursor=cursor
    )
    return Page(results=[RunRead.model_validate(row) for row in rows], next_cursor=following)


def unmatched_line_page(session: Session, *, cursor: str | None, limit: int) -> Page[TransactionRead]:
    """What the provider lists and our ledger lacks so far, newest first."""
    lines = matching.unmatched_transactions(organisation_id_of(session), PROVIDER)
    return _line_page(session, lines, cursor, limit)


def payout_line_page(
    session: Session, *, payout_id: uuid.UUID, cursor: str | None, limit: int
) -> Page[TransactionRead]:
    """What a payout is made of, newest first. Raises PayoutNotFound."""
    organisation_id = organisation_id_of(session)
    payout = session.scalar(books.payouts_of(organisation_id).where(Payout.id == payout_id))
    if payout is None:
        raise PayoutNotFound
    lines = books.transactions_of(organisation_id).where(ProviderTransaction.payout_id == payout.payout_id)
    return _line_page(session, lines, cursor, limit)


def _line_page(session: Session, lines: Any, cursor: str | None, limit: int) -> Page[TransactionRead]:
    keys = [Key(ProviderTransaction.id, "id", descending=True)]
    rows, following = page_of(session, lines, keys=keys, limit=limit, cursor=cursor)
    return Page(results=[TransactionRead.model_validate(row) for row in rows], next_cursor=following)


def unmatched_entry_page(session: Session, *, cursor: str | None, limit: int) -> Page[UnmatchedEntryRead]:
    """What our ledger has and the provider has not listed so far, newest first."""
    keys = [
        Key(LedgerEntry.happened_at, "happened_at", descending=True),
        Key(LedgerEntry.id, "id", descending=True),
    ]
    entries = matching.unmatched_entries(organisation_id_of(session))
    rows, following = page_of(session, entries, keys=keys, limit=limit, cursor=cursor)
    return Page(results=[UnmatchedEntryRead.model_validate(row) for row in rows], next_cursor=following)


def payout_page(session: Session, *, cursor: str | None, limit: int) -> Page[PayoutRead]:
    """What was sent to the bank, newest first."""
    keys = [Key(Payout.arrives_on, "arrives_on", descending=True), Key(Payout.id, "id", descending=True)]
    rows, following = page_of(
        session, books.payouts_of(organisation_id_of(session)), keys=keys, limit=limit, cursor=cursor
    )
    return Page(results=[PayoutRead.model_validate(row) for row in rows], next_cursor=following)


def payout_read(session: Session, *, payout_id: uuid.UUID) -> PayoutRead:
    """One payout. Raises PayoutNotFound."""
    payout = session.scalar(books.payouts_of(organisation_id_of(session)).where(Payout.id == payout_id))
    if payout is None:
        raise PayoutNotFound
    return PayoutRead.model_validate(payout)

"""Copying the provider's books: in batches, each its own transaction, so that memory does not grow with them."""

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.events.public import enqueue
from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.provider import Movement, Provider, ProviderPayout, ProviderRefused
from banksia.foundation.payments.errors import OnlinePaymentOff
from banksia.foundation.payments.models import OPEN_ATTEMPTS, PaymentAttempt, Payout, ProviderTransaction
from banksia.foundation.payments.queries import provider as books
from banksia.foundation.payments.service.provider_accounts import Chosen
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id

BATCH = 1000
PAYOUTS_CHANGE_FOR = datetime.timedelta(days=14)
"""A payout can arrive or come back for so long after it was made."""


def list_books(
    transactions: Transactions, chosen: Chosen, since: datetime.datetime, until: datetime.datetime
) -> tuple[int, int]:
    """Copy the provider's books between two moments; answers how many lines are ours, and how many were new."""
    provider = _needed(chosen)
    listed = new = 0
    for batch in _batches(provider.list_transactions(since, until)):
        with transactions() as session:
            ours = _ours(session, chosen, batch)
            listed += len(ours)
            new += _keep(session, provider.name, ours)
            _settle_forgotten(session, ours)
        reach("payments.books_batch")
    return listed, new


def _batches(movements: Iterator[Movement]) -> Iterator[list[Movement]]:
    """A thousand at a time; the provider is asked between our transactions, never within one."""
    batch: list[Movement] = []
    for movement in movements:
        batch.append(movement)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _needed(chosen: Chosen) -> Provider:
    if chosen.provider is None:
        raise OnlinePaymentOff
    return chosen.provider


def _ours(session: Session, chosen: Chosen, batch: list[Movement]) -> list[Movement]:
    """What of a batch belongs to this council: one account of the installation can serve several."""
    organisation_id = organisation_id_of(session)
    unmarked = [each for each in batch if each.organisation_id is None]
    if chosen.own:
        return [each for each in batch if each.organisation_id in (None, organisation_id)]
    payment_ids = [each.payment_id for each in unmarked if each.payment_id]
    known = set(session.scalars(books.payments_known(organisation_id, payment_ids))) - {None}
    sent = books.payouts_of(organisation_id).where(Payout.payout_id.in_([each.source for each in unmarked]))
    payouts = set(session.scalars(sent.with_only_columns(Payout.payout_id)))
    return [
        each
        for each in batch
        if each.organisation_id == organisation_id or each.payment_id in known or each.source in payouts
    ]


def _keep(session: Session, provider: str, movements: list[Movement]) -> int:
    if not movements:
        return 0
    rows = [_row(session, provider, each) for each in movements]
    written = session.execute(
        insert(ProviderTransaction)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["organisation_id", "provider", "transaction_id"])
        .returning(ProviderTransaction.id)
    )
    return len(written.all())


def _row(session: Session, provider: str, movement: Movement) -> dict[str, Any]:
    return {
        "id": new_id(),
        "created_at": utc_now(),
        "organisation_id": organisation_id_of(session),
        "provider": provider,
        "transaction_id": movement.id,
        "kind": movement.kind,
        "amount_cents": movement.amount_cents,
        "fee_cents": movement.fee_cents,
        "source": movement.source,
        "payout_id": None,
        "happened_at": movement.happened_at,
        "ledger_entry_id": None,
    }


def _settle_forgotten(session: Session, movements: list[Movement]) -> None:
    """A charge of an attempt that we believe open is settled first: then it is in our ledger by itself."""
    references = [uuid.UUID(each.reference) for each in movements if each.kind == "charge" and _is_id(each.reference)]
    if not references:
        return
    still_open = queries.attempts_of(organisation_id_of(session)).where(
        PaymentAttempt.id.in_(references), PaymentAttempt.state.in_(OPEN_ATTEMPTS)
    )
    for attempt_id in session.scalars(still_open.with_only_columns(PaymentAttempt.id)):
        enqueue(session, "payments.settle_attempt", key=str(attempt_id), attempt_id=attempt_id)


def _is_id(text: str | None) -> bool:
    try:
        return bool(text and uuid.UUID(text))
    except ValueError:
        return False


def list_payouts(transactions: Transactions, chosen: Chosen, since: datetime.datetime) -> None:
    """Keep what was sent to the bank, and which lines each payout is made of."""
    provider = _needed(chosen)
    for told in provider.list_payouts(since - PAYOUTS_CHANGE_FOR):
        with transactions() as session:
            statement = books.payouts_of(organisation_id_of(session)).where(Payout.payout_id == told.id)
            known = session.scalar(statement)
            if known is not None:
                known.status, known.arrives_on = told.status, told.arrives_on
                continue
        if not chosen.own and not _all_ours(transactions, chosen, _parts_of(provider, told.id)):
            continue
        for batch in _batches(_parts_of(provider, told.id)):
            with transactions() as session:
                _keep(session, provider.name, batch)
                _name_payout(session, provider.name, told.id, [each.id for each in batch])
        with transactions() as session:  # written last: a run that dies before it lists the payout again
            _keep_payout(session, provider.name, told)


def _keep_payout(session: Session, provider: str, told: ProviderPayout) -> None:
    session.execute(
        insert(Payout)
        .values(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=organisation_id_of(session),
            provider=provider,
            payout_id=told.id,
            amount_cents=told.amount_cents,
            status=told.status,
            arrives_on=told.arrives_on,
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "provider", "payout_id"])
    )


def _parts_of(provider: Provider, payout_id: str) -> Iterator[Movement]:
    try:
        yield from provider.transactions_of_payout(payout_id)
    except ProviderRefused:  # a payout that was made by hand: the provider does not say what is in it
        return


def _all_ours(transactions: Transactions, chosen: Chosen, parts: Iterator[Movement]) -> bool:
    """Whether a payout of a shared account is wholly this council's; a mixed one cannot be given to anybody."""
    count = 0
    for batch in _batches(each for each in parts if each.kind != "payout"):
        with transactions() as session:
            if len(_ours(session, chosen, batch)) < len(batch):
                return False
        count += len(batch)
    return count > 0


def _name_payout(session: Session, provider: str, payout_id: str, transaction_ids: list[str]) -> None:
    session.execute(
        update(ProviderTransaction)
        .where(
            ProviderTransaction.organisation_id == organisation_id_of(session),
            ProviderTransaction.provider == provider,
            ProviderTransaction.transaction_id.in_(transaction_ids),
        )
        .values(payout_id=payout_id)
    )

"""Comparing the provider's books with our ledger: what fits is paired in SQL, the rest is put before a person, once."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_url
from banksia.foundation.payments import queries
from banksia.foundation.payments.models import (
    LedgerEntry,
    PaymentAttempt,
    ProviderTransaction,
    Resolution,
    ReviewCase,
    ReviewKind,
)
from banksia.foundation.payments.queries import matching
from banksia.foundation.payments.queries import provider as books
from banksia.foundation.payments.service.alerting import alert_addresses
from banksia.foundation.payments.service.posting import Posting, post_movement
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id

WAIT = datetime.timedelta(days=1)
"""What does not fit is left alone for so long: the other side often follows by itself."""
AT_ONCE = 500
MATCHED_SINCE = "Both books agree about it now."

_log = structlog.get_logger(__name__)


def compare(
    session: Session, actor: Actor, *, provider: str, since: datetime.datetime, until: datetime.datetime
) -> dict[str, int]:
    """Pair lines and entries, post fees and payouts that are missing, and open a case for each that is left over.

    Answers how many of each. Called again with nothing new it changes nothing.
    """
    before = until - WAIT
    counts = {"payouts": _post_payouts(session, actor, provider)}
    counts["matched"] = _match(session, provider)
    counts["fees"] = _post_fees(session, actor, provider, since)
    counts["not_in_ledger"] = _open_not_in_ledger(session, provider, since, before)
    counts["not_at_provider"] = _open_not_at_provider(session, since, before)
    counts["closed"] = _close_matched(session)
    _tell(session, actor, counts)
    return counts


def _match(session: Session, provider: str) -> int:
    organisation_id = organisation_id_of(session)
    pairs = matching.matches(organisation_id, provider)
    done = session.execute(
        update(ProviderTransaction)
        .where(ProviderTransaction.organisation_id == organisation_id, ProviderTransaction.id == pairs.c.transaction_id)
        .values(ledger_entry_id=pairs.c.entry_id)
        .returning(ProviderTransaction.id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


def _post_payouts(session: Session, actor: Actor, provider: str) -> int:
    """What has arrived at the bank is out of the provider's balance; what came back is in it again."""
    posted = 0
    for payout in session.scalars(books.payouts_to_post(organisation_id_of(session), provider)):
        posting = Posting("payout", payout.id, -payout.amount_cents, payout.payout_id, payout.payout_id)
        posted += post_movement(session, actor, posting) is not None
    for payout in session.scalars(books.payouts_to_reverse(organisation_id_of(session), provider)):
        posting = Posting("reversal", payout.id, payout.amount_cents, payout.payout_id, payout.payout_id)
        posted += post_movement(session, actor, posting) is not None
    return posted


def _post_fees(session: Session, actor: Actor, provider: str, since: datetime.datetime) -> int:
    """What the provider kept of a movement and our ledger does not know yet, in one statement."""
    missing = matching.missing_fees(organisation_id_of(session), provider, since, actor.name)
    written = session.execute(
        insert(LedgerEntry)
        .from_select(matching.FEE_COLUMNS, missing)
        .on_conflict_do_nothing(index_elements=["organisation_id", "kind", "source_id"])
        .returning(LedgerEntry.id)
    )
    return len(written.all())


def _open_not_in_ledger(session: Session, provider: str, since: datetime.datetime, before: datetime.datetime) -> int:
    organisation_id = organisation_id_of(session)
    opened = 0
    for batch in session.scalars(matching.not_in_ledger(organisation_id, provider, before)).partitions(AT_ONCE):
        ours = _words(session, matching.entries_named(organisation_id, [each.source for each in batch]))
        payables = _payables_of(session, [each.source for each in batch])
        rows = [(each.id, payables.get(each.source), _evidence_of_line(each, ours.get(each.source))) for each in batch]
        opened += _open(session, ReviewKind.NOT_IN_LEDGER, rows)
    rows = [
        (
            row.transaction_id,
            row.payable_id,
            {
                "reference": row.reference,
                "kind": "fee",
                "amount_cents": -row.fee_cents,
                "source": row.provider_id,
                "happened_at": row.happened_at.isoformat(),
                "ledger_has": f"fee {row.recorded_cents / 100:.2f}",
            },
        )
        for row in session.execute(matching.other_fees(organisation_id, provider, since, before))
    ]
    return opened + _open(session, ReviewKind.NOT_IN_LEDGER, rows)


def _evidence_of_line(line: ProviderTransaction, ours: str | None) -> dict[str, Any]:
    return {
        "reference": line.source,
        "kind": line.kind,
        "amount_cents": line.amount_cents,
        "fee_cents": line.fee_cents,
        "source": line.source,
        "transaction_id": line.transaction_id,
        "payout_id": line.payout_id,
        "happened_at": line.happened_at.isoformat(),
        "ledger_has": ours,
    }


def _open_not_at_provider(session: Session, since: datetime.datetime, before: datetime.datetime) -> int:
    organisation_id = organisation_id_of(session)
    opened = 0
    for batch in session.scalars(matching.not_at_provider(organisation_id, since, before)).partitions(AT_ONCE):
        theirs = _words(session, matching.lines_named(organisation_id, [each.provider_id or "" for each in batch]))
        rows = [
            (
                each.id,
                each.payable_id,
                {
                    "reference": each.reference,
                    "kind": each.kind,
                    "amount_cents": each.amount_cents,
                    "source": each.provider_id,
                    "happened_at": each.happened_at.isoformat(),
                    "recorded_by": each.recorded_by,
                    "provider_has": theirs.get(each.provider_id or ""),
                },
            )
            for each in batch
        ]
        opened += _open(session, ReviewKind.NOT_AT_PROVIDER, rows)
    return opened


def _words(session: Session, statement: Any) -> dict[str, str]:
    return {row[0]: row[1] for row in session.execute(statement)}


def _payables_of(session: Session, sources: Sequence[str]) -> dict[str, uuid.UUID]:
    """What is owed, by the provider's ids of its payments."""
    attempts = queries.attempts_at_provider(organisation_id_of(session), list(sources)).with_only_columns(
        PaymentAttempt.provider_payment_id, PaymentAttempt.payable_id
    )
    return {name: payable_id for name, payable_id in session.execute(attempts) if name}


def _open(session: Session, kind: ReviewKind, rows: list[tuple[uuid.UUID, uuid.UUID | None, dict[str, Any]]]) -> int:
    """Put them before a person, each once, however often they are found."""
    if not rows:
        return 0
    organisation_id, now = organisation_id_of(session), utc_now()
    opened = session.execute(
        insert(ReviewCase)
        .values(
            [
                {
                    "id": new_id(),
                    "created_at": now,
                    "organisation_id": organisation_id,
                    "kind": str(kind),
                    "source_id": source_id,
                    "payable_id": payable_id,
                    "evidence": evidence,
                }
                for source_id, payable_id, evidence in rows
            ]
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "kind", "source_id"])
        .returning(ReviewCase.id)
    )
    return len(opened.all())


def _close_matched(session: Session) -> int:
    """Cases whose other side has turned up since are closed by themselves."""
    organisation_id, now = organisation_id_of(session), utc_now()
    closed = session.execute(
        update(ReviewCase)
        .where(ReviewCase.id.in_(matching.cases_matched_since(organisation_id)))
        .values(
            resolution=str(Resolution.DISMISS),
            resolution_reason=MATCHED_SINCE,
            resolved_at=now,
            resolved_by_name="Reconciliation",
        )
        .returning(ReviewCase.id)
        .execution_options(synchronize_session=False)
    )
    return len(closed.all())


def _tell(session: Session, actor: Actor, counts: dict[str, int]) -> None:
    """One mail for all that a comparison found, not one for each."""
    found = counts["not_in_ledger"] + counts["not_at_provider"]
    if not found:
        return
    audit.record(session, actor, "payments.review_needed", detail={"kind": "reconciliation", **counts})
    _log.error("payments.books_differ", **counts)
    for to in alert_addresses(session):
        send_mail(
            session,
            template="payments/books_differ",
            to=to,
            context={
                "not_in_ledger": counts["not_in_ledger"],
                "not_at_provider": counts["not_at_provider"],
                "link": council_url(session, "/payments/staff/review?kind=not_in_ledger"),
            },
            dedupe_key=f"payments.books_differ:{new_id()}",
        )

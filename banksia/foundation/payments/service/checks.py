"""What payments contributes to the checks of the books; docs/guides/finance.md tells what to do about each."""

import datetime
import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from sqlalchemy.orm import Session

from banksia.foundation.payments.queries import checks as queries
from banksia.foundation.payments.queries import unhandled_events
from banksia.foundation.payments.service.raising import PayableRef
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.module import MOST_FINDINGS, Check, Finding
from banksia.kit.words import dollars

EVENTS_WAIT = datetime.timedelta(minutes=10)
ATTEMPTS_STAY_OPEN = REFUNDS_STAY_PENDING = datetime.timedelta(days=1)
REVIEW, LEDGER, SETTINGS = "/payments/staff/review", "/payments/staff/ledger", "/payments/settings"
AT_ONCE = 1000


def page_of_payable(payable_id: uuid.UUID | None) -> str:
    """The page on which staff see a payable."""
    return f"/payments/staff/payables/{payable_id}" if payable_id else LEDGER


def _first(findings: Iterable[Finding]) -> list[Finding]:
    return list(islice(findings, MOST_FINDINGS))


def _events_left(session: Session) -> list[Finding]:
    events = unhandled_events(organisation_id_of(session), before=utc_now() - EVENTS_WAIT)
    return [
        Finding(f"{event.type} of {event.object_id}, told at {event.created_at:%d %b %Y %H:%M} UTC", REVIEW)
        for event in session.scalars(events.limit(MOST_FINDINGS))
    ]


def _attempts_left(session: Session) -> list[Finding]:
    attempts = queries.attempts_left(organisation_id_of(session), utc_now() - ATTEMPTS_STAY_OPEN)
    return [
        Finding(
            f"{reference}: the payment page of {attempt.created_at:%d %b %Y} over {dollars(attempt.amount_cents)}",
            page_of_payable(attempt.payable_id),
        )
        for attempt, reference in session.execute(attempts.limit(MOST_FINDINGS))
    ]


def _refunds_left(session: Session) -> list[Finding]:
    refunds = queries.refunds_left(organisation_id_of(session), utc_now() - REFUNDS_STAY_PENDING)
    return [
        Finding(
            f"{reference}: the refund of {wanted.created_at:%d %b %Y} over {dollars(wanted.amount_cents)}",
            page_of_payable(wanted.payable_id),
        )
        for wanted, reference in session.execute(refunds.limit(MOST_FINDINGS))
    ]


def _payables_amiss(session: Session) -> list[Finding]:
    rows = session.execute(queries.payables_amiss(organisation_id_of(session)).limit(MOST_FINDINGS))
    return [
        Finding(
            f"{owed.reference} is {owed.state.replace('_', ' ')}: {dollars(owed.total_cents)} is owed, "
            f"{dollars(int(paid))} was paid and {dollars(int(back))} given back",
            page_of_payable(owed.id),
        )
        for owed, paid, back in rows
    ]


def _not_in_ledger(session: Session) -> list[Finding]:
    organisation_id = organisation_id_of(session)
    payments = session.scalars(queries.payments_not_in_ledger(organisation_id).limit(MOST_FINDINGS))
    refunds = session.scalars(queries.refunds_not_in_ledger(organisation_id).limit(MOST_FINDINGS))
    accounts = session.scalars(queries.account_payments_not_in_ledger(organisation_id).limit(MOST_FINDINGS))
    entries = session.scalars(queries.entries_of_nothing(organisation_id).limit(MOST_FINDINGS))
    return _first(
        chain(
            (
                Finding(
                    f"A payment of {dollars(each.amount_cents)} by {each.method} is not in the ledger as it was made",
                    page_of_payable(each.payable_id),
                )
                for each in payments
            ),
            (
                Finding(
                    f"A refund of {dollars(each.amount_cents)} that {each.state} is not in the ledger so",
                    page_of_payable(each.payable_id),
                )
                for each in refunds
            ),
            (
                Finding(
                    f"A payment of {dollars(each.amount_cents)} towards an account is not in the ledger as it was made",
                    f"/payments/staff/accounts/{each.account_id}",
                )
                for each in accounts
            ),
            (
                Finding(
                    f"The ledger has {dollars(each.amount_cents)} for {each.reference} that no payment "
                    "and no refund stands behind",
                    page_of_payable(each.payable_id),
                )
                for each in entries
            ),
        )
    )


def _gaps_in_receipts(session: Session) -> list[Finding]:
    organisation_id = organisation_id_of(session)
    gaps = session.execute(queries.gaps_in_receipts(organisation_id).limit(MOST_FINDINGS))
    findings = [
        Finding(f"Receipt {start} is missing" if start == end else f"Receipts {start} to {end} are missing", LEDGER)
        for start, end in gaps
    ]
    given, highest = session.execute(queries.last_numbers(organisation_id)).one()
    if given != highest:
        findings.append(Finding(f"The last number given is {given}, but the highest receipt is {highest}", LEDGER))
    return _first(findings)


def _refunds_above_captured(session: Session) -> list[Finding]:
    rows = session.execute(queries.refunds_above_captured(organisation_id_of(session)).limit(MOST_FINDINGS))
    return [
        Finding(
            f"{dollars(int(back))} is refunded, or about to be, of a payment of {dollars(payment.amount_cents)}",
            page_of_payable(payment.payable_id),
        )
        for payment, back in rows
    ]


def unpaid_subjects(session: Session, kind: str) -> Iterator[list[uuid.UUID]]:
    """What a workflow calls everything of one kind that is not paid, a thousand at a time.

    For a workflow's own check that it did no work for it. Refunded ones are not among them: they were paid.
    """
    statement = queries.subjects_not_paid(organisation_id_of(session), kind)
    for some in session.scalars(statement.execution_options(yield_per=AT_ONCE)).partitions():
        yield list(some)


def paid_among(session: Session, payables: Sequence[PayableRef]) -> dict[PayableRef, datetime.datetime]:
    """Those of some payables for which work may be done, and since when they are paid; in one query."""
    if not payables:
        return {}
    rows = session.execute(queries.subjects_paid(organisation_id_of(session), payables))
    return {(kind, subject_id): settled_at or utc_now() for kind, subject_id, settled_at in rows}


CHECKS = (
    Check(
        "events_handled",
        "Everything that the payment provider told is taken up",
        "The provider told something more than 10 minutes ago that had no effect yet. Look whether the worker runs; "
        "it is tried again every 15 minutes.",
        _events_left,
    ),
    Check(
        "attempts_closed",
        "No payment page stays open for more than a day",
        "Nobody knows how these ended. Look whether the provider answers, on the page of its keys; they are asked for "
        "every 15 minutes.",
        _attempts_left,
    ),
    Check(
        "refunds_end",
        "No refund by card is under way for more than a day",
        "Nobody knows whether this money went back, so do not give it back another way. Look whether the provider "
        "takes the key, on the page of its keys, and what it says of these; they are asked for every 15 minutes.",
        _refunds_left,
    ),
    Check(
        "paid_in_full",
        "What stands as paid was paid in full",
        "The state of these says something other than their payments and refunds. Open each and compare; do not "
        "deliver anything for it meanwhile.",
        _payables_amiss,
    ),
    Check(
        "ledger_complete",
        "The ledger is equal to the payments and the refunds",
        "Money moved that is not in the ledger, or the ledger has money that did not move. Reports and the journal "
        "of that day are wrong until it is found out.",
        _not_in_ledger,
    ),
    Check(
        "receipts_without_gaps",
        "Receipt numbers have no gaps",
        "Numbers are missing. An auditor will ask for them: a backup that was put back in part is the usual cause.",
        _gaps_in_receipts,
    ),
    Check(
        "refunds_within_captured",
        "No refund is above what was captured",
        "More went back, or is about to, than came in. Turn down what still waits and ask the provider about the rest.",
        _refunds_above_captured,
    ),
)

"""What we can show a bank: who ordered, paid and downloaded what, and when, from our books and the audit log."""

import contextlib
import re
import uuid
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import council_zone
from banksia.foundation.payments import queries
from banksia.foundation.payments.models import Dispute, Payable, Payment, PaymentAttempt
from banksia.kit.words import day_in_words, dollars

MOST_ENTRIES = 500
FACTS = (
    "Order",
    "Ordered",
    "Customer",
    "Lines",
    "Payment pages",
    "Paid",
    "Payment at the provider",
    "Receipt",
    "Disputed",
    "The bank's reason",
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(_DAY.pattern + r"T\d\d:\d\d")


def gathered_evidence(session: Session, owed: Payable, payment: Payment, dispute: Dispute) -> dict[str, Any]:
    """All that our books say about a disputed payment, in a fixed number of queries."""
    organisation_id = owed.organisation_id
    zone = council_zone(session)
    tried = queries.attempts_of(organisation_id).where(PaymentAttempt.payable_id == owed.id)
    attempts = list(session.scalars(tried.order_by(PaymentAttempt.id)))
    receipts = list(session.scalars(queries.receipts_for(organisation_id, [owed.id])))
    subjects: list[str] = dispute.evidence.get("subjects", [])
    ids = {
        owed.id,
        owed.subject_id,
        payment.id,
        *(each.id for each in attempts),
        *(each.id for each in receipts),
        *(uuid.UUID(each) for each in subjects),
    }
    entries = audit.entries_about(session, ids, limit=MOST_ENTRIES)
    return {
        "subjects": subjects,
        "facts": _facts(owed, payment, dispute, zone)
        | {"Receipt": ", ".join(f"{each.snapshot['number']}, {_when(each.issued_at, zone)}" for each in receipts)}
        | {"Payment pages": ", ".join(f"{_when(each.created_at, zone)} ({each.state})" for each in attempts)},
        "entries": [
            {
                "at": entry.occurred_at.isoformat(),
                "who": entry.actor_name,
                "what": entry.action,
                "detail": detail_in_words(entry.detail, zone),
            }
            for entry in entries
        ],
    }


def detail_in_words(detail: dict[str, Any], zone: ZoneInfo) -> str:
    """What an entry of the audit log notes, as people read it: `amount: $69.00, reason: The lot was wrong.`.

    Ids are left out: they say nothing to a person, and the log keeps them. Moments are told in the council's time.
    """
    told = {key: value for key, value in detail.items() if value is not None and not key.endswith(("_id", "_ids"))}
    return ", ".join(
        f"{_spoken(key)}: {_in_words(value, zone, is_cents=key.endswith('_cents'))}" for key, value in told.items()
    )


def _spoken(key: str) -> str:
    return key.removesuffix("_cents").replace("_", " ")


def _in_words(value: Any, zone: ZoneInfo, *, is_cents: bool) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{_spoken(key)} {_in_words(each, zone, is_cents=is_cents)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_in_words(each, zone, is_cents=is_cents) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and is_cents:
        return dollars(value)
    return _moment_in_words(str(value), zone)


def _moment_in_words(text: str, zone: ZoneInfo) -> str:
    """A day or a moment as it is told; any other text as it is."""
    with contextlib.suppress(ValueError):  # it only looks like one
        if _DAY.fullmatch(text):
            return day_in_words(date.fromisoformat(text))
        if _MOMENT.match(text):
            return _when(datetime.fromisoformat(text), zone)
    return text


def facts_in_order(facts: dict[str, str]) -> dict[str, str]:
    """Facts as they are told, in the order in which they happened; what PostgreSQL kept has lost it."""
    return {name: facts[name] for name in FACTS if facts.get(name)}


def _facts(owed: Payable, payment: Payment, dispute: Dispute, zone: ZoneInfo) -> dict[str, str]:
    return {
        "Order": f"{owed.reference}, {owed.title}",
        "Ordered": _when(owed.created_at, zone),
        "Customer": ", ".join(part for part in (owed.payer_name, owed.payer_email) if part),
        "Lines": "; ".join(f"{line.description} {dollars(line.amount_cents)}" for line in owed.lines),
        "Paid": f"{dollars(payment.amount_cents)}, {_when(payment.received_at, zone)}",
        "Payment at the provider": payment.provider_payment_id or "",
        "Disputed": f"{dollars(dispute.amount_cents)}, {_when(dispute.opened_at, zone)}",
        "The bank's reason": dispute.reason.replace("_", " "),
    }


def _when(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{day_in_words(local.date())}, {local:%H:%M}"

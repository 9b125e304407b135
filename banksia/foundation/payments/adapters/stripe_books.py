"""Stripe's books in our words: disputes, balance transactions and payouts."""

import datetime
import uuid
from typing import Any

from banksia.foundation.payments.adapters.provider import (
    DisputeStatus,
    Movement,
    ProviderDispute,
    ProviderPayout,
)

_DISPUTE_STATES: dict[str, DisputeStatus] = {
    "warning_needs_response": "needs_response",
    "warning_under_review": "under_review",
    "warning_closed": "won",
    "prevented": "won",
    "needs_response": "needs_response",
    "under_review": "under_review",
    "won": "won",
    "lost": "lost",
}
_KINDS = {
    "charge": "charge",
    "payment": "charge",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "reversal",
    "payment_failure_refund": "reversal",
    "payout": "payout",
    "payout_failure": "reversal",
    "payout_cancel": "reversal",
}


def read_dispute(dispute: dict[str, Any]) -> ProviderDispute:
    """A dispute; what was withdrawn and reinstated is read from its balance transactions."""
    moved = dispute.get("balance_transactions") or []
    due = (dispute.get("evidence_details") or {}).get("due_by")
    return ProviderDispute(
        id=dispute["id"],
        status=_DISPUTE_STATES.get(dispute["status"], "needs_response"),
        amount_cents=dispute["amount"],
        reason=dispute["reason"],
        payment_id=_id_of(dispute.get("payment_intent")) or _id_of(dispute["charge"]) or "",
        opened_at=_moment(dispute["created"]),
        evidence_due_at=_moment(due) if due else None,
        withdrawn_cents=-sum(each["amount"] for each in moved if each["amount"] < 0),
        reinstated_cents=sum(each["amount"] for each in moved if each["amount"] > 0),
        fee_cents=sum(each["fee"] for each in moved),
    )


def read_movement(entry: dict[str, Any]) -> Movement:
    """A balance transaction whose source is expanded."""
    thing = entry.get("source")
    source: dict[str, Any] = thing if isinstance(thing, dict) else {"id": thing or entry["id"]}
    ours = source.get("metadata") or {}
    kind = _kind_of(entry)
    payment_id = _id_of(source.get("payment_intent"))
    return Movement(
        id=entry["id"],
        kind=kind,
        amount_cents=entry["amount"],
        fee_cents=entry["fee"],
        source=payment_id if kind == "charge" and payment_id else str(source["id"]),
        happened_at=_moment(entry["created"]),
        organisation_id=uuid_in(ours.get("organisation_id")),
        reference=ours.get("reference"),
        payment_id=payment_id,
    )


def _kind_of(entry: dict[str, Any]) -> str:
    """Stripe writes disputes as adjustments and tells them apart by their reporting category."""
    category = entry.get("reporting_category")
    if category == "dispute":
        return "dispute"
    if category == "dispute_reversal":
        return "reversal"
    return _KINDS.get(entry["type"], str(entry["type"]))


def read_payout(payout: dict[str, Any]) -> ProviderPayout:
    """A payout; its arrival is a day, which Stripe tells as midnight UTC."""
    return ProviderPayout(
        id=payout["id"],
        amount_cents=payout["amount"],
        status=payout["status"],
        arrives_on=_moment(payout["arrival_date"]).date(),
        made_at=_moment(payout["created"]),
    )


def uuid_in(value: object) -> uuid.UUID | None:
    """An id of ours in what Stripe keeps for us; None for anything else."""
    try:
        return uuid.UUID(str(value)) if value else None
    except ValueError:
        return None


def _id_of(thing: Any) -> str | None:
    """An object's id, whether it is expanded or not."""
    found: str | None = thing["id"] if isinstance(thing, dict) else thing
    return found


def _moment(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)

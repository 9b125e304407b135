"""Faults on demand: what a payment provider and the network between really do, made repeatable."""

import json
from dataclasses import dataclass
from typing import Any

from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError
from banksia.foundation.payments.adapters.fake_stripe.store import Transaction

WEBHOOK_FAULTS = frozenset({"duplicate", "concurrent", "delayed", "dropped", "reordered", "wrong_secret", "stale"})
"""Applied when an event is recorded. Options: ``types`` (only these events), ``copies``, ``seconds``."""
PAYMENT_FAULTS = frozenset({"amount_mismatch", "currency_mismatch", "reference_mismatch", "livemode_mismatch"})
"""Applied when a customer pays: what the session then says differs from what was asked for."""
REQUEST_FAULTS = frozenset({"error_before_effect", "error_after_effect", "lost_answer"})
"""Applied to an API request. Options: ``method``, ``path`` (a prefix), ``seconds`` (for ``lost_answer``).

``error_after_effect`` answers 500 and, as Stripe documents, repeats that 500 for the same idempotency key;
``lost_answer`` takes effect and then says nothing for some seconds, as a broken connection does."""
REFUND_FAULTS = frozenset({"refund_pending"})
"""Applied when a refund is created: it stays pending until it is settled or failed by hand."""
KINDS = WEBHOOK_FAULTS | PAYMENT_FAULTS | REQUEST_FAULTS | REFUND_FAULTS


@dataclass(frozen=True)
class Fault:
    """One armed fault."""

    kind: str
    options: dict[str, Any]

    def number(self, name: str, default: float) -> float:
        """A numeric option."""
        return float(self.options.get(name, default))


def arm(transaction: Transaction, wanted: dict[str, Any]) -> None:
    """Add a fault: ``{"fault": kind, "count": times, ...options}``; count defaults to once."""
    options = dict(wanted)
    kind = options.pop("fault", None)
    count = options.pop("count", 1)
    if kind not in KINDS:
        raise ApiError(f"Unknown fault: {kind}. Known faults: {', '.join(sorted(KINDS))}.", param="fault")
    if not isinstance(count, int) or count < 1:
        raise ApiError("count must be a whole number above 0.", param="count")
    transaction.sql.execute(
        "INSERT INTO faults (kind, remaining, options) VALUES (?, ?, ?)", (kind, count, json.dumps(options))
    )


def disarm_all(transaction: Transaction) -> None:
    """Forget every armed fault."""
    transaction.sql.execute("DELETE FROM faults")


def armed(transaction: Transaction) -> list[dict[str, Any]]:
    """What is still to come, oldest first."""
    rows = transaction.sql.execute("SELECT kind, remaining, options FROM faults WHERE remaining > 0 ORDER BY id")
    return [{"fault": kind, "count": remaining, **json.loads(options)} for kind, remaining, options in rows]


def take(transaction: Transaction, kinds: frozenset[str], **facts: str) -> Fault | None:
    """Use up the oldest armed fault of these kinds that fits the facts (``event_type`` or ``method`` and ``path``)."""
    rows = transaction.sql.execute("SELECT id, kind, options FROM faults WHERE remaining > 0 ORDER BY id").fetchall()
    for identifier, kind, encoded in rows:
        options = json.loads(encoded)
        if kind in kinds and _fits(options, facts):
            transaction.sql.execute("UPDATE faults SET remaining = remaining - 1 WHERE id = ?", (identifier,))
            return Fault(kind, options)
    return None


def _fits(options: dict[str, Any], facts: dict[str, str]) -> bool:
    types = options.get("types")
    if types and facts.get("event_type") not in types:
        return False
    if options.get("method", facts.get("method")) != facts.get("method"):
        return False
    return facts.get("path", "").startswith(options.get("path", ""))

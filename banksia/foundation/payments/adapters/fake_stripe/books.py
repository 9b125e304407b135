"""The account's books made to differ from what a council knows, as they do in life: lines too many, and too few."""

from typing import Any

from banksia.foundation.payments.adapters.fake_stripe import charges
from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError, no_such
from banksia.foundation.payments.adapters.fake_stripe.store import Object, Transaction
from banksia.foundation.payments.adapters.fake_stripe.world import World

_OBJECTS = {"refund_failure": "refund", "adjustment": "dispute", "payout_failure": "payout"}


def add_entries(world: World, transaction: Transaction, wanted: Any) -> list[Object]:
    """Write balance transactions: ``[{"type", "source", "amount", "fee", "created", "reporting_category"}, ...]``.

    The source of a charge is a payment intent. What does not exist yet is made up; Stripe's own fees have no source.
    """
    if not isinstance(wanted, list):
        raise ApiError("Send a list of balance transactions.")
    return [_added(world, transaction, each) for each in wanted]


def _added(world: World, transaction: Transaction, wanted: dict[str, Any]) -> Object:
    source, kind = wanted.get("source"), str(wanted.get("type", "charge"))
    if kind == "charge":
        charge = {"id": f"ch_{source}", "object": "charge", "created": world.now(), "payment_intent": source}
        source = transaction.put(charge | {"metadata": wanted.get("metadata", {}), "paid": True})["id"]
    elif source and transaction.get(source) is None:
        stub = {"id": source, "object": _OBJECTS.get(kind, kind), "created": world.now()}
        transaction.put(stub | {"metadata": wanted.get("metadata", {})})
    return charges.balance_transaction(
        world,
        transaction,
        source,
        kind,
        int(wanted["amount"]),
        int(wanted.get("fee", 0)),
        "aud",
        **{name: wanted[name] for name in ("created", "reporting_category") if name in wanted},
    )


def forget_entries(transaction: Transaction, source: str) -> int:
    """Remove what the books say about a payment intent, refund, dispute or payout; answers how much that was."""
    intent = transaction.get(source, "payment_intent")
    named = intent["latest_charge"] if intent else source
    found = [each["id"] for each in transaction.newest_first("balance_transaction") if each["source"] == named]
    if not found:
        raise no_such("balance_transaction", source)
    for identifier in found:
        transaction.sql.execute("DELETE FROM objects WHERE id = ?", (identifier,))
    return len(found)

"""Events: what happened at the provider, listed for a month and sent to the webhook endpoint."""

from typing import Any

from banksia.foundation.payments.adapters.fake_stripe import faults
from banksia.foundation.payments.adapters.fake_stripe.store import Object, Transaction, new_id
from banksia.foundation.payments.adapters.fake_stripe.world import ACCOUNT, API_VERSION, World


def visible(thing: Object) -> Object:
    """An object as the API shows it: without what the fake only keeps for itself."""
    return {key: value for key, value in thing.items() if not key.startswith("_")}


def record(world: World, transaction: Transaction, kind: str, thing: Object) -> Object:
    """Write an event about an object and queue its delivery, in the transaction that changed the object."""
    event: dict[str, Any] = {
        "id": new_id("evt"),
        "object": "event",
        "account": ACCOUNT,
        "api_version": API_VERSION,
        "created": world.now(),
        "data": {"object": visible(thing)},
        "livemode": thing.get("livemode", False),
        "pending_webhooks": 1 if world.webhook_url else 0,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
    transaction.put(event)
    if world.webhook_url:
        _queue(world, transaction, event)
    return event


def _queue(world: World, transaction: Transaction, event: Object) -> None:
    fault = faults.take(transaction, faults.WEBHOOK_FAULTS, event_type=event["type"])
    kind = fault.kind if fault else None
    if kind == "dropped":
        return
    (position,) = transaction.sql.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM deliveries").fetchone()
    held_s = {"delayed": 3.0, "reordered": 0.5}.get(kind or "", 0.0)
    transaction.sql.execute(
        "INSERT INTO deliveries (event_id, position, due_at, copies, concurrent, signing) VALUES (?, ?, ?, ?, ?, ?)",
        (
            event["id"],
            -position if kind == "reordered" else position,
            world.clock() + (fault.number("seconds", held_s) if fault and held_s else 0.0),
            int(fault.number("copies", 2)) if fault and kind in {"duplicate", "concurrent"} else 1,
            int(kind == "concurrent"),
            kind if kind in {"wrong_secret", "stale"} else "right",
        ),
    )

"""Payouts: what has come in is sent to the council's bank, and can come back from it."""

from typing import Any

from banksia.foundation.payments.adapters.fake_stripe import charges, event_log
from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError
from banksia.foundation.payments.adapters.fake_stripe.forms import Form
from banksia.foundation.payments.adapters.fake_stripe.params import page_of, text, window
from banksia.foundation.payments.adapters.fake_stripe.store import Object, Transaction, new_id
from banksia.foundation.payments.adapters.fake_stripe.world import World

TRAVELS_FOR_S = 2 * 86400


def make_payout(world: World, transaction: Transaction) -> Object:
    """Send everything that has not been sent yet to the bank; on its way until it is paid or comes back."""
    entries = [each for each in transaction.newest_first("balance_transaction") if not each.get("_payout")]
    amount = sum(each["net"] for each in entries)
    if amount <= 0:
        raise ApiError("You have insufficient funds in your Stripe account for a payout.", code="balance_insufficient")
    identifier = new_id("po")
    for each in entries:
        transaction.put(each | {"_payout": identifier, "status": "available"})
    entry = charges.balance_transaction(world, transaction, identifier, "payout", -amount, 0, "aud")
    transaction.put(entry | {"_payout": identifier})
    payout = transaction.put(_new_payout(world, identifier, amount, entry["id"]))
    event_log.record(world, transaction, "payout.created", payout)
    return payout


def act(world: World, transaction: Transaction, identifier: str, action: str) -> Object:
    """It reaches the bank (`pay`), or the bank sends it back (`fail`)."""
    if action not in ("pay", "fail"):
        raise ApiError(f"Unknown action: {action}", status=404)
    payout = retrieve_payout(world, transaction, {}, identifier)
    if action == "pay":
        payout["status"] = "paid"
        transaction.put(payout)
        event_log.record(world, transaction, "payout.paid", payout)
        return payout
    entry = charges.balance_transaction(world, transaction, identifier, "payout_failure", payout["amount"], 0, "aud")
    payout |= {
        "status": "failed",
        "failure_balance_transaction": entry["id"],
        "failure_code": "account_closed",
        "failure_message": "The bank account has been closed.",
    }
    transaction.put(payout)
    event_log.record(world, transaction, "payout.failed", payout)
    return payout


def retrieve_payout(_world: World, transaction: Transaction, _form: Form, identifier: str) -> Object:
    """GET /v1/payouts/{id}."""
    return transaction.needed(identifier, "payout", param="payout")


def list_payouts(_world: World, transaction: Transaction, form: Form) -> Object:
    """GET /v1/payouts, newest first, by ``created`` and ``status``."""
    created_from, created_to = window(form)
    status = text(form, "status")
    payouts = (
        payout
        for payout in transaction.newest_first("payout", created_from=created_from, created_to=created_to)
        if status in (None, payout["status"])
    )
    return page_of(payouts, form, "/v1/payouts")


def _new_payout(world: World, identifier: str, amount: int, entry_id: str) -> dict[str, Any]:
    return {
        "id": identifier,
        "object": "payout",
        "amount": amount,
        "arrival_date": (world.now() + TRAVELS_FOR_S) // 86400 * 86400,
        "automatic": True,
        "balance_transaction": entry_id,
        "created": world.now(),
        "currency": "aud",
        "description": "STRIPE PAYOUT",
        "destination": new_id("ba"),
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "reconciliation_status": "completed",
        "source_type": "card",
        "statement_descriptor": None,
        "status": "in_transit",
        "type": "bank_account",
    }

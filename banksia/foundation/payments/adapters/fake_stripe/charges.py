"""Payment intents, charges and balance transactions: what exists once someone has pressed Pay."""

from typing import Any

from banksia.foundation.payments.adapters.fake_stripe import event_log
from banksia.foundation.payments.adapters.fake_stripe.forms import Form
from banksia.foundation.payments.adapters.fake_stripe.params import page_of, text, window
from banksia.foundation.payments.adapters.fake_stripe.store import Object, Transaction, new_id
from banksia.foundation.payments.adapters.fake_stripe.world import World

FEE_PER_THOUSAND = 17
FEE_FIXED_CENTS = 30
"""Stripe's published price for an Australian card: 1.7% + 30 cents."""
DECLINED = {
    "code": "card_declined",
    "decline_code": "generic_decline",
    "doc_url": "https://docs.stripe.com/error-codes/card-declined",
    "message": "Your card was declined.",
    "type": "card_error",
}


def fee_cents(amount_cents: int) -> int:
    """What Stripe keeps of a charge, half a cent rounded up."""
    return (amount_cents * FEE_PER_THOUSAND + 500) // 1000 + FEE_FIXED_CENTS


def new_payment_intent(world: World, transaction: Transaction, session: Object) -> Object:
    """The intent of a session, made when the customer first tries to pay."""
    intent: dict[str, Any] = {
        "id": new_id("pi"),
        "object": "payment_intent",
        "amount": session["amount_total"],
        "amount_received": 0,
        "capture_method": "automatic_async",
        "client_secret": None,
        "created": world.now(),
        "currency": session["currency"],
        "description": session["_description"],
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": session["livemode"],
        "metadata": session["_intent_metadata"],
        "payment_method_types": ["card"],
        "receipt_email": None,
        "status": "requires_payment_method",
    }
    transaction.put(intent)
    event_log.record(world, transaction, "payment_intent.created", intent)
    return intent


def decline(world: World, transaction: Transaction, intent: Object) -> Object:
    """The bank says no: the intent waits for another card."""
    charge = _new_charge(world, intent, paid=False)
    transaction.put(charge)
    intent |= {"last_payment_error": DECLINED, "latest_charge": charge["id"], "status": "requires_payment_method"}
    transaction.put(intent)
    event_log.record(world, transaction, "charge.failed", charge)
    event_log.record(world, transaction, "payment_intent.payment_failed", intent)
    return intent


def succeed(world: World, transaction: Transaction, intent: Object) -> Object:
    """The money is taken: a charge and the balance transaction that carries Stripe's fee."""
    charge = _new_charge(world, intent, paid=True)
    entry = balance_transaction(
        world, transaction, charge["id"], "charge", intent["amount"], fee_cents(intent["amount"]), intent["currency"]
    )
    charge["balance_transaction"] = entry["id"]
    transaction.put(charge)
    intent |= {
        "amount_received": intent["amount"],
        "last_payment_error": None,
        "latest_charge": charge["id"],
        "status": "succeeded",
    }
    transaction.put(intent)
    event_log.record(world, transaction, "charge.succeeded", charge)
    event_log.record(world, transaction, "payment_intent.succeeded", intent)
    return intent


def balance_transaction(
    world: World,
    transaction: Transaction,
    source: str | None,
    kind: str,
    amount: int,
    fee: int,
    currency: str,
    **given: Any,
) -> Object:
    """One movement of the account's balance, in cents; negative takes out. What is `given` is said instead."""
    return transaction.put(
        {
            "id": new_id("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": world.now() + 2 * 86400,
            "balance_type": "payments",
            "created": world.now(),
            "currency": currency,
            "description": None,
            "exchange_rate": None,
            "fee": fee,
            "fee_details": [
                {"amount": fee, "application": None, "currency": currency, "description": "Stripe processing fees"}
            ]
            if fee
            else [],
            "net": amount - fee,
            "reporting_category": kind,
            "source": source,
            "status": "pending",
            "type": kind,
        }
        | given
    )


def retrieve_payment_intent(_world: World, transaction: Transaction, _form: Form, identifier: str) -> Object:
    """GET /v1/payment_intents/{id}."""
    return transaction.needed(identifier, "payment_intent", param="intent")


def retrieve_charge(_world: World, transaction: Transaction, _form: Form, identifier: str) -> Object:
    """GET /v1/charges/{id}."""
    return transaction.needed(identifier, "charge")


def retrieve_balance_transaction(_world: World, transaction: Transaction, _form: Form, identifier: str) -> Object:
    """GET /v1/balance_transactions/{id}."""
    return transaction.needed(identifier, "balance_transaction")


def list_balance_transactions(_world: World, transaction: Transaction, form: Form) -> Object:
    """GET /v1/balance_transactions, newest first, by ``created``, ``source``, ``type`` and ``payout``."""
    created_from, created_to = window(form)
    source, kind, payout = text(form, "source"), text(form, "type"), text(form, "payout")
    after = text(form, "starting_after")
    if after is not None:
        transaction.needed(after, "balance_transaction")
    entries = (
        entry
        for entry in transaction.newest_first(
            "balance_transaction", created_from=created_from, created_to=created_to, after=after
        )
        if source in (None, entry["source"])
        and kind in (None, entry["type"])
        and payout in (None, entry.get("_payout"))
    )
    rest = {name: value for name, value in form.items() if name != "starting_after"}
    return page_of(entries, rest, "/v1/balance_transactions")


def _new_charge(world: World, intent: Object, *, paid: bool) -> Object:
    return {
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if paid else 0,
        "amount_refunded": 0,
        "balance_transaction": None,
        "captured": paid,
        "created": world.now(),
        "currency": intent["currency"],
        "description": intent["description"],
        "disputed": False,
        "failure_code": None if paid else DECLINED["code"],
        "failure_message": None if paid else DECLINED["message"],
        "livemode": intent["livemode"],
        "metadata": intent["metadata"],
        "paid": paid,
        "payment_intent": intent["id"],
        "payment_method_details": {"card": {"brand": "visa", "last4": "4242"}, "type": "card"},
        "refunded": False,
        "status": "succeeded" if paid else "failed",
    }

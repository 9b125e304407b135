"""Refunds: never above what was charged, and able to fail long after they seemed done."""

from banksia.foundation.payments.adapters.fake_stripe import charges, event_log, faults
from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError, missing
from banksia.foundation.payments.adapters.fake_stripe.forms import Form
from banksia.foundation.payments.adapters.fake_stripe.params import (
    integer,
    metadata,
    page_of,
    refuse_unknown,
    text,
    window,
)
from banksia.foundation.payments.adapters.fake_stripe.store import Object, Transaction, new_id
from banksia.foundation.payments.adapters.fake_stripe.world import World

REASONS = ("duplicate", "fraudulent", "requested_by_customer")
FAILURE_REASONS = ("expired_or_canceled_card", "lost_or_stolen_card", "insufficient_funds", "unknown")


def create_refund(world: World, transaction: Transaction, form: Form) -> Object:
    """POST /v1/refunds by payment intent or charge; the whole rest unless an amount is given."""
    refuse_unknown(form, ("amount", "charge", "metadata", "payment_intent", "reason"))
    charge = _charge_of(transaction, form)
    left = charge["amount_captured"] - charge["amount_refunded"]
    if charge["disputed"]:
        raise ApiError(f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed")
    if left == 0:
        raise ApiError(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = integer(form, "amount", lowest=1)
    if amount is not None and amount > left:
        raise ApiError(
            f"Refund amount (${amount / 100:.2f}) is greater than unrefunded amount on charge (${left / 100:.2f})",
            param="amount",
        )
    reason = text(form, "reason")
    if reason is not None and reason not in REASONS:
        raise ApiError(f"Invalid reason: must be one of {', '.join(REASONS)}", param="reason")
    pending = faults.take(transaction, faults.REFUND_FAULTS) is not None
    refund = _new_refund(world, transaction, charge, amount or left, "pending" if pending else "succeeded")
    refund |= {"metadata": metadata(form), "reason": reason}
    transaction.put(refund)
    _put_back(transaction, charge, -refund["amount"])
    event_log.record(world, transaction, "refund.created", refund)
    event_log.record(world, transaction, "charge.refunded", charge)
    return refund


def retrieve_refund(_world: World, transaction: Transaction, _form: Form, identifier: str) -> Object:
    """GET /v1/refunds/{id}."""
    return transaction.needed(identifier, "refund")


def list_refunds(_world: World, transaction: Transaction, form: Form) -> Object:
    """GET /v1/refunds, newest first, by ``created``, ``charge`` and ``payment_intent``."""
    created_from, created_to = window(form)
    charge, intent = text(form, "charge"), text(form, "payment_intent")
    refunds = (
        refund
        for refund in transaction.newest_first("refund", created_from=created_from, created_to=created_to)
        if charge in (None, refund["charge"]) and intent in (None, refund["payment_intent"])
    )
    return page_of(refunds, form, "/v1/refunds")


def settle_refund(world: World, transaction: Transaction, identifier: str) -> Object:
    """A pending refund reaches the customer's bank."""
    refund = retrieve_refund(world, transaction, {}, identifier)
    if refund["status"] == "pending":
        refund["status"] = "succeeded"
        transaction.put(refund)
        event_log.record(world, transaction, "refund.updated", refund)
    return refund


def fail_refund(world: World, transaction: Transaction, identifier: str, reason: str = "unknown") -> Object:
    """The customer's bank sends the money back, days later: the balance is ours again."""
    if reason not in FAILURE_REASONS:
        raise ApiError(f"Unknown reason: must be one of {', '.join(FAILURE_REASONS)}", param="reason")
    refund = retrieve_refund(world, transaction, {}, identifier)
    if refund["status"] == "failed":
        return refund
    charge = transaction.needed(refund["charge"], "charge")
    entry = charges.balance_transaction(
        world, transaction, refund["id"], "refund_failure", refund["amount"], 0, refund["currency"]
    )
    refund |= {"status": "failed", "failure_reason": reason, "failure_balance_transaction": entry["id"]}
    transaction.put(refund)
    _put_back(transaction, charge, refund["amount"])
    event_log.record(world, transaction, "refund.updated", refund)
    event_log.record(world, transaction, "refund.failed", refund)
    return refund


def _charge_of(transaction: Transaction, form: Form) -> Object:
    intent_id, charge_id = text(form, "payment_intent"), text(form, "charge")
    if intent_id is None and charge_id is None:
        raise missing("payment_intent")
    if charge_id is None and intent_id is not None:
        intent = transaction.needed(intent_id, "payment_intent", param="payment_intent")
        charge_id = intent["latest_charge"]
        if intent["status"] != "succeeded":
            raise ApiError("This PaymentIntent does not have a successful charge to refund.", param="payment_intent")
    return transaction.needed(charge_id or "", "charge", param="charge")


def _new_refund(world: World, transaction: Transaction, charge: Object, amount: int, status: str) -> Object:
    identifier = new_id("re")
    entry = charges.balance_transaction(world, transaction, identifier, "refund", -amount, 0, charge["currency"])
    return {
        "id": identifier,
        "object": "refund",
        "amount": amount,
        "balance_transaction": entry["id"],
        "charge": charge["id"],
        "created": world.now(),
        "currency": charge["currency"],
        "failure_balance_transaction": None,
        "failure_reason": None,
        "payment_intent": charge["payment_intent"],
        "receipt_number": None,
        "status": status,
    }


def _put_back(transaction: Transaction, charge: Object, amount: int) -> None:
    charge["amount_refunded"] -= amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    transaction.put(charge)

"""Disputes: a payer's bank takes a payment back, hears the council, and decides."""

from typing import Any

from banksia.foundation.payments.adapters.fake_stripe import charges, event_log
from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError, no_such
from banksia.foundation.payments.adapters.fake_stripe.forms import Form
from banksia.foundation.payments.adapters.fake_stripe.params import page_of, text, window
from banksia.foundation.payments.adapters.fake_stripe.store import Object, Transaction, new_id
from banksia.foundation.payments.adapters.fake_stripe.world import World

DISPUTE_FEE_CENTS = 2500
"""Stripe's published fee for a dispute in Australia; it is kept whoever wins."""
ANSWER_WITHIN_S = 7 * 86400
REASONS = (
    "bank_cannot_process", "check_returned", "credit_not_processed", "customer_initiated", "debit_not_authorized",
    "duplicate", "fraudulent", "general", "incorrect_account_details", "insufficient_funds", "noncompliant",
    "product_not_received", "product_unacceptable", "subscription_canceled", "unrecognized",
)  # fmt: skip
OPEN = ("needs_response", "under_review")


def open_dispute(
    world: World, transaction: Transaction, identifier: str, reason: str = "fraudulent", amount: int | None = None
) -> Object:
    """The payer's bank takes a charge back, all of it or a part; named by the charge or its payment intent."""
    if reason not in REASONS:
        raise ApiError(f"Unknown reason: must be one of {', '.join(REASONS)}", param="reason")
    intent = transaction.get(identifier, "payment_intent")
    charge = transaction.get(intent["latest_charge"] if intent else identifier, "charge")
    if charge is None or not charge["paid"]:
        raise no_such("charge", identifier)
    dispute = transaction.put(_new_dispute(world, charge, reason, amount or charge["amount"]))
    charge["disputed"] = True
    transaction.put(charge)
    event_log.record(world, transaction, "charge.dispute.created", dispute)
    _move_funds(world, transaction, dispute, -dispute["amount"], DISPUTE_FEE_CENTS, "dispute")
    event_log.record(world, transaction, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def act(world: World, transaction: Transaction, identifier: str, action: str) -> Object:
    """What happens next: `respond` (the council has answered), `win` or `lose`."""
    if action not in ("respond", "win", "lose"):
        raise ApiError(f"Unknown action: {action}", status=404)
    dispute = retrieve_dispute(world, transaction, {}, identifier)
    if dispute["status"] not in OPEN:
        raise ApiError(f"This dispute is {dispute['status']} already.")
    if action == "respond":
        dispute["status"] = "under_review"
        dispute["evidence_details"] |= {"has_evidence": True, "submission_count": 1}
        transaction.put(dispute)
        event_log.record(world, transaction, "charge.dispute.updated", dispute)
        return dispute
    dispute["status"] = {"win": "won", "lose": "lost"}[action]
    transaction.put(dispute)
    event_log.record(world, transaction, "charge.dispute.closed", dispute)
    if action == "win":
        _move_funds(world, transaction, dispute, dispute["amount"], 0, "dispute_reversal")
        event_log.record(world, transaction, "charge.dispute.funds_reinstated", dispute)
    return dispute


def retrieve_dispute(_world: World, transaction: Transaction, _form: Form, identifier: str) -> Object:
    """GET /v1/disputes/{id}."""
    return transaction.needed(identifier, "dispute", param="dispute")


def list_disputes(_world: World, transaction: Transaction, form: Form) -> Object:
    """GET /v1/disputes, newest first, by ``created``, ``charge`` and ``payment_intent``."""
    created_from, created_to = window(form)
    charge, intent = text(form, "charge"), text(form, "payment_intent")
    disputes = (
        dispute
        for dispute in transaction.newest_first("dispute", created_from=created_from, created_to=created_to)
        if charge in (None, dispute["charge"]) and intent in (None, dispute["payment_intent"])
    )
    return page_of(disputes, form, "/v1/disputes")


def _move_funds(world: World, transaction: Transaction, dispute: Object, amount: int, fee: int, category: str) -> None:
    entry = charges.balance_transaction(
        world, transaction, dispute["id"], "adjustment", amount, fee, dispute["currency"], reporting_category=category
    )
    dispute["balance_transactions"].append(event_log.visible(entry))
    transaction.put(dispute)


def _new_dispute(world: World, charge: Object, reason: str, amount: int) -> dict[str, Any]:
    return {
        "id": new_id("du"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": world.now(),
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {},
        "evidence_details": {
            "due_by": world.now() + ANSWER_WITHIN_S,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": charge["livemode"],
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {"brand": "visa", "case_type": "chargeback", "network_reason_code": "10.4"},
            "type": "card",
        },
        "reason": reason,
        "status": "needs_response",
    }

"""Checkout Sessions: created by the server, paid or left by a customer, expired by time or request."""

from typing import Any

from banksia.foundation.payments.adapters.fake_stripe import charges, event_log, faults
from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError, missing
from banksia.foundation.payments.adapters.fake_stripe.forms import Form
from banksia.foundation.payments.adapters.fake_stripe.params import (
    integer,
    mapping,
    metadata,
    needed_text,
    page_of,
    refuse_unknown,
    text,
    window,
)
from banksia.foundation.payments.adapters.fake_stripe.store import Object, Transaction, new_id
from banksia.foundation.payments.adapters.fake_stripe.world import World

SMALLEST_CENTS = 50
LARGEST_CENTS = 99_999_999
MOST_LINES = 100
SHORTEST_LIFE_S = 30 * 60
LONGEST_LIFE_S = 24 * 3600
_PARAMETERS = (
    "branding_settings", "cancel_url", "client_reference_id", "currency", "customer_email", "expires_at",
    "line_items", "locale", "metadata", "mode", "payment_intent_data", "payment_method_types", "submit_type",
    "success_url", "ui_mode",
)  # fmt: skip


def create_session(world: World, transaction: Transaction, form: Form) -> Object:
    """POST /v1/checkout/sessions in mode ``payment`` with inline prices."""
    refuse_unknown(form, _PARAMETERS)
    if needed_text(form, "mode") != "payment":
        raise ApiError("This fake knows the mode 'payment' only.", param="mode")
    lines = _line_items(form)
    total = sum(line["amount_total"] for line in lines)
    _check_amount(total)
    intent_data = mapping(form, "payment_intent_data")
    identifier = new_id("cs_test", 58)
    return transaction.put(
        {
            "id": identifier,
            "object": "checkout.session",
            "amount_subtotal": total,
            "amount_total": total,
            "branding_settings": mapping(form, "branding_settings") or None,
            "cancel_url": text(form, "cancel_url"),
            "client_reference_id": text(form, "client_reference_id", longest=200),
            "created": world.now(),
            "currency": lines[0]["currency"],
            "customer_details": None,
            "customer_email": _email(form),
            "expires_at": _expires_at(world, form),
            "livemode": False,
            "locale": text(form, "locale"),
            "metadata": metadata(form),
            "mode": "payment",
            "payment_intent": None,
            "payment_method_types": ["card"],
            "payment_status": "unpaid",
            "status": "open",
            "success_url": needed_text(form, "success_url"),
            "ui_mode": "hosted_page",
            "url": f"{world.page_url}/pay/{identifier}",
            "_lines": lines,
            "_intent_metadata": metadata(intent_data),
            "_description": text(intent_data, "description"),
        }
    )


def retrieve_session(world: World, transaction: Transaction, _form: Form, identifier: str) -> Object:
    """GET /v1/checkout/sessions/{id}."""
    session = transaction.needed(identifier, "checkout.session", param="session")
    return _expire_when_due(world, transaction, session)


def list_sessions(world: World, transaction: Transaction, form: Form) -> Object:
    """GET /v1/checkout/sessions, newest first, by ``created``, ``status`` and ``payment_intent``."""
    created_from, created_to = window(form)
    status, intent = text(form, "status"), text(form, "payment_intent")
    sessions = (
        _expire_when_due(world, transaction, session)
        for session in list(
            transaction.newest_first("checkout.session", created_from=created_from, created_to=created_to)
        )
    )
    wanted = (
        session
        for session in sessions
        if status in (None, session["status"]) and intent in (None, session["payment_intent"])
    )
    return page_of(wanted, form, "/v1/checkout/sessions")


def list_line_items(world: World, transaction: Transaction, form: Form, identifier: str) -> Object:
    """GET /v1/checkout/sessions/{id}/line_items."""
    session = retrieve_session(world, transaction, form, identifier)
    return page_of(session["_lines"], form, f"/v1/checkout/sessions/{identifier}/line_items")


def expire_session(world: World, transaction: Transaction, form: Form, identifier: str) -> Object:
    """POST /v1/checkout/sessions/{id}/expire, for open sessions only."""
    session = retrieve_session(world, transaction, form, identifier)
    if session["status"] != "open":
        raise ApiError(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session['status']}`."
        )
    return _expire(world, transaction, session)


def expire_overdue(world: World, transaction: Transaction) -> None:
    """Expire what nobody has looked at since its time ran out, so that its event is sent."""
    overdue = transaction.sql.execute(
        "SELECT id FROM objects WHERE kind = 'checkout.session' "
        "AND json_extract(body, '$.status') = 'open' AND json_extract(body, '$.expires_at') <= ?",
        (world.now(),),
    ).fetchall()
    for (identifier,) in overdue:
        retrieve_session(world, transaction, {}, identifier)


def pay(world: World, transaction: Transaction, session: Object) -> Object:
    """The customer pays. A session that is no longer open stays as it is: a second click is no second payment."""
    return _take_payment(world, transaction, session) if session["status"] == "open" else session


def pay_although_expired(world: World, transaction: Transaction, session: Object) -> Object:
    """The race that happens in life: the bank's yes arrives after the session was expired."""
    return session if session["payment_status"] == "paid" else _take_payment(world, transaction, session)


def decline(world: World, transaction: Transaction, session: Object) -> Object:
    """The bank refuses; the session stays open for another try."""
    if session["status"] != "open":
        return session
    intent = _intent_of(world, transaction, session)
    charges.decline(world, transaction, intent)
    session["_declined"] = True
    return transaction.put(session)


def _take_payment(world: World, transaction: Transaction, session: Object) -> Object:
    _apply_fault(transaction, session)
    intent = _intent_of(world, transaction, session)
    intent |= {"amount": session["amount_total"], "currency": session["currency"], "livemode": session["livemode"]}
    charges.succeed(world, transaction, intent)
    session |= {
        "status": "complete",
        "payment_status": "paid",
        "customer_details": {"email": session["customer_email"]},
        "url": None,
    }
    transaction.put(session)
    event_log.record(world, transaction, "checkout.session.completed", session)
    return session


def _apply_fault(transaction: Transaction, session: Object) -> None:
    fault = faults.take(transaction, faults.PAYMENT_FAULTS)
    if fault is None:
        return
    wrong = {
        "amount_mismatch": {"amount_total": session["amount_total"] - int(fault.number("cents", 100))},
        "currency_mismatch": {"currency": "usd"},
        "reference_mismatch": {"client_reference_id": "another-reference"},
        "livemode_mismatch": {"livemode": True},
    }
    session |= wrong[fault.kind]


def _intent_of(world: World, transaction: Transaction, session: Object) -> Object:
    known = session["payment_intent"]
    intent = transaction.get(known, "payment_intent") if known else None
    if intent is None:
        intent = charges.new_payment_intent(world, transaction, session)
        session["payment_intent"] = intent["id"]
    return intent


def _expire_when_due(world: World, transaction: Transaction, session: Object) -> Object:
    due = session["status"] == "open" and session["expires_at"] <= world.now()
    return _expire(world, transaction, session) if due else session


def _expire(world: World, transaction: Transaction, session: Object) -> Object:
    session |= {"status": "expired", "url": None}
    transaction.put(session)
    event_log.record(world, transaction, "checkout.session.expired", session)
    return session


def _check_amount(total: int) -> None:
    if total < SMALLEST_CENTS:
        raise ApiError(
            "The Checkout Session's total amount must convert to at least 50 cents. "
            f"A${total / 100:.2f} is below that.",
            code="amount_too_small",
        )
    if total > LARGEST_CENTS:
        raise ApiError(
            "The Checkout Session's total amount due must be no more than A$999,999.99.", code="amount_too_large"
        )


def _email(form: Form) -> str | None:
    email = text(form, "customer_email", longest=800)
    if email is not None and ("@" not in email or " " in email):
        raise ApiError(f"Invalid email address: {email}", code="email_invalid", param="customer_email")
    return email


def _expires_at(world: World, form: Form) -> int:
    wanted = integer(form, "expires_at")
    if wanted is None:
        return world.now() + LONGEST_LIFE_S
    # Stripe measures from its own clock; a few seconds of travel are forgiven.
    if wanted < world.now() + SHORTEST_LIFE_S - 60 or wanted > world.now() + LONGEST_LIFE_S + 60:
        raise ApiError(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.",
            param="expires_at",
        )
    return wanted


def _line_items(form: Form) -> list[dict[str, Any]]:
    wanted = form.get("line_items")
    if not isinstance(wanted, list) or not wanted:
        raise missing("line_items")
    if len(wanted) > MOST_LINES:
        raise ApiError(f"A Checkout Session may have up to {MOST_LINES} line items.", param="line_items")
    lines = [_line_item(line, index) for index, line in enumerate(wanted)]
    if len({line["currency"] for line in lines}) > 1:
        raise ApiError("All prices on a Checkout Session must have the same currency.", param="line_items")
    return lines


def _line_item(line: Any, index: int) -> dict[str, Any]:
    at = f"line_items[{index}]"
    if not isinstance(line, dict) or not isinstance(line.get("price_data"), dict):
        raise missing(f"{at}[price_data]")
    price = line["price_data"]
    name = needed_text(mapping(price, "product_data"), "name", longest=250)
    quantity = integer(line, "quantity", lowest=1, highest=999_999) or 1
    unit = integer(price, "unit_amount")
    if unit is None:
        raise missing(f"{at}[price_data][unit_amount]")
    currency = needed_text(price, "currency").lower()
    return {
        "id": new_id("li"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": unit * quantity,
        "amount_tax": 0,
        "amount_total": unit * quantity,
        "currency": currency,
        "description": name,
        "price": {"id": new_id("price"), "object": "price", "currency": currency, "unit_amount": unit},
        "quantity": quantity,
    }

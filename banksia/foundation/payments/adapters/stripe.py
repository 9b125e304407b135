"""Stripe through its official SDK: hosted Checkout by redirect, so that no card data ever reaches us."""

import datetime
import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import stripe

from banksia.foundation.payments.adapters.provider import (
    AccountChecked,
    Checkout,
    CheckoutLine,
    CheckoutRequest,
    CheckoutStatus,
    KeyNotAccepted,
    Movement,
    ProviderDispute,
    ProviderDown,
    ProviderEvent,
    ProviderPayout,
    ProviderRefund,
    ProviderRefused,
    ProviderUnknown,
    RefundRequest,
    RefundStatus,
    SignatureInvalid,
)
from banksia.foundation.payments.adapters.stripe_books import read_dispute, read_movement, read_payout, uuid_in

if TYPE_CHECKING:
    from stripe.params.checkout._session_create_params import SessionCreateParams, SessionCreateParamsLineItem

AnswerT = TypeVar("AnswerT")

SIGNATURE_TOLERANCE_S = 300
CONNECT_WITHIN_S, ANSWER_WITHIN_S = 5.0, 20.0
LONGEST_LINE = 250
_MONEY_DETAILS = "payment_intent.latest_charge.balance_transaction"
_REFUND_STATES: dict[str, RefundStatus] = {
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "failed",
    "pending": "pending",
    "requires_action": "pending",
}


class StripeProvider:
    """One Stripe account."""

    name = "stripe"

    def __init__(self, secret_key: str, *, api_base: str, webhook_secrets: Sequence[str]) -> None:
        """Take the secret key, the API's address (Stripe's, or our fake's) and the webhook secrets in use."""
        self._secrets = [secret for secret in webhook_secrets if secret]
        self.takes_webhooks = bool(self._secrets)
        self.livemode = secret_key.startswith(("sk_live_", "rk_live_"))
        self._client = stripe.StripeClient(
            secret_key,
            base_addresses={"api": api_base},
            max_network_retries=1,
            http_client=stripe.RequestsClient(timeout=(CONNECT_WITHIN_S, ANSWER_WITHIN_S)),
        )

    def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Make a hosted page with the order's own prices inline; there is no price list at Stripe."""
        return _checkout(
            _asked(
                lambda: self._client.v1.checkout.sessions.create(
                    _session_params(request), {"idempotency_key": request.idempotency_key}
                )
            )
        )

    def retrieve_checkout(self, checkout_id: str) -> Checkout:
        """Ask for a session with what was paid on it."""
        return _checkout(
            _asked(lambda: self._client.v1.checkout.sessions.retrieve(checkout_id, {"expand": [_MONEY_DETAILS]}))
        )

    def find_checkout(self, reference: str, *, made_after: datetime.datetime) -> Checkout | None:
        """Stripe cannot filter by our reference, so walk the sessions made since, newest first."""
        sessions = _asked(
            lambda: self._client.v1.checkout.sessions.list(
                {"created": {"gte": int(made_after.timestamp()) - 60}, "limit": 100}
            )
        )
        for session in _each(sessions):
            if session["client_reference_id"] == reference:
                return self.retrieve_checkout(session["id"])
        return None

    def expire_checkout(self, checkout_id: str) -> Checkout:
        """Expire an open session; one that is no longer open is refused by Stripe, so ask how it ended."""
        try:
            _asked(lambda: self._client.v1.checkout.sessions.expire(checkout_id))
        except ProviderRefused:
            ended = self.retrieve_checkout(checkout_id)
            if ended.status == "open":
                raise
            return ended
        return self.retrieve_checkout(checkout_id)

    def refund(self, request: RefundRequest) -> ProviderRefund:
        """Send money back to the card that paid."""
        return _refund(
            _asked(
                lambda: self._client.v1.refunds.create(
                    {
                        "payment_intent": request.payment_id,
                        "amount": request.amount_cents,
                        "metadata": {
                            "organisation_id": str(request.organisation_id),
                            "reference": request.reference,
                        },
                    },
                    {"idempotency_key": request.idempotency_key},
                )
            )
        )

    def retrieve_refund(self, refund_id: str) -> ProviderRefund:
        """Ask for a refund as it is now."""
        return _refund(_asked(lambda: self._client.v1.refunds.retrieve(refund_id)))

    def find_refund(self, reference: str, *, payment_id: str) -> ProviderRefund | None:
        """Look among the refunds of one payment for ours."""
        refunds = _asked(lambda: self._client.v1.refunds.list({"payment_intent": payment_id, "limit": 100}))
        for refund in _each(refunds):
            if (_plain(refund).get("metadata") or {}).get("reference") == reference:
                return _refund(refund)
        return None

    def list_events(self, since: datetime.datetime) -> Iterator[ProviderEvent]:
        """Events of at most the last 30 days, newest first; Stripe keeps no older ones."""
        events = _asked(lambda: self._client.v1.events.list({"created": {"gte": int(since.timestamp())}, "limit": 100}))
        return (_event(_plain(event)) for event in _each(events))

    def retrieve_dispute(self, dispute_id: str) -> ProviderDispute:
        """Ask for a dispute with what it moved."""
        return read_dispute(_plain(_asked(lambda: self._client.v1.disputes.retrieve(dispute_id))))

    def list_transactions(self, since: datetime.datetime, until: datetime.datetime) -> Iterator[Movement]:
        """Balance transactions with what they are about, a hundred at a time."""
        created: Any = {"gte": int(since.timestamp()), "lt": int(until.timestamp()) + 1}
        return self._movements({"created": created})

    def transactions_of_payout(self, payout_id: str) -> Iterator[Movement]:
        """Stripe tells this of automatic payouts only, and refuses to for others."""
        return self._movements({"payout": payout_id})

    def _movements(self, which: Any) -> Iterator[Movement]:
        params: Any = {**which, "limit": 100, "expand": ["data.source"]}
        entries = _asked(lambda: self._client.v1.balance_transactions.list(params))
        return (read_movement(_plain(entry)) for entry in _each(entries))

    def list_payouts(self, since: datetime.datetime) -> Iterator[ProviderPayout]:
        """Payouts by when they were made."""
        payouts = _asked(
            lambda: self._client.v1.payouts.list({"created": {"gte": int(since.timestamp())}, "limit": 100})
        )
        return (read_payout(_plain(payout)) for payout in _each(payouts))

    def check_account(self) -> AccountChecked:
        """Whose key it is; that it moves real money is told by the key itself."""
        account = _asked(self._client.v1.accounts.retrieve_current)
        return AccountChecked(account["id"], self.livemode)

    def verify_webhook(self, payload: bytes, signature: str) -> ProviderEvent:
        """Try each secret: while one is being replaced, either may have signed."""
        for secret in self._secrets:
            try:
                stripe.WebhookSignature.verify_header(payload, signature, secret, SIGNATURE_TOLERANCE_S)
            except (stripe.SignatureVerificationError, UnicodeDecodeError):
                continue
            return _read_event(payload)
        message = "The webhook is not signed with a secret of ours, or was signed too long ago."
        raise SignatureInvalid(message)


def _session_params(request: CheckoutRequest) -> "SessionCreateParams":
    ours = {"organisation_id": str(request.organisation_id), "reference": request.reference}
    params: SessionCreateParams = {
        "mode": "payment",
        "client_reference_id": request.reference,
        "line_items": [_line_item(line, request.currency) for line in request.lines],
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "expires_at": int(request.expires_at.timestamp()),
        "metadata": ours,
        "payment_intent_data": {"metadata": ours, "description": request.description},
        "branding_settings": {"display_name": request.payee},
    }
    if request.payer_email:
        params["customer_email"] = request.payer_email
    return params


def _line_item(line: CheckoutLine, currency: str) -> "SessionCreateParamsLineItem":
    return {
        "quantity": 1,
        "price_data": {
            "currency": currency,
            "unit_amount": line.amount_cents,
            "product_data": {"name": line.description[:LONGEST_LINE]},
        },
    }


def _asked(call: Callable[[], AnswerT]) -> AnswerT:
    """Call Stripe and sort its errors into "perhaps", "no" and "not with this key"."""
    try:
        return call()
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        if error.code == "resource_missing":
            raise ProviderUnknown(error.user_message or str(error), code=error.code) from error
        raise ProviderRefused(error.user_message or str(error), code=error.code) from error
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        message = "The payment provider does not accept our key. An administrator has to check the payment settings."
        raise KeyNotAccepted(message, code="authentication") from error
    except stripe.StripeError as error:
        # A lost connection, a 5xx, a rate limit, or a key used with other parameters: it may have taken effect.
        raise ProviderDown(error.user_message or str(error)) from error


def _each(page: Any) -> Iterator[Any]:
    """Every entry of a list, page after page."""
    pages = page.auto_paging_iter()
    while True:
        entry = _asked(lambda: next(pages, None))
        if entry is None:
            return
        yield entry


def _plain(thing: Any) -> dict[str, Any]:
    """An SDK object as a dict, which it is not by itself."""
    plain: dict[str, Any] = thing.to_dict()
    return plain


def _checkout(answer: Any) -> Checkout:
    session = _plain(answer)
    intent = session.get("payment_intent")
    charge = intent.get("latest_charge") if isinstance(intent, dict) else None
    money = charge.get("balance_transaction") if isinstance(charge, dict) else None
    status: CheckoutStatus = session["status"]
    return Checkout(
        id=session["id"],
        status=status,
        paid=session["payment_status"] == "paid",
        url=session.get("url"),
        amount_cents=session["amount_total"],
        currency=session["currency"],
        reference=session.get("client_reference_id"),
        livemode=session["livemode"],
        payment_id=intent["id"] if isinstance(intent, dict) else intent,
        fee_cents=money["fee"] if isinstance(money, dict) else None,
        last_decline=((intent.get("last_payment_error") or {}).get("code") if isinstance(intent, dict) else None),
    )


def _refund(answer: Any) -> ProviderRefund:
    refund = _plain(answer)
    return ProviderRefund(
        id=refund["id"],
        status=_REFUND_STATES.get(refund["status"], "pending"),
        amount_cents=refund["amount"],
        failure_reason=refund.get("failure_reason"),
    )


def _read_event(payload: bytes) -> ProviderEvent:
    try:
        return _event(json.loads(payload))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = "The webhook is signed with our secret and is yet no event."
        raise SignatureInvalid(message) from error


def _event(event: dict[str, Any]) -> ProviderEvent:
    thing = event["data"]["object"]
    kind = thing.get("object") or ""
    ours = thing.get("metadata") or {}
    return ProviderEvent(
        id=event["id"],
        account=event.get("account") or "",
        type=event["type"],
        happened_at=datetime.datetime.fromtimestamp(event["created"], datetime.UTC),
        livemode=bool(event["livemode"]),
        object_kind=kind,
        object_id=thing.get("id") or "",
        organisation_id=uuid_in(ours.get("organisation_id")),
        reference=ours.get("reference") or thing.get("client_reference_id"),
        payment_id=thing["id"] if kind == "payment_intent" else thing.get("payment_intent"),
    )

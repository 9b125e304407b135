"""Events as the API lists them."""

from banksia.foundation.payments.adapters.fake_stripe.forms import Form
from banksia.foundation.payments.adapters.fake_stripe.params import page_of, text, window
from banksia.foundation.payments.adapters.fake_stripe.store import Object, Transaction
from banksia.foundation.payments.adapters.fake_stripe.world import ACCOUNT, World

KEPT_FOR_S = 30 * 86400


def list_events(world: World, transaction: Transaction, form: Form) -> Object:
    """GET /v1/events of the last 30 days, newest first, by ``created``, ``type`` and ``types``."""
    created_from, created_to = window(form)
    kind, kinds = text(form, "type"), form.get("types")
    events = (
        event
        for event in transaction.newest_first(
            "event", created_from=max(created_from, world.now() - KEPT_FOR_S), created_to=created_to
        )
        if kind in (None, event["type"]) and (not isinstance(kinds, list) or event["type"] in kinds)
    )
    return page_of(events, form, "/v1/events")


def retrieve_event(_world: World, transaction: Transaction, _form: Form, identifier: str) -> Object:
    """GET /v1/events/{id}."""
    return transaction.needed(identifier, "event")


def retrieve_account(_world: World, _transaction: Transaction, _form: Form) -> Object:
    """GET /v1/account: whose keys these are."""
    return {"id": ACCOUNT, "object": "account", "country": "AU", "default_currency": "aud", "type": "standard"}

"""The /v1 API: keys, idempotency, request faults, expansion, and Stripe's error shapes."""

import hashlib
import json
import re
import time
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from banksia.foundation.payments.adapters.fake_stripe import (
    charges,
    disputes,
    event_log,
    events,
    faults,
    payouts,
    refunds,
    sessions,
)
from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError, server_error
from banksia.foundation.payments.adapters.fake_stripe.forms import Form, parse_form
from banksia.foundation.payments.adapters.fake_stripe.store import Object, Transaction, new_id
from banksia.foundation.payments.adapters.fake_stripe.world import World

MAX_BODY_BYTES = 1_000_000
MAX_KEY_LENGTH = 255
_ENDPOINTS: tuple[tuple[str, str, Callable[..., Object]], ...] = (
    ("POST", r"/v1/checkout/sessions", sessions.create_session),
    ("GET", r"/v1/checkout/sessions", sessions.list_sessions),
    ("GET", r"/v1/checkout/sessions/([^/]+)", sessions.retrieve_session),
    ("GET", r"/v1/checkout/sessions/([^/]+)/line_items", sessions.list_line_items),
    ("POST", r"/v1/checkout/sessions/([^/]+)/expire", sessions.expire_session),
    ("GET", r"/v1/payment_intents/([^/]+)", charges.retrieve_payment_intent),
    ("GET", r"/v1/charges/([^/]+)", charges.retrieve_charge),
    ("GET", r"/v1/balance_transactions", charges.list_balance_transactions),
    ("GET", r"/v1/balance_transactions/([^/]+)", charges.retrieve_balance_transaction),
    ("POST", r"/v1/refunds", refunds.create_refund),
    ("GET", r"/v1/refunds", refunds.list_refunds),
    ("GET", r"/v1/refunds/([^/]+)", refunds.retrieve_refund),
    ("GET", r"/v1/disputes", disputes.list_disputes),
    ("GET", r"/v1/disputes/([^/]+)", disputes.retrieve_dispute),
    ("GET", r"/v1/payouts", payouts.list_payouts),
    ("GET", r"/v1/payouts/([^/]+)", payouts.retrieve_payout),
    ("GET", r"/v1/events", events.list_events),
    ("GET", r"/v1/events/([^/]+)", events.retrieve_event),
    ("GET", r"/v1/account", events.retrieve_account),
)


def api_route(world: World) -> Route:
    """One route for all of /v1, because what Stripe does around an endpoint is the same for each."""

    async def answer(request: Request) -> Response:
        body = await request.body()
        return await run_in_threadpool(_answer, world, request, body)

    return Route("/v1/{rest:path}", answer, methods=["GET", "POST", "DELETE", "PUT", "PATCH"])


def _answer(world: World, request: Request, body: bytes) -> Response:
    method, path = request.method, request.url.path
    try:
        _authenticate(world, request)
        with world.store.transaction() as transaction:
            fault = faults.take(transaction, faults.REQUEST_FAULTS, method=method, path=path)
        if fault is not None and fault.kind == "error_before_effect":
            raise server_error()
        form, run = _resolve(request, body)
        with world.store.transaction() as transaction:
            status, thing, replayed = _once(
                world, transaction, request, form, run, broken=bool(fault and fault.kind == "error_after_effect")
            )
    except ApiError as refused:
        status, thing, replayed, fault = refused.status, refused.body(), False, None
    if fault is not None and fault.kind == "lost_answer":
        time.sleep(fault.number("seconds", 3))
    headers = {"Request-Id": new_id("req", 14), "Idempotent-Replayed": "true"} if replayed else {
        "Request-Id": new_id("req", 14)
    }  # fmt: skip
    return Response(json.dumps(thing, indent=2), status, headers=headers, media_type="application/json")


def _authenticate(world: World, request: Request) -> None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise ApiError(
            "You did not provide an API key. You need to provide your API key in the Authorization header, "
            "using Bearer auth.",
            status=401,
        )
    if key not in world.api_keys:
        raise ApiError(f"Invalid API Key provided: {key[:8]}****{key[-4:]}", status=401)


def _resolve(request: Request, body: bytes) -> tuple[Form, Callable[[World, Transaction], Object]]:
    if len(body) > MAX_BODY_BYTES:
        raise ApiError("Request body is too large.", status=413)
    try:
        form = parse_form(body.decode() if request.method == "POST" else request.url.query)
    except UnicodeDecodeError as error:
        raise ApiError("Invalid request: the body is not UTF-8.") from error
    for method, pattern, endpoint in _ENDPOINTS:
        found = re.fullmatch(pattern, request.url.path)
        if found and method == request.method:
            return form, _bound(endpoint, form, found.groups())
    raise ApiError(f"Unrecognized request URL ({request.method}: {request.url.path}).", status=404)


def _bound(endpoint: Callable[..., Object], form: Form, ids: tuple[str, ...]) -> Callable[[World, Transaction], Object]:
    return lambda world, transaction: endpoint(world, transaction, form, *ids)


def _once(
    world: World,
    transaction: Transaction,
    request: Request,
    form: Form,
    run: Callable[[World, Transaction], Object],
    *,
    broken: bool,
) -> tuple[int, Any, bool]:
    """Run a POST with an idempotency key at most once; the same key with other parameters is an error.

    A refused request is not remembered, as Stripe does for one that fails validation; an answer is, even a 500.
    """
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    fingerprint = hashlib.sha256(
        json.dumps([request.method, request.url.path, form], sort_keys=True).encode()
    ).hexdigest()
    if key:
        known = _remembered(transaction, key, fingerprint)
        if known:
            return *known, True
    thing = _expanded(transaction, event_log.visible(run(world, transaction)), form.get("expand"))
    status = 200
    if broken:
        status, thing = 500, server_error().body()
    if key:
        transaction.sql.execute(
            "INSERT INTO idempotency (key, request, status, body) VALUES (?, ?, ?, ?)",
            (key, fingerprint, status, json.dumps(thing)),
        )
    return status, thing, False


def _remembered(transaction: Transaction, key: str, fingerprint: str) -> tuple[int, Any] | None:
    if len(key) > MAX_KEY_LENGTH:
        raise ApiError(f"Idempotency keys may be at most {MAX_KEY_LENGTH} characters.", kind="idempotency_error")
    row = transaction.sql.execute("SELECT request, status, body FROM idempotency WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    if row[0] != fingerprint:
        raise ApiError(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. "
            f"Try using a key other than '{key}' if you meant to execute a different request.",
            kind="idempotency_error",
        )
    return row[1], json.loads(row[2])


def _expanded(transaction: Transaction, thing: Object, wanted: Any) -> Object:
    for path in wanted if isinstance(wanted, list) else []:
        parts = path.split(".")
        targets = [thing]
        if parts[0] == "data" and thing["object"] == "list":
            targets, parts = [event_log.visible(entry) for entry in thing["data"]], parts[1:]
            thing = {**thing, "data": targets}
        for target in targets:
            _expand_one(transaction, target, parts, path)
    if thing["object"] == "list":
        thing = {**thing, "data": [event_log.visible(entry) for entry in thing["data"]]}
    return thing


def _expand_one(transaction: Transaction, target: Object, parts: list[str], path: str) -> None:
    name = parts[0]
    if name == "line_items" and target["object"] == "checkout.session":
        stored = transaction.get(target["id"], "checkout.session") or {"_lines": []}
        target["line_items"] = {"object": "list", "data": stored["_lines"], "has_more": False}
        return
    if name not in target:
        raise ApiError(f"This property cannot be expanded ({path}).", param="expand")
    if isinstance(target[name], str):
        found = transaction.get(target[name])
        if found is None:
            raise ApiError(f"This property cannot be expanded ({path}).", param="expand")
        target[name] = event_log.visible(found)
    if len(parts) > 1 and isinstance(target[name], dict):
        _expand_one(transaction, target[name], parts[1:], path)

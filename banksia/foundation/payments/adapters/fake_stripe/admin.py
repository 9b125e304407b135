"""What a test or a demonstrator does to the fake that no customer and no merchant can: faults and late changes of mind.

Never served by anything but the fake, which itself holds no money.
"""

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from banksia.foundation.payments.adapters.fake_stripe import deliveries, faults, refunds, sessions
from banksia.foundation.payments.adapters.fake_stripe.admin_books import books_routes, in_transaction, json_of
from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError
from banksia.foundation.payments.adapters.fake_stripe.event_log import visible
from banksia.foundation.payments.adapters.fake_stripe.store import Transaction
from banksia.foundation.payments.adapters.fake_stripe.world import World

_SESSION_ACTIONS: dict[str, Callable[..., dict[str, Any]]] = {
    "pay": sessions.pay,
    "decline": sessions.decline,
    "pay-although-expired": sessions.pay_although_expired,
}


def admin_routes(world: World) -> list[Route]:
    """Faults, what a session, refund or event does next, and the log of deliveries, all below ``/__``."""

    async def fault_list(request: Request) -> Response:
        wanted = await json_of(request) if request.method == "POST" else {}
        return await run_in_threadpool(in_transaction, world, lambda tx: _faults(tx, request.method, wanted))

    async def session_action(request: Request) -> Response:
        identifier, action = request.path_params["identifier"], request.path_params["action"]
        return await run_in_threadpool(in_transaction, world, lambda tx: _act(world, tx, identifier, action))

    async def refund_action(request: Request) -> Response:
        identifier, action = request.path_params["identifier"], request.path_params["action"]
        reason = request.query_params.get("reason", "unknown")
        return await run_in_threadpool(
            in_transaction, world, lambda tx: _act_on_refund(world, tx, identifier, action, reason)
        )

    async def resend(request: Request) -> Response:
        identifier = request.path_params["identifier"]
        return await run_in_threadpool(in_transaction, world, lambda tx: _resend(world, tx, identifier))

    async def delivery_list(_request: Request) -> Response:
        return await run_in_threadpool(in_transaction, world, deliveries.delivery_log)

    return [
        Route("/__faults", fault_list, methods=["GET", "POST", "DELETE"]),
        Route("/__sessions/{identifier}/{action}", session_action, methods=["POST"]),
        Route("/__refunds/{identifier}/{action}", refund_action, methods=["POST"]),
        *books_routes(world),
        Route("/__events/{identifier}/resend", resend, methods=["POST"]),
        Route("/__deliveries", delivery_list, methods=["GET"]),
    ]


def _faults(transaction: Transaction, method: str, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    if method == "DELETE":
        faults.disarm_all(transaction)
    if method == "POST":
        faults.arm(transaction, wanted)
    return faults.armed(transaction)


def _act(world: World, transaction: Transaction, identifier: str, action: str) -> dict[str, Any]:
    if action not in _SESSION_ACTIONS:
        raise ApiError(f"Unknown action: {action}", status=404)
    session = sessions.retrieve_session(world, transaction, {}, identifier)
    return visible(_SESSION_ACTIONS[action](world, transaction, session))


def _act_on_refund(world: World, transaction: Transaction, identifier: str, action: str, reason: str) -> dict[str, Any]:
    if action == "fail":
        return refunds.fail_refund(world, transaction, identifier, reason)
    if action == "settle":
        return refunds.settle_refund(world, transaction, identifier)
    raise ApiError(f"Unknown action: {action}", status=404)


def _resend(world: World, transaction: Transaction, event_id: str) -> dict[str, Any]:
    if transaction.get(event_id, "event") is None:
        raise ApiError(f"No such event: '{event_id}'", status=404)
    transaction.sql.execute(
        "INSERT INTO deliveries (event_id, position, due_at) SELECT ?, COALESCE(MAX(id), 0) + 1, ? FROM deliveries",
        (event_id, world.clock()),
    )
    return {"resent": event_id}

"""What banks and the provider do to the books of the fake: disputes, payouts, and lines that nobody expected."""

from collections.abc import Callable
from json import JSONDecodeError
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from banksia.foundation.payments.adapters.fake_stripe import books, disputes, payouts
from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError
from banksia.foundation.payments.adapters.fake_stripe.store import Transaction
from banksia.foundation.payments.adapters.fake_stripe.world import World


def books_routes(world: World) -> list[Route]:
    """Open and decide disputes, send payouts, add to the books and take away from them."""

    async def dispute_opened(request: Request) -> Response:
        identifier, reason = request.path_params["identifier"], request.query_params.get("reason", "fraudulent")
        return await run(lambda tx: disputes.open_dispute(world, tx, identifier, reason))

    async def dispute_action(request: Request) -> Response:
        identifier, action = request.path_params["identifier"], request.path_params["action"]
        return await run(lambda tx: disputes.act(world, tx, identifier, action))

    async def payout_made(_request: Request) -> Response:
        return await run(lambda tx: payouts.make_payout(world, tx))

    async def payout_action(request: Request) -> Response:
        identifier, action = request.path_params["identifier"], request.path_params["action"]
        return await run(lambda tx: payouts.act(world, tx, identifier, action))

    async def books_changed(request: Request) -> Response:
        if request.method == "DELETE":
            source = request.query_params.get("source", "")
            return await run(lambda tx: books.forget_entries(tx, source))
        wanted = (await json_of(request)).get("entries")
        return await run(lambda tx: books.add_entries(world, tx, wanted))

    async def run(act: Callable[[Transaction], Any]) -> Response:
        return await run_in_threadpool(in_transaction, world, act)

    return [
        Route("/__payments/{identifier}/dispute", dispute_opened, methods=["POST"]),
        Route("/__disputes/{identifier}/{action}", dispute_action, methods=["POST"]),
        Route("/__payouts", payout_made, methods=["POST"]),
        Route("/__payouts/{identifier}/{action}", payout_action, methods=["POST"]),
        Route("/__books", books_changed, methods=["POST", "DELETE"]),
    ]


async def json_of(request: Request) -> dict[str, Any]:
    """The body as an object; an empty one when it is none."""
    try:
        wanted = await request.json()
    except (JSONDecodeError, UnicodeDecodeError):
        return {}
    return wanted if isinstance(wanted, dict) else {}


def in_transaction(world: World, act: Callable[[Transaction], Any]) -> Response:
    """Do one thing to the fake, all or nothing, and answer with what came of it."""
    try:
        with world.store.transaction() as transaction:
            return JSONResponse(act(transaction))
    except ApiError as refused:
        return JSONResponse(refused.body(), refused.status)

"""A remote module for tests, as a process of its own: `python -m ...module_server PORT`.

It believes only the signed token, as a module should: `joserfc` checks it against the keys that it was told, and a
token of a changing request counts once. Other paths misbehave in all ways that the gateway has to stand.
"""

import asyncio
import hashlib
import json
import os
import sys
import warnings
from typing import Any

from aiohttp import web
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

warnings.simplefilter("ignore")  # the name EdDSA is being replaced by Ed25519, which few libraries know yet
TOLD: dict[str, Any] = {"keys": {"keys": []}, "iss": "", "aud": ""}
SEEN: set[str] = set()
CALLS: list[str] = []


def claims_of(request: web.Request) -> dict[str, Any]:
    """Who sends a request; raises ValueError with what is wrong."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise ValueError("no token")
    try:
        read = jwt.decode(token, KeySet.import_key_set(TOLD["keys"]), algorithms=["EdDSA"])
        rules: dict[str, Any] = {name: {"essential": True, "value": TOLD[name]} for name in ("iss", "aud")}
        jwt.JWTClaimsRegistry(leeway=0, exp={"essential": True}, sub={"essential": True}, **rules).validate(read.claims)
    except (JoseError, ValueError) as error:
        raise ValueError(type(error).__name__) from error
    if request.method not in ("GET", "HEAD"):
        if read.claims["jti"] in SEEN:
            raise ValueError("replayed")
        SEEN.add(read.claims["jti"])
    return dict(read.claims)


async def who(request: web.Request) -> web.Response:
    """Says who sends the request, or refuses them."""
    try:
        claims = claims_of(request)
    except ValueError as error:
        return web.json_response({"refused": str(error)}, status=401)
    body = await request.read()
    return web.json_response(
        {
            "claims": claims,
            "headers": [[name.lower(), value] for name, value in request.headers.items()],
            "path": request.raw_path,
            "sent": len(body),
            "sha256": hashlib.sha256(body).hexdigest(),
        }
    )


async def tell(request: web.Request) -> web.Response:
    """Takes the keys, and what to expect in tokens."""
    TOLD.update(await request.json())
    return web.json_response({})


async def calls(_request: web.Request) -> web.Response:
    """Which paths were called."""
    return web.json_response(CALLS)


async def answer(request: web.Request) -> web.StreamResponse:
    """Answers as the query says."""
    query = request.query
    response = web.Response(
        status=int(query.get("status", 200)),
        body=query.get("body", "fine"),
        content_type=query.get("type", "text/html"),
    )
    for line in json.loads(query.get("headers", "[]")):
        response.headers.add(*line)
    return response


async def hang(_request: web.Request) -> web.Response:
    """Answers in a minute."""
    await asyncio.sleep(60)
    return web.Response()


async def pause(request: web.Request) -> web.Response:
    """Answers after so many seconds."""
    await asyncio.sleep(float(request.query["seconds"]))
    return web.json_response({"paused": True})


async def stream(request: web.Request) -> web.StreamResponse:
    """So many pieces of 64 KB, with pauses; then an end, a cut, or the end of the process."""
    query = request.query
    response = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
    if "length" in query:
        response.content_length = int(query["length"])
    await response.prepare(request)
    for _ in range(int(query.get("pieces", 1))):
        await response.write(b"x" * 65536)
        await asyncio.sleep(float(query.get("pause", 0)))
    if query.get("end") == "cut" and request.transport is not None:
        request.transport.abort()
    if query.get("end") == "die":
        os._exit(1)
    await response.write_eof()
    return response


async def ignore(_request: web.Request) -> web.Response:
    """Reads no body and gives no answer."""
    await asyncio.sleep(60)
    return web.Response()


async def page(request: web.Request) -> web.Response:
    """A file of its pages, called what is asked for, with a type that it is not."""
    return web.Response(text=f"export const file = '{request.match_info['file']}'", content_type="text/html")


@web.middleware
async def note(request: web.Request, handler: Any) -> web.StreamResponse:
    """Write down that it was called."""
    if not request.path.startswith("/control"):
        CALLS.append(f"{request.method} {request.raw_path}")
    found: web.StreamResponse = await handler(request)
    return found


def application() -> web.Application:
    """The server."""
    app = web.Application(middlewares=[note], client_max_size=512 * 1024**2)
    app.router.add_post("/control/tell", tell)
    app.router.add_get("/control/calls", calls)
    app.router.add_get("/bookings/pages/{file}", page)
    for path, handler in {"answer": answer, "hang": hang, "pause": pause, "stream": stream, "ignore": ignore}.items():
        app.router.add_route("*", f"/bookings/api/{path}", handler)
    app.router.add_route("*", "/bookings/api{rest:.*}", who)
    app.router.add_route("*", "/{rest:.*}", who)
    return app


if __name__ == "__main__":
    web.run_app(application(), host="127.0.0.1", port=int(sys.argv[1]), print=None, handler_cancellation=True)

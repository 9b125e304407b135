"""`/api/{name}/...` of modules that run elsewhere: one ASGI route, which goes before FastAPI's.

FastAPI would send what does not wait to other threads and back, and read bodies into memory.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from banksia.foundation.auth.public import LeanSessions, client_address
from banksia.foundation.connections.adapters import headers
from banksia.foundation.connections.adapters.calling import Kept, client_of, nearby_of, open_client
from banksia.foundation.connections.errors.gateway import MethodNotDeclared, RouteNotDeclared, TooManyCalls
from banksia.foundation.connections.service.access import check_access
from banksia.foundation.connections.service.callers import LEAN, allows, recognise
from banksia.foundation.connections.service.forwarding import Call, forward
from banksia.foundation.connections.service.knowing import Known, known_at
from banksia.foundation.connections.service.matching import read_parts, write_parts
from banksia.foundation.connections.service.minting import mint_token, token_for_reading
from banksia.foundation.connections.service.remote_modules import RemoteModule
from banksia.foundation.connections.service.uploads import Upload
from banksia.kit.actor import Actor
from banksia.kit.errors import BadRequest
from banksia.kit.module import RESERVED_NAMES
from banksia.kit.platform import Platform
from banksia.kit.routing import ModuleDisabled

PATH = "/api/{name}/{path}"
_API = re.compile(r"/api/([a-z][a-z0-9_]{1,39})(/.*|)", re.DOTALL)
_QUERY = re.compile(rb"[\x21\x24-\x7e]*")
LONGEST_QUERY = 8000
NOT_MODULES = RESERVED_NAMES | {"docs", "openapi"}
SAFE = frozenset({"GET", "HEAD"})


def platform_of(scope: Scope) -> Platform:
    """The installation that answers."""
    platform: Platform = scope["app"].state.platform
    return platform


async def call_remote_module() -> None:
    """Names the route in metrics and logs."""


class GatewayRoute(BaseRoute):
    """Every path of a module that is not installed here."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Only by its first words: what a council has connected is asked when it is called."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            return Match.NONE, {}
        found = _API.fullmatch(scope["path"])
        if found is None or found[1] in NOT_MODULES or found[1] in platform_of(scope).modules:
            return Match.NONE, {}
        return Match.FULL, {"endpoint": call_remote_module, "path_params": {"name": found[1], "path": found[2]}}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, ask the module, answer."""
        call = await _call_of(scope, receive)
        async with client_of(scope["app"]) as client:
            await forward(client, call, send)


async def _call_of(scope: Scope, receive: Receive) -> Call:
    """What the module is asked, once all is checked."""
    platform, request, (name, path) = platform_of(scope), Request(scope), scope["path_params"].values()
    known = await known_at(platform, request.headers.get("host", ""))
    module = module_named(known, name)
    parts = read_parts(path)
    found = module.declared.routes.find(scope["method"], parts) if parts is not None else None
    if found is None or parts is None:
        raise RouteNotDeclared(module.title)
    if found.route is None:
        raise MethodNotDeclared(found.allowed)
    query: bytes = scope["query_string"]
    if len(query) > LONGEST_QUERY or not _QUERY.fullmatch(query):
        raise BadRequest("The query of the address cannot be read. Write other characters as %XX.")
    actor = await recognise(platform, known, request)
    caller = str(actor.user_id or actor.connection_id or client_address(request))
    if not allows(platform, caller):
        raise TooManyCalls
    check_access(known, module, found.route, actor)
    below = write_parts(parts) if parts else ""
    scope["banksia.own_limit"] = True
    scope["banksia.quiet"] = scope["method"] in SAFE  # what fails is logged, all is counted
    return Call(
        module=module,
        method=scope["method"],
        path=f"/api{below}" + (f"?{query.decode('ascii')}" if query else ""),
        headers=_headers(scope, module, actor),
        upload=Upload(receive, dict(scope["headers"]), at_most=module.declared.manifest.limits.body_bytes),
        caller=caller,
        signed_in=actor.kind != "guest",
        asked_at=f"/api/{name}{below}",
    )


def module_named(known: Known, name: str) -> RemoteModule:
    """A module that the council uses; raises ModuleDisabled, and Starlette's 404 for one that there is not."""
    module = known.modules.get(name)
    if module is None:
        raise HTTPException(404)
    if not module.enabled:
        raise ModuleDisabled(module.title)
    return module


def _headers(scope: Scope, module: RemoteModule, actor: Actor) -> list[tuple[str, str]]:
    request_id = scope.get("request_id", "")
    mint = token_for_reading if scope["method"] in SAFE else mint_token
    found = headers.to_module(scope["headers"])
    found += [("authorization", f"Bearer {mint(module, actor, request_id)}"), ("x-request-id", request_id)]
    length = next((value for name, value in scope["headers"] if name == b"content-length"), None)
    if length is not None and length.strip(b"0"):
        found.append(("content-length", length.decode("ascii")))
    return found


@asynccontextmanager
async def calling(app: FastAPI) -> AsyncIterator[None]:
    """While the application serves, connections to modules are kept, and one to look up who asks."""
    platform: Platform = app.state.platform
    async with AsyncExitStack() as stack:
        client = open_client(nearby=nearby_of(platform.settings))
        app.state.module_client = Kept(await stack.enter_async_context(client), asyncio.get_running_loop())
        if platform.bind is None:  # a test's one connection, whose transaction no other can see into
            platform.kept[LEAN] = await stack.enter_async_context(LeanSessions.opened(platform))
        try:
            yield
        finally:
            platform.kept.pop(LEAN, None)
            app.state.module_client = None

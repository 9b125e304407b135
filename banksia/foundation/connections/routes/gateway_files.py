"""What else is answered for remote modules outside `/api`: the files of their pages, and the keys to check tokens with.

The keys stand at `/.well-known/banksia/jwks.json` of each council, where the `iss` of its tokens leads.
"""

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from banksia.foundation.connections.adapters.calling import client_of
from banksia.foundation.connections.routes.gateway import (
    PATH,
    GatewayRoute,
    call_remote_module,
    module_named,
    platform_of,
)
from banksia.foundation.connections.service.knowing import known_at
from banksia.foundation.connections.service.page_files import NAME, page_file

FILE_PATH, KEYS_PATH = "/modules/{name}/{file}", "/.well-known/banksia/jwks.json"
FILE_HEADERS = {
    "Cache-Control": "no-cache",
    # The sandboxed frame has an origin of its own: to it this is another site's file. Nothing in it is secret.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    # A drawing that is opened by itself is a page of our address, and runs nothing there.
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}
KEYS_HEADERS = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}


async def serve_remote_page() -> None:
    """Names the route in metrics and logs."""


async def list_signing_keys() -> None:
    """Names the route in metrics and logs."""


class PageFilesRoute(BaseRoute):
    """`/modules/{name}/{file}` of a module that is not installed here."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Files of the kinds that pages are made of; other names are somebody else's."""
        if scope["type"] != "http" or not scope["path"].startswith("/modules/"):
            return Match.NONE, {}
        name, _, file = scope["path"].removeprefix("/modules/").partition("/")
        if name in platform_of(scope).modules or NAME.fullmatch(file) is None:
            return Match.NONE, {}
        return Match.FULL, {"endpoint": serve_remote_page, "path_params": {"name": name, "file": file}}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The file, or that it has not changed."""
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405)
        request, (name, file) = Request(scope), scope["path_params"].values()
        known = await known_at(platform_of(scope), request.headers.get("host", ""))
        module = module_named(known, name)
        async with client_of(scope["app"]) as client:
            found = await page_file(platform_of(scope), client, module, file)
        headers = FILE_HEADERS | {"ETag": found.etag}
        if request.headers.get("if-none-match") == found.etag:
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        await Response(found.content, media_type=found.media_type, headers=headers)(scope, receive, send)


class SigningKeysRoute(BaseRoute):
    """The public keys of a council."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """One path."""
        if scope["type"] == "http" and scope["path"] == KEYS_PATH:
            return Match.FULL, {"endpoint": list_signing_keys, "path_params": {}}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A JSON Web Key Set (RFC 7517)."""
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405)
        known = await known_at(platform_of(scope), Request(scope).headers.get("host", ""))
        answer = Response(known.key_set, media_type="application/jwk-set+json", headers=KEYS_HEADERS)
        await answer(scope, receive, send)


def install(app: FastAPI) -> None:
    """Put the gateway before the other routes: it passes over their paths at once, they would take long to."""
    routes = {call_remote_module: PATH, serve_remote_page: FILE_PATH, list_signing_keys: KEYS_PATH}
    app.router.routes[:0] = [GatewayRoute(), PageFilesRoute(), SigningKeysRoute()]
    app.state.paths.update(routes)

"""One plain ASGI layer around everything: request id, security headers, a limit on JSON bodies, logs, metrics."""

import time
import uuid

import structlog
from prometheus_client import Histogram
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from banksia.app.paths import logged_path
from banksia.app.policies import POLICY
from banksia.app.problems import unexpected
from banksia.kit.settings import Settings

log = structlog.get_logger("http")
JSON_LIMIT = 1024 * 1024
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}
SECONDS = Histogram(
    "banksia_http_request_seconds",
    "Time to answer a request, in seconds.",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


class Guarded:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Take the application and the settings."""
        self.app = app
        self.headers = dict(HEADERS)
        if settings.is_https:
            self.headers[b"strict-transport-security"] = b"max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, started_to_answer = time.perf_counter(), 500, False
        request_id = scope["request_id"] = uuid.uuid4().hex

        async def send_with_headers(message: Message) -> None:
            nonlocal status, started_to_answer
            if message["type"] == "http.response.start":
                status, started_to_answer = message["status"], True
                given = {name.lower() for name, _ in message["headers"]}
                added = [(name, value) for name, value in self.headers.items() if name not in given]
                message["headers"] = [*message["headers"], *added, (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, _limited(scope, receive) if _is_json(scope) else receive, send_with_headers)
        except Exception as error:
            # Answered here, because what Starlette answers itself would carry none of the headers above.
            if not started_to_answer:
                await unexpected(scope, error)(scope, receive, send_with_headers)
            raise
        finally:
            route = scope["app"].state.paths.get(scope.get("endpoint"), "other")
            seconds = time.perf_counter() - started
            SECONDS.labels(scope["method"], route, status).observe(seconds)
            # A search answers every key that somebody types; the line would cost a third of it, and the metric has it.
            if status >= 400 or not scope.get("banksia.quiet"):
                log.info(
                    "request",
                    method=scope["method"],
                    path=logged_path(scope),
                    status=status,
                    milliseconds=round(seconds * 1000, 1),
                    request_id=request_id,
                )


def _limited(scope: Scope, receive: Receive) -> Receive:
    """Count the bytes of a body and stop when they are too many; a route may keep a limit of its own."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > JSON_LIMIT and not scope.get("banksia.own_limit"):
            raise HTTPException(413)  # the one kind of error that FastAPI lets out of the reading of a body
        return message

    return counted


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")


def _is_json(scope: Scope) -> bool:
    return _header(scope, b"content-type").startswith(b"application/json")

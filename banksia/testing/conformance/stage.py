"""A server on this machine that shows pages to the browser and passes on what they ask for."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from banksia.app.policies import POLICY
from banksia.testing.conformance.pages import Browser, Page
from banksia.testing.conformance.report import Report

STAGE, SCRIPT = "/conformance-stage", "/conformance-stage.js"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
DOCUMENT = (
    '<!doctype html><html lang="en-AU"><head><meta charset="utf-8"><title>Conformance</title>'
    f'<script type="module" src="{SCRIPT}"></script></head><body><main id="place"></main></body></html>'
)


@dataclass(frozen=True)
class Answer:
    """What is answered to one request."""

    status: int = 200
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


Answering = Callable[[Asked], Answer]


@contextmanager
def served(answering: Answering, port: int = 0) -> Iterator[str]:
    """Answer requests on this machine, one at a time, until the block ends; gives the address."""
    turn = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            with turn:
                given = answering(Asked(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(given.content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(given.content)

        def log_message(self, *_: object) -> None:
            """Say nothing: the check says what it found."""

    for method in METHODS:  # http.server calls do_GET, do_POST and so on
        setattr(Handler, f"do_{method}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def with_stage(answering: Answering) -> Answering:
    """The bare stage, under the policy of our pages, before everything else."""

    def answer(asked: Asked) -> Answer:
        policy = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        if asked.path == STAGE:
            return Answer(200, DOCUMENT.encode(), {"Content-Type": "text/html", **policy})
        if asked.path == SCRIPT:
            script = Path(__file__).with_name("stage.js").read_bytes()
            return Answer(200, script, {"Content-Type": "text/javascript", **policy})
        return answering(asked)

    return answer


def judge_pages(report: Report, browser: Browser, answering: Answering, pages: list[Page]) -> None:
    """Show each page, look at it, leave it, and say what was found."""
    with served(with_stage(answering)) as base:
        seen = browser.look(base, pages)
    missing = [f"{page.title} was not shown." for page in pages if page.title not in seen]
    broken = [f"{title}: {each}" for title, (problems, _) in seen.items() for each in problems]
    violations = [f"{title}: {each}" for title, (_, problems) in seen.items() for each in problems]
    report.judge("pages", [*missing, *broken], f"{len(pages)} pages were opened and left.")
    report.judge("accessibility", violations, f"axe found nothing on {len(pages)} pages.")

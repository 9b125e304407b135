"""The pages of a remote module on the bare stage, with a stand-in for the gateway behind it."""

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from banksia.kit.manifest import ManifestNavigation
from banksia.testing.conformance.pages import Browser, Page
from banksia.testing.conformance.report import Report
from banksia.testing.conformance.stage import STAGE, Answer, Answering, Asked, judge_pages

if TYPE_CHECKING:
    from banksia.testing.conformance.remote import Remote

CUSTOMER = "conformance_customer"


def check_pages(remote: "Remote", report: Report, browser: Browser) -> None:
    """Fetch the script as the shell does, and open every page of the navigation."""
    pages = remote.manifest.pages
    if pages is None:
        for check in ("pages", "accessibility"):
            report.passed(check, "It has no pages.")
        return
    script = remote.ask("GET", f"/pages{pages.script}")
    if script.status_code != 200 or "javascript" not in script.headers.get("content-type", ""):
        said = f"{script.status_code} and {script.headers.get('content-type', 'no type')}"
        report.failed(
            "pages", f"/pages{pages.script} answers {said}. Serve it there as text/javascript, without a token."
        )
        report.skipped("accessibility", "Its script could not be fetched.")
        return
    if browser.missing:
        for check in ("pages", "accessibility"):
            report.skipped(check, browser.missing)
        return
    shown = pages.navigation or [ManifestNavigation(label=remote.manifest.title, to=f"/{remote.manifest.id}/staff")]
    judge_pages(report, browser, _gateway(remote), [_page(remote, each) for each in shown])


def _page(remote: "Remote", entry: ManifestNavigation) -> Page:
    assert remote.manifest.pages is not None
    base, customer = f"/{remote.manifest.id}/{entry.area}", entry.area == "customer"
    mount = {
        "script": f"/modules/{remote.manifest.id}{remote.manifest.pages.script}",
        "basePath": base,
        "area": entry.area,
        "path": entry.to.removeprefix(base) or "/",
        "organisation": {"id": "conformance", "slug": "conformance", "name": "Conformance Shire", "service_name": ""},
        "user": {
            "id": "conformance",
            "name": "Conformance Check",
            "kind": "customer" if customer else "staff",
            "permissions": [] if customer else remote.permissions,
        },
    }
    return Page(entry.to, STAGE, {CUSTOMER: "1"} if customer else {}, mount)


def _gateway(remote: "Remote") -> Answering:
    def answer(asked: Asked) -> Answer:
        path = urlsplit(asked.path).path
        name = remote.manifest.id
        if path.startswith(f"/modules/{name}/"):
            return _passed_on(remote, asked, f"/pages{asked.path.removeprefix(f'/modules/{name}')}", "")
        if path.startswith(f"/api/{name}/"):
            return _passed_on(remote, asked, asked.path.replace(f"/api/{name}", "/api", 1), _token(remote, asked))
        if path == "/api/property/search":
            return Answer(200, b'{"results": []}', {"Content-Type": "application/json"})
        problem = {
            "type": "about:blank",
            "title": "Not found",
            "status": 404,
            "detail": "This council has nothing there.",
        }
        return Answer(404, json.dumps(problem).encode(), {"Content-Type": "application/problem+json"})

    return answer


def _token(remote: "Remote", asked: Asked) -> str:
    assert remote.council is not None
    if CUSTOMER in asked.headers.get("cookie", ""):
        return f"Bearer {remote.council.token(permissions=[], kind='customer')}"
    return f"Bearer {remote.council.token(permissions=remote.permissions)}"


def _passed_on(remote: "Remote", asked: Asked, path: str, authorization: str) -> Answer:
    headers = {"Content-Type": asked.headers["content-type"]} if "content-type" in asked.headers else {}
    given = remote.ask(asked.method, path, authorization=authorization, content=asked.body, headers=headers)
    kind = given.headers.get("content-type", "application/octet-stream")
    return Answer(given.status_code, given.content, {"Content-Type": kind})

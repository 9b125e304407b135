"""The pages of an installed module, signed in as whom they are for."""

from fastapi.testclient import TestClient

from banksia.app.web import web_dir
from banksia.kit.module import Module
from banksia.testing.conformance.ground import HOST, Ground
from banksia.testing.conformance.identity import everybody_of_staff
from banksia.testing.conformance.pages import Browser, Page
from banksia.testing.conformance.report import Report
from banksia.testing.conformance.stage import STAGE, Answer, Answering, Asked, judge_pages
from banksia.testing.people import SignedInClient, sign_in_client

NOT_BUILT = "The pages of Banksia are not built here. Run `make build` in the checkout, and check again."
PASSED_IN = ("host", "cookie", "accept", "content-type")
PASSED_ON = ("content-type", "content-encoding", "content-security-policy", "location", "cache-control")


def check_pages(ground: Ground, module: Module, report: Report, browser: Browser) -> None:
    """Open every page of the module's navigation: its own script on the bare stage, a built-in one in the shell."""
    if not module.navigation:
        for check in ("pages", "accessibility"):
            report.passed(check, "It has no pages.")
        return
    built = web_dir(ground.platform).joinpath("index.html").is_file()
    missing = browser.missing or ("" if module.page or built else NOT_BUILT)
    if missing:
        for check in ("pages", "accessibility"):
            report.skipped(check, missing)
        return
    staff = everybody_of_staff(ground)
    customer = sign_in_client(ground.platform, ground.organisation_id, ("customer",), raises=False)
    pages = [
        _page(module, entry.to, entry.area, customer if entry.area == "customer" else staff)
        for entry in module.navigation
    ]
    judge_pages(report, browser, application_of(ground), pages)


def _page(module: Module, to: str, area: str, client: SignedInClient) -> Page:
    cookies = {"banksia_session": client.cookies["banksia_session"]}
    if not module.page:
        return Page(to, to, cookies)
    base = f"/{module.name}/{area}"
    mount = {
        "script": f"/modules/{module.name}/{module.page.rsplit('/', 1)[-1]}",
        "basePath": base,
        "area": area,
        "path": to.removeprefix(base) or "/",
        "organisation": {"id": str(client.actor.organisation_id), "slug": "conformance", "name": "Conformance Shire"},
        "user": {
            "id": str(client.actor.user_id),
            "name": client.actor.name,
            "kind": client.actor.kind,
            "permissions": sorted(client.actor.permissions),
        },
    }
    return Page(to, STAGE, cookies, mount)


def application_of(ground: Ground) -> Answering:
    """Pass requests on to the application, with the cookies that the browser sends."""
    client = TestClient(ground.app, base_url=f"http://{HOST}", raise_server_exceptions=False, follow_redirects=False)

    def answer(asked: Asked) -> Answer:
        sent = {name: value for name, value in asked.headers.items() if name in PASSED_IN}
        client.cookies.clear()
        given = client.request(
            asked.method, asked.path, headers={**sent, "accept-encoding": "identity"}, content=asked.body
        )
        headers = {name: value for name, value in given.headers.items() if name in PASSED_ON}
        return Answer(given.status_code, given.content, headers)

    return answer

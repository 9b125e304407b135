"""What every request and every answer has in common, whatever the module."""

import base64
import hashlib
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from banksia.app import create_app
from banksia.foundation.organisations.public import Council, set_module_enabled
from banksia.kit import errors
from banksia.kit.actor import Actor, Permission
from banksia.kit.errors import Conflict, Problem
from banksia.kit.module import Module, Modules, discover
from banksia.kit.platform import Platform
from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import ReadModel, RequestModel, RequiredLine
from banksia.testing.apps import app_of_platform

router = Router()
MANAGE = Permission("test_http.things.manage", "Manage things", roles=("administrator",))
KINDS: dict[str, type[Problem]] = {
    kind.__name__: kind
    for kind in (
        errors.BadRequest,
        errors.Unauthenticated,
        errors.Forbidden,
        errors.NotFound,
        errors.Conflict,
        errors.Gone,
        errors.TooLarge,
        errors.Invalid,
        errors.TooManyRequests,
        errors.Unavailable,
    )
}


class Counted(Conflict):
    """A refusal that keeps what was written before it."""

    keeps_transaction = True


class Thing(RequestModel):
    name: RequiredLine
    height: int = 0


class Done(ReadModel):
    kind: str


def write(session: SessionDep, number: int) -> None:
    session.execute(text("INSERT INTO public.ledger VALUES (:n)"), {"n": number})


@router.get("/refuse/{kind}", public=True)
def refuse(kind: str) -> Done:
    raise KINDS[kind]


@router.get("/break", public=True)
def break_down() -> Done:
    message = "a password: hunter2"
    raise RuntimeError(message)


@router.get("/held/{thing_id}/{token}", public=True)
def break_down_with_a_secret(thing_id: uuid.UUID, token: str) -> Done:
    raise RuntimeError


@router.get("/away", public=True)
def lose_database() -> Done:
    raise OperationalError("SELECT 1", {}, Exception("the server closed the connection"))


@router.get("/markup", public=True)
def refuse_in_markup() -> Done:
    message = "<script>alert(1)</script> lies elsewhere."
    raise Conflict(message)


@router.post("/things", permission=MANAGE, status_code=201)
def make_thing(actor: ActorDep, thing: Thing) -> Done:
    return Done(kind=f"{actor.kind} {thing.height}")


@router.get("", public=True)
def read_itself(actor: ActorDep) -> Done:
    return Done(kind=actor.kind)


@router.post("/open", public=True)
def greet(thing: Thing, actor: ActorDep) -> Done:
    return Done(kind=f"{actor.kind} {thing.height}")


@router.post("/write/{number}", public=True)
def write_number(session: SessionDep, number: int) -> Done:
    write(session, number)
    return Done(kind="written")


@router.post("/count/{number}", public=True)
def count_and_refuse(session: SessionDep, number: int) -> Done:
    write(session, number)
    raise Counted


@router.put("/bytes", permission=MANAGE, transactions=True)
async def take_bytes(request: Request, transactions: TransactionsDep) -> Done:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
    return Done(kind=f"{transactions.actor.kind} {size}")


MADE_UP = Module(
    name="test_http",
    title="Made-up things",
    version="1",
    kind="workflow",
    routers=(router,),
    permissions=(MANAGE,),
    package="banksia.testing",
)
BASE = "/api/test_http"
WITH_MADE_UP = Modules([*discover(), MADE_UP])


def with_made_up(platform: Platform, council: Council, *, enabled: bool = True) -> FastAPI:
    """The application with one more module, which the council has switched on."""
    platform.modules = WITH_MADE_UP
    if enabled:
        with platform.database.session(council.id) as session:
            set_module_enabled(session, Actor.system(council.id), name=MADE_UP.name, enabled=True)
    return app_of_platform(platform)


@pytest.fixture
def made_up(platform: Platform, organisation: Council) -> TestClient:
    app = with_made_up(platform, organisation)
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture
def live(live_platform: Platform, live_organisation: Council) -> Iterator[TestClient]:
    """The same on a database that really commits, with a table whose rule is checked only at the commit."""
    with psycopg.connect(live_platform.settings.database_owner_url) as owner:
        owner.execute("CREATE TABLE public.ledger (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        owner.execute("GRANT ALL ON public.ledger TO banksia_app")
    app = with_made_up(live_platform, live_organisation)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


def numbers(platform: Platform) -> list[int]:
    with platform.database.session(None) as session:
        return list(session.scalars(text("SELECT n FROM public.ledger ORDER BY n")))


class TestProblems:
    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind_is_a_document_that_a_person_can_read(self, made_up: TestClient, kind: str) -> None:
        answer = made_up.get(f"{BASE}/refuse/{kind}")
        document = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.status_code == document["status"] == KINDS[kind].status
        assert document["type"].startswith("urn:banksia:kit:")
        assert document["title"]
        assert document["detail"]

    def test_an_unexpected_one_tells_nothing_of_the_inside(self, made_up: TestClient) -> None:
        answer = made_up.get(f"{BASE}/break")
        assert answer.status_code == 500
        assert answer.headers["content-type"] == "application/problem+json"
        assert "hunter2" not in answer.text
        assert "Traceback" not in answer.text
        assert answer.json()["request_id"] == answer.headers["x-request-id"]

    def test_a_database_that_is_away_is_worth_another_try(self, made_up: TestClient) -> None:
        answer = made_up.get(f"{BASE}/away")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
        assert "Nothing was changed" in answer.json()["detail"]

    @pytest.mark.parametrize(
        ("body", "status", "field"),
        [
            (b"{", 400, None),
            (b"", 422, "body"),
            (b"[]", 422, "body"),
            (b"null", 422, "body"),
            (b"{}", 422, "name"),
            (b'{"name": "  "}', 422, "name"),
            (b'{"name": 3}', 422, "name"),
            (b'{"name": "a", "nmae": "b"}', 422, "nmae"),
            (b'{"name": "a\\u0000"}', 422, "name"),
            (b'{"name": "a", "height": 1.5}', 422, "height"),
            (b'{"name": "a", "height": 1e400}', 422, "height"),
            (b'{"name": "\xff"}', 400, None),
            (b'{"name": ' + b"[" * 50_000, 400, None),
        ],
    )
    def test_a_body_that_cannot_be_taken_names_its_fields(
        self, made_up: TestClient, body: bytes, status: int, field: str | None
    ) -> None:
        answer = made_up.post(f"{BASE}/open", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        if field:
            assert field in [each["field"] for each in answer.json()["errors"]]

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/api/nothing", 404),
            ("GET", "/api", 404),
            ("PUT", "/api/auth/me", 405),
            ("GET", "/assets/x.js", 404),
            ("GET", "/modules/x/y.js", 404),
        ],
    )
    def test_an_address_without_anything_says_so(self, client: TestClient, method: str, path: str, status: int) -> None:
        answer = client.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")

    def test_a_browser_that_goes_there_gets_a_page_to_read(self, made_up: TestClient, organisation: Council) -> None:
        headers = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Mode": "navigate"}
        answer = made_up.get(f"{BASE}/markup", headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (409, "text/html; charset=utf-8")
        assert "&lt;script&gt;alert(1)&lt;/script&gt; lies elsewhere." in answer.text
        assert "<script" not in answer.text
        assert organisation.name in answer.text
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe-inline" not in policy
        assert hashlib.sha256(answer.text.split("<style>")[1].split("</style>")[0].encode()).digest() in [
            base64.b64decode(each) for each in re.findall(r"'sha256-([^']+)'", policy)
        ]
        for path, status in (("break", 500), ("away", 503)):
            broken = made_up.get(f"{BASE}/{path}", headers=headers)
            assert (broken.status_code, broken.headers["content-type"]) == (status, "text/html; charset=utf-8")
            assert "hunter2" not in broken.text

    @pytest.mark.parametrize(
        "headers",
        [
            {"Accept": "*/*"},
            {"Accept": "application/json"},
            {"Accept": "text/html", "Sec-Fetch-Mode": "cors"},
        ],
    )
    def test_whoever_else_asks_gets_the_document(self, made_up: TestClient, headers: dict[str, str]) -> None:
        answer = made_up.get(f"{BASE}/markup", headers=headers)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"].startswith("<script>")

    def test_the_api_description_promises_them(self, client: TestClient) -> None:
        document = client.get("/api/openapi.json").json()
        for path, operations in document["paths"].items():
            for operation in operations.values():
                assert "default" in operation["responses"], path
        assert document["components"]["schemas"]["Problem"]["required"] == ["type", "title", "detail", "status"]


class TestTransaction:
    def test_a_commit_that_fails_after_the_handler_is_no_success(
        self, live: TestClient, live_platform: Platform
    ) -> None:
        assert live.post(f"{BASE}/write/1").status_code == 200
        assert live.post(f"{BASE}/write/1").status_code == 500
        assert numbers(live_platform) == [1]

    def test_a_refusal_may_keep_what_it_counted(self, live: TestClient, live_platform: Platform) -> None:
        assert live.post(f"{BASE}/count/7").status_code == 409
        assert numbers(live_platform) == [7]

    def test_an_ordinary_refusal_keeps_nothing(self, live: TestClient, live_platform: Platform) -> None:
        assert live.post(f"{BASE}/write/99999999999999").status_code >= 400
        assert numbers(live_platform) == []


TOKEN = "uQ3-_x8Zk1LmN0pRsTvWyAbCdEfGhIj2"
THING = "0197aaaa-0000-7000-8000-00000000dcba"


class TestLog:
    @pytest.mark.parametrize(
        ("path", "logged"),
        [
            (f"/api/payments/receipts/{THING}/{TOKEN}", f"/api/payments/receipts/{THING}/***"),
            (f"/api/payments/receipts/{THING}/short", f"/api/payments/receipts/{THING}/***"),
            (f"/api/payments/pay/{TOKEN}", "/api/payments/pay/***"),
            ("/api/payments/pay/pay", "/api/payments/***/***"),
            (f"/payments/customer/pay/{TOKEN}", "/payments/customer/pay/***"),
            (f"/payments/customer/pay/{TOKEN}).", "/payments/customer/pay/***)."),
            (f"/pay/{TOKEN}", "/pay/***"),
            (f"{BASE}/held/{THING}/{TOKEN}", f"{BASE}/held/{THING}/***"),
            (f"/payments/staff/payables/{THING}", f"/payments/staff/payables/{THING}"),
            ("/certificates/settings/straight-through-of-certificates", None),
            ("/api/nothing", None),
        ],
    )
    def test_paths_stand_in_it_without_what_opens_something(
        self, made_up: TestClient, path: str, logged: str | None
    ) -> None:
        with capture_logs() as lines:
            made_up.get(path)
        told = [line["path"] for line in lines if line["event"] in ("request", "request_failed")]
        assert set(told) == {logged or path}
        assert len(told) == (2 if "/held/" in path else 1)


class TestLimit:
    def test_json_is_taken_up_to_one_megabyte(self, made_up: TestClient) -> None:
        headers = {"Content-Type": "application/json"}
        fitting = b'{"name": "a"' + b" " * (1024 * 1024 - 13) + b"}"
        assert made_up.post(f"{BASE}/open", content=fitting, headers=headers).status_code == 200
        answer = made_up.post(f"{BASE}/open", content=fitting + b" ", headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
        assert "1 MB" in answer.json()["detail"]

    def test_json_in_pieces_without_a_length_is_counted_too(self, made_up: TestClient) -> None:
        pieces = (b" " * 65536 for _ in range(17))
        answer = made_up.post(f"{BASE}/open", content=pieces, headers={"Content-Type": "application/json"})
        assert answer.status_code == 413


class TestHeaders:
    @pytest.mark.parametrize("path", ["/api/auth/me", "/api/nothing", "/healthz", f"{BASE}/break", "/api/openapi.json"])
    def test_every_answer_carries_them(self, made_up: TestClient, path: str) -> None:
        headers = made_up.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert len(headers["x-request-id"]) == 32
        assert "strict-transport-security" not in headers

    def test_https_asks_to_stay_on_https_and_keeps_cookies_there(self, platform: Platform) -> None:
        platform.settings = platform.settings.model_copy(update={"public_url": "https://council.example"})
        client = TestClient(create_app(platform=platform), base_url="https://localhost")
        assert "max-age" in client.get("/healthz").headers["strict-transport-security"]


class TestRoutes:
    def test_a_module_may_answer_at_its_own_path(self, made_up: TestClient) -> None:
        assert made_up.get(BASE).json() == {"kind": "guest"}


class TestGuard:
    def test_a_guest_is_asked_to_sign_in_before_anything_is_read(self, made_up: TestClient) -> None:
        assert made_up.post(f"{BASE}/things", json={"wrong": 1}).status_code == 401
        assert made_up.put(f"{BASE}/bytes", content=b"x").status_code == 401

    def test_only_the_permission_counts(
        self, platform: Platform, organisation: Council, signed_in_as: Callable[..., TestClient]
    ) -> None:
        with_made_up(platform, organisation)
        assert signed_in_as("certificate_officer").post(f"{BASE}/things", json={"name": "a"}).status_code == 403
        assert signed_in_as("customer").put(f"{BASE}/bytes", content=b"x").status_code == 403
        administrator = signed_in_as("administrator")
        assert administrator.post(f"{BASE}/things", json={"name": "a"}).json() == {"kind": "staff 0"}
        assert administrator.put(f"{BASE}/bytes", content=b"abc").json() == {"kind": "staff 3"}

    def test_a_public_route_knows_who_is_signed_in(
        self, signed_in_as: Callable[..., TestClient], made_up: TestClient
    ) -> None:
        assert made_up.post(f"{BASE}/open", json={"name": "a"}).json() == {"kind": "guest 0"}
        assert signed_in_as("customer").post(f"{BASE}/open", json={"name": "a"}).json() == {"kind": "customer 0"}

    @pytest.mark.parametrize(
        "headers",
        [
            {"X-CSRF-Token": "x"},
            {"Origin": "http://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://localhost.evil.example"},
        ],
    )
    def test_a_forged_request_is_refused_even_on_a_public_route(
        self,
        platform: Platform,
        organisation: Council,
        signed_in_as: Callable[..., TestClient],
        headers: dict[str, str],
    ) -> None:
        with_made_up(platform, organisation)
        browser = signed_in_as("administrator")
        for method, path in (("POST", "open"), ("POST", "things"), ("PUT", "bytes")):
            answer = browser.request(method, f"{BASE}/{path}", json={"name": "a"}, headers=headers)
            assert answer.json()["type"] == "urn:banksia:auth:forged-request"

    def test_a_session_cookie_that_ended_is_a_guest(self, made_up: TestClient) -> None:
        made_up.cookies.set("banksia_session", "gone")
        assert made_up.post(f"{BASE}/open", json={"name": "a"}).json() == {"kind": "guest 0"}


class TestModules:
    def test_one_that_is_off_is_hidden_and_its_routes_are_gone(self, platform: Platform, organisation: Council) -> None:
        app = with_made_up(platform, organisation)
        here = TestClient(app, base_url="http://localhost")
        there = TestClient(app, base_url="http://kurrajong.localhost")
        assert here.post(f"{BASE}/open", json={"name": "a"}).status_code == 200
        answer = there.post(f"{BASE}/open", json={"name": "a"})
        assert (answer.status_code, answer.json()["detail"]) == (404, "Made-up things is not in use at this council.")
        assert MADE_UP.name in {each["name"] for each in here.get("/api/modules").json()}
        assert MADE_UP.name not in {each["name"] for each in there.get("/api/modules").json()}
        for name in ("meta", "dashboard"):
            path = f"/{MADE_UP.name}/.well-known/banksia/{name}.json"
            assert (here.get(path).status_code, there.get(path).status_code) == (200, 404)

    def test_switching_it_off_and_on_again_counts_at_once(
        self, platform: Platform, organisation: Council, signed_in_as: Callable[..., TestClient]
    ) -> None:
        with_made_up(platform, organisation)
        browser = signed_in_as("administrator")
        for enabled, status in ((False, 404), (True, 201)):
            path = f"/api/organisations/modules/{MADE_UP.name}"
            assert browser.put(path, json={"enabled": enabled}).json()["enabled"] is enabled
            assert browser.post(f"{BASE}/things", json={"name": "a"}).status_code == status

    def test_one_that_others_need_stays_on(self, platform: Platform, signed_in_as: Callable[..., TestClient]) -> None:
        needy = replace(MADE_UP, name="needy", title="Needy", routers=(), permissions=(), depends_on=(MADE_UP.name,))
        platform.modules = Modules([*platform.modules, MADE_UP, needy])
        browser = signed_in_as("administrator")
        modules = "/api/organisations/modules"
        assert (
            "Made-up things. Switch that on first"
            in browser.put(f"{modules}/needy", json={"enabled": True}).json()["detail"]
        )
        for name in (MADE_UP.name, "needy"):
            assert browser.put(f"{modules}/{name}", json={"enabled": True}).status_code == 200
        answer = browser.put(f"{modules}/{MADE_UP.name}", json={"enabled": False})
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:banksia:organisations:module-required")


class TestReadiness:
    def test_names_the_part_that_does_not_answer(self, client: TestClient) -> None:
        assert client.get("/healthz").json() == {"status": "ok"}
        parts = client.get("/readyz").json()["parts"]
        assert set(parts) == {"database", "broker", "object_store"}

    def test_measures_requests_by_route_and_never_by_id(self, made_up: TestClient) -> None:
        made_up.get(f"{BASE}/refuse/Gone")
        made_up.get(f"/nothing/{uuid.UUID(int=5)}")
        metrics = made_up.get("/metrics").text
        assert 'route="/api/test_http/refuse/{kind}",status="410"' in metrics
        assert str(uuid.UUID(int=5)) not in metrics

"""Requests to a remote module: who gets through, what passes, and what the module believes."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.service.minting import mint_token
from banksia.foundation.connections.service.remote_modules import RemoteModule, remote_module
from banksia.foundation.connections.service.signing_keys import rotate_key, signer_of
from banksia.foundation.connections.tests.gateway_factories import (
    MANAGE,
    ModuleServer,
    make_connection,
    module_server,
)
from banksia.kit.actor import Actor
from banksia.kit.platform import Platform

SignedInAs = Callable[..., Any]


@pytest.fixture(scope="module")
def server() -> Iterator[ModuleServer]:
    """One process for all tests of this file."""
    with module_server() as found:
        yield found


@pytest.fixture
def connection(session: Session, server: ModuleServer, client: TestClient) -> Connection:
    """The module, enabled, and told what to expect in tokens."""
    found = make_connection(session, server.url)
    keys = client.get("/.well-known/banksia/jwks.json").json()
    server.tell(keys=keys, iss=remote_of(session, found).issuer, aud=f"banksia:module:bookings:{found.id}")
    return found


def remote_of(session: Session, connection: Connection) -> RemoteModule:
    found = remote_module(session, connection, signer_of(session))
    assert found is not None
    return found


def header_names(answer: httpx.Response) -> set[str]:
    return {name for name, _ in answer.json()["headers"]}


class TestRoutes:
    def test_a_declared_route_reaches_the_module(self, client: TestClient, connection: Connection) -> None:
        answer = client.get("/api/bookings/halls/7?day=2026-12-01&x=%2F")
        assert answer.status_code == 200, answer.text
        assert answer.json()["path"] == "/bookings/api/halls/7?day=2026-12-01&x=%2F"
        assert answer.headers["x-request-id"]
        assert answer.headers["cache-control"] == "no-store"

    @pytest.mark.parametrize(
        "path",
        [
            "", "/", "/secret", "/halls", "/halls/7/keys", "/halls/%2e%2e/secret", "/halls/..%2fsecret", "/halls//7",
            "/halls/7/", "/halls/a%5cb", "/halls/%252e%252e", "/halls/a;b", "/halls/%00", "/halls/%0d%0aX-A:1",
        ],
    )  # fmt: skip
    def test_what_is_not_declared_is_refused_before_the_module_hears_of_it(
        self, client: TestClient, connection: Connection, server: ModuleServer, path: str
    ) -> None:
        before = server.calls()
        answer = client.get(f"/api/bookings{path}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:banksia:connections:route-not-declared")
        assert server.calls() == before

    def test_says_which_methods_are_declared(self, client: TestClient, connection: Connection) -> None:
        answer = client.delete("/api/bookings/halls/7")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")

    def test_the_most_exact_route_answers(self, client: TestClient, connection: Connection) -> None:
        assert client.get("/api/bookings/halls/best").status_code == 200
        assert client.post("/api/bookings/halls/best").status_code == 200  # as the hall of that name

    @pytest.mark.parametrize("state", ["verified", "disabled"])
    def test_a_module_that_is_not_in_use_is_not_called(
        self, client: TestClient, session: Session, server: ModuleServer, state: str
    ) -> None:
        make_connection(session, server.url, state=state)
        answer = client.get("/api/bookings/halls/7")
        assert (answer.status_code, answer.json()["detail"]) == (404, "Hall bookings is not in use at this council.")

    def test_nobody_else_has_the_module(self, client: TestClient, connection: Connection) -> None:
        assert client.get("/api/bookings/halls/7", headers={"Host": "kurrajong.localhost"}).status_code == 404
        assert client.get("/api/swimming/halls/7").status_code == 404

    def test_an_installed_module_is_not_hidden_by_a_connection(
        self, client: TestClient, session: Session, server: ModuleServer
    ) -> None:
        make_connection(session, server.url, id="payments", permissions=[], routes=[])
        assert client.get("/api/payments/none").json()["type"] == "urn:banksia:kit:not-found"


class TestAudiences:
    @pytest.mark.parametrize(
        ("roles", "statuses"),
        [
            ((), (401, 401, 401, 401)),
            (("customer",), (200, 403, 403, 403)),
            (("finance_officer",), (403, 403, 403, 403)),
            (("counter_clerk",), (403, 200, 403, 403)),
            (("administrator",), (403, 200, 200, 403)),
        ],
    )
    def test_each_role(
        self,
        client: TestClient,
        signed_in_as: SignedInAs,
        connection: Connection,
        roles: tuple[str, ...],
        statuses: tuple[int, ...],
    ) -> None:
        browser = signed_in_as(*roles) if roles else client
        asked = (
            browser.get("/api/bookings/bookings"),
            browser.get("/api/bookings/staff/bookings/1"),
            browser.put("/api/bookings/admin/rules", json={}),
            browser.get("/api/bookings/for-modules"),
        )
        found = tuple(answer.status_code for answer in asked)
        assert found[:3] == statuses[:3]
        assert found[3] == 403

    def test_names_the_permission_that_is_missing(self, signed_in_as: SignedInAs, connection: Connection) -> None:
        answer = signed_in_as("finance_officer").get("/api/bookings/staff/bookings/1")
        assert "“Manage hall bookings”" in answer.json()["detail"]
        assert answer.json()["permission"] == MANAGE

    def test_a_forged_request_of_another_site_changes_nothing(
        self, signed_in_as: SignedInAs, connection: Connection, server: ModuleServer
    ) -> None:
        browser, before = signed_in_as("customer"), server.calls()
        answer = browser.post("/api/bookings/bookings", json={}, headers={"Origin": "https://elsewhere.example"})
        assert answer.status_code == 403
        del browser.headers["X-CSRF-Token"]
        assert browser.post("/api/bookings/bookings", json={}).status_code == 403
        assert server.calls() == before

    def test_a_customers_api_token_is_let_in_nowhere(
        self, client: TestClient, signed_in_as: SignedInAs, connection: Connection
    ) -> None:
        made = signed_in_as("customer").post(
            "/api/auth/tokens", json={"name": "Software", "scopes": [], "expires_in_days": 30}
        )
        token = made.json().get("token", "bks_none")
        answer = client.get("/api/bookings/halls/7", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code in (401, 403)


class TestHeaders:
    def test_identity_and_cookies_of_the_client_are_stripped(
        self, signed_in_as: SignedInAs, connection: Connection
    ) -> None:
        forged = {
            "X-Banksia-User": "admin", "X-User": "admin", "X-Remote-User": "admin", "Remote-User": "admin",
            "X-Forwarded-User": "admin", "X-Forwarded-For": "10.0.0.1", "Forwarded": "for=10.0.0.1", "Via": "1.1 x",
            "X-Real-IP": "10.0.0.1", "X-Order-Token": "secret", "X_Banksia_User": "admin", "X-Auth-Request-Email": "a",
            "X-HTTP-Method-Override": "DELETE", "X-Original-URL": "/admin", "TE": "trailers", "Upgrade": "h2c",
            "Connection": "close, X-Hidden", "X-Hidden": "1", "X-Request-Id": "chosen",
            "Proxy-Authorization": "Basic x",
        }  # fmt: skip
        answer = signed_in_as("customer").get("/api/bookings/bookings", headers=forged | {"Accept-Language": "en-AU"})
        passed = header_names(answer)
        assert passed == {"host", "accept", "accept-encoding", "user-agent", "accept-language", "authorization",
                          "x-request-id"}  # fmt: skip
        sent = dict(answer.json()["headers"])
        assert sent["x-request-id"] == answer.headers["x-request-id"] != "chosen"
        assert sent["host"] == connection.base_url.removeprefix("http://")

    def test_an_identity_that_is_sent_along_is_replaced_by_ours(
        self, signed_in_as: SignedInAs, connection: Connection, session: Session
    ) -> None:
        browser = signed_in_as("customer")
        claims = browser.get("/api/bookings/bookings").json()["claims"]
        assert claims["sub"] == str(browser.actor.user_id)
        assert (claims["kind"], claims["name"], claims["permissions"]) == ("customer", browser.actor.name, [])
        assert claims["org"] == str(connection.organisation_id)
        assert claims["exp"] - claims["iat"] <= 60

    def test_cookies_and_security_headers_of_the_module_are_removed(
        self, client: TestClient, connection: Connection
    ) -> None:
        given = [
            ["Set-Cookie", "banksia_session=stolen; Path=/"], ["Content-Security-Policy", "default-src *"],
            ["Access-Control-Allow-Origin", "*"], ["X-Frame-Options", "ALLOWALL"], ["Clear-Site-Data", '"*"'],
            ["Service-Worker-Allowed", "/"], ["WWW-Authenticate", "Basic"], ["X-Accel-Redirect", "/etc/passwd"],
            ["X-Sendfile", "/etc/passwd"], ["Refresh", "0;url=https://elsewhere.example"],
            ["Link", "</x>; rel=preload"],
            ["Strict-Transport-Security", "max-age=0"], ["X-Hall", "7"], ["ETag", '"1"'], ["Connection", "X-Gone"],
            ["X-Gone", "1"], ["Cross-Origin-Opener-Policy", "unsafe-none"], ["Cache-Control", "max-age=60"],
        ]  # fmt: skip
        answer = client.get("/api/bookings/answer", params={"headers": json.dumps(given)})
        passed = set(answer.headers)
        assert {"x-hall", "etag"} <= passed
        assert not passed & {
            "set-cookie", "access-control-allow-origin", "clear-site-data", "service-worker-allowed", "x-gone",
            "www-authenticate", "x-accel-redirect", "x-sendfile", "refresh", "link", "strict-transport-security",
        }  # fmt: skip
        assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "max-age=60"

    def test_what_one_person_was_answered_is_kept_by_no_cache(
        self, signed_in_as: SignedInAs, connection: Connection
    ) -> None:
        given = json.dumps([["Cache-Control", "public, max-age=600"]])
        answer = signed_in_as("customer").get("/api/bookings/answer", params={"headers": given})
        assert answer.headers["cache-control"] == "no-store"

    @pytest.mark.parametrize(
        ("location", "passed"),
        [
            ("/api/bookings/halls/8?x=1", "/api/bookings/halls/8?x=1"),
            ("halls/8", "/api/bookings/halls/8"),
            ("/api/payments/refund", None),
            ("/api/bookings/../payments/refund", None),
            ("/api/bookings/%2e%2e/payments", None),
            ("https://elsewhere.example/", None),
            ("//elsewhere.example/", None),
            ("/\\elsewhere.example/", None),
            ("javascript:alert(1)", None),
            ("/", None),
        ],
    )
    def test_redirects_stay_below_the_module(
        self, client: TestClient, connection: Connection, location: str, passed: str | None
    ) -> None:
        given = {"status": "302", "headers": json.dumps([["Location", location]])}
        answer = client.get("/api/bookings/answer", params=given, follow_redirects=False)
        assert (answer.status_code, answer.headers.get("location")) == ((302, passed) if passed else (502, None))


class TestTokens:
    """What the module refuses, and with what it is asked."""

    def ask(self, server: ModuleServer, token: str, method: str = "GET") -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = httpx.request(method, f"{server.url}/bookings/api/echo", headers=headers, trust_env=False)
        return answer.status_code, answer.json().get("refused")

    def test_one_of_ours_is_believed(
        self, session: Session, connection: Connection, server: ModuleServer, officer: Actor
    ) -> None:
        assert self.ask(server, mint_token(remote_of(session, connection), officer, "r1")) == (200, None)

    def test_none_and_nonsense_are_refused(self, connection: Connection, server: ModuleServer) -> None:
        assert self.ask(server, "")[0] == 401
        assert self.ask(server, "a.b.c")[0] == 401

    def test_forged_ones_are_refused(
        self, session: Session, connection: Connection, server: ModuleServer, officer: Actor
    ) -> None:
        token = mint_token(remote_of(session, connection), officer, "r1")
        head, body, signature = token.split(".")
        none = "eyJhbGciOiJub25lIn0"
        for forged in (f"{head}.{body[:-4]}AAAA.{signature}", f"{none}.{body}.", f"{head}.{body}."):
            assert self.ask(server, forged)[0] == 401
        other = remote_of(session, connection)
        rotate_key(session, officer)  # a key that the module was not told of
        session.flush()
        forged = mint_token(remote_of(session, connection), officer, "r1")
        assert forged.split(".")[0] != token.split(".")[0]
        assert self.ask(server, forged)[0] == 401
        assert self.ask(server, mint_token(other, officer, "r2"))[0] == 200

    def test_expired_ones_are_refused(
        self, session: Session, connection: Connection, server: ModuleServer, officer: Actor
    ) -> None:
        module = remote_of(session, connection)
        assert self.ask(server, mint_token(module, officer, "r1", now=1_700_000_000)) == (401, "ExpiredTokenError")

    def test_those_of_another_module_or_council_are_refused(
        self, session: Session, other_session: Session, connection: Connection, server: ModuleServer, officer: Actor
    ) -> None:
        other = make_connection(session, server.url, id="halls", permissions=[], routes=[])
        assert self.ask(server, mint_token(remote_of(session, other), officer, "r1")) == (401, "InvalidClaimError")
        neighbour = make_connection(other_session, server.url)
        assert self.ask(server, mint_token(remote_of(other_session, neighbour), officer, "r1"))[0] == 401

    def test_replayed_ones_are_refused_where_something_changes(
        self, session: Session, connection: Connection, server: ModuleServer, officer: Actor
    ) -> None:
        token = mint_token(remote_of(session, connection), officer, "once")
        assert self.ask(server, token, "POST") == (200, None)
        assert self.ask(server, token, "POST") == (401, "replayed")

    def test_each_changing_request_has_its_own_and_reading_ones_may_share(
        self, signed_in_as: SignedInAs, connection: Connection
    ) -> None:
        browser = signed_in_as("customer")
        posted = [browser.post("/api/bookings/bookings", json={}) for _ in range(2)]
        assert [answer.status_code for answer in posted] == [200, 200]
        assert [answer.json()["claims"]["jti"] for answer in posted] == [
            each.headers["x-request-id"] for each in posted
        ]
        read = [browser.get("/api/bookings/bookings").json()["claims"]["jti"] for _ in range(2)]
        assert read[0] == read[1]

    def test_only_rights_that_concern_the_module_are_told(
        self, signed_in_as: SignedInAs, connection: Connection
    ) -> None:
        browser = signed_in_as("administrator")
        told = browser.get("/api/bookings/staff/bookings/1").json()["claims"]["permissions"]
        assert MANAGE in told
        assert {name.split(".")[0] for name in told} <= {"bookings", "property"}
        assert "auth.users.manage" in browser.actor.permissions


class TestPageFiles:
    def test_are_served_as_what_their_name_says(
        self, client: TestClient, connection: Connection, platform: Platform
    ) -> None:
        answer = client.get("/modules/bookings/page.js")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
        assert "sandbox" in answer.headers["content-security-policy"]
        again = client.get("/modules/bookings/page.js", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304

    @pytest.mark.parametrize("file", ["page.html", "..%2fapi", "page", ".env.js", "a/b.js", "%2e%2e%2fx.js"])
    def test_nothing_else_is(self, client: TestClient, connection: Connection, server: ModuleServer, file: str) -> None:
        before = server.calls()
        assert client.get(f"/modules/bookings/{file}").status_code == 404
        assert server.calls() == before

    def test_not_of_a_module_that_is_not_in_use(
        self, client: TestClient, session: Session, server: ModuleServer
    ) -> None:
        make_connection(session, server.url, state="disabled")
        assert client.get("/modules/bookings/page.js").status_code == 404

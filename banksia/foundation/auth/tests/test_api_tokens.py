"""API tokens: what makes them, what ends them, and where they are let in."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.auth import service
from banksia.foundation.auth.models import ApiToken
from banksia.foundation.auth.permissions import ACCOUNT_KEEP, TOKENS_KEEP
from banksia.foundation.auth.public import active_user
from banksia.foundation.auth.tests.factories import make_token
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.platform import Platform

Browser = Callable[..., Any]
TOKENS = "/api/auth/tokens"
READ = "certificates.own_orders.read"
PLACE = "certificates.own_orders.place"
ORDERS = "/api/certificates/orders"
NOT_FOR_TOKENS = "urn:banksia:kit:token-not-allowed"
INVALID = "urn:banksia:auth:token-invalid"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def limited(platform: Platform) -> Iterator[None]:
    """Rate limits on, as outside tests."""
    before = platform.settings
    platform.settings = before.model_copy(update={"rate_limits": "on"})
    yield
    platform.settings = before


class TestMakeApiToken:
    def test_is_shown_once_and_listed_by_its_beginning(self, signed_in_as: Browser, session: Session) -> None:
        browser = signed_in_as("customer")
        offered = [scope["name"] for scope in browser.get(TOKENS).json()["scopes"]]
        assert {READ, PLACE, "certificates.own_certificates.download"} <= set(offered)
        made = browser.post(TOKENS, json={"name": "LEAP", "scopes": [READ]})
        assert made.status_code == 201, made.text
        token = made.json()["token"]
        assert token.startswith("bks_")
        assert len(token) == 47
        assert datetime.datetime.fromisoformat(made.json()["expires_at"]) - utc_now() > datetime.timedelta(days=364)
        listed = browser.get(TOKENS)
        assert token not in listed.text
        assert [row["prefix"] for row in listed.json()["tokens"]] == [token[:10]]
        kept = session.execute(text("SELECT * FROM auth.api_tokens")).mappings().one()
        assert token not in str(dict(kept))

    @pytest.mark.parametrize("change", [{"expires_in_days": 731}, {"scopes": []}, {"scopes": ["auth.tokens.keep"]}])
    def test_more_than_may_be_given_is_refused(self, signed_in_as: Browser, change: dict[str, object]) -> None:
        answer = signed_in_as("customer").post(TOKENS, json={"name": "LEAP", "scopes": [READ], **change})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] in change

    def test_is_not_for_staff(self, signed_in_as: Browser) -> None:
        assert signed_in_as("administrator").get(TOKENS).status_code == 403


class TestAuthenticate:
    def test_acts_for_its_customer_and_notes_the_day(
        self, client: TestClient, session: Session, customer: Actor
    ) -> None:
        made = make_token(session, customer, READ)
        answer = client.get(ORDERS, headers=bearer(made.token))
        assert (answer.status_code, answer.json()["results"]) == (200, [])
        session.expire_all()
        assert session.get_one(ApiToken, made.row.id).last_used_on == utc_now().date()

    def test_needs_no_proof_of_our_pages_even_beside_a_cookie(
        self, signed_in_as: Browser, session: Session, customer: Actor
    ) -> None:
        browser = signed_in_as("administrator")
        del browser.headers["X-CSRF-Token"], browser.headers["Origin"]
        answer = browser.post(ORDERS, json={}, headers=bearer(make_token(session, customer).token))
        assert answer.status_code == 422  # the body was looked at, so the request was let in
        assert browser.get("/api/auth/users", headers=bearer(make_token(session, customer).token)).status_code == 403

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/api/auth/me"), ("GET", TOKENS), ("POST", TOKENS), ("POST", "/api/auth/login"),
            ("POST", "/api/auth/logout"), ("PATCH", "/api/auth/me"), ("POST", "/api/auth/change-password"),
            ("GET", "/api/modules"), ("GET", "/api/auth/users"), ("GET", "/api/certificates/lines"),
            ("GET", "/api/auth/firms"), ("POST", "/api/auth/firms"), ("GET", "/api/webhooks/endpoints"),
            ("POST", "/api/certificates/orders/claim"),
        ],
    )  # fmt: skip
    def test_is_let_in_nowhere_else(
        self, client: TestClient, session: Session, customer: Actor, method: str, path: str
    ) -> None:
        body: dict[str, Any] = {} if method == "GET" else {"json": {"email": "a@example.org", "password": "x"}}
        answer = client.request(method, path, headers=bearer(make_token(session, customer).token), **body)
        assert (answer.status_code, answer.json()["type"]) == (403, NOT_FOR_TOKENS)

    def test_does_what_it_was_given_and_no_more(self, client: TestClient, session: Session, customer: Actor) -> None:
        token = bearer(make_token(session, customer, PLACE).token)
        refused = client.get(ORDERS, headers=token)
        assert (refused.status_code, refused.json()["scope"]) == (403, READ)
        assert client.get("/api/certificates/catalogue", headers=token).status_code == 200
        assert client.post(ORDERS, json={}, headers=token).status_code == 422

    def test_can_never_do_what_its_account_cannot(self, session: Session, customer: Actor) -> None:
        made = make_token(session, customer, READ)
        made.row.scopes = [READ, "certificates.orders.read", ACCOUNT_KEEP.name, TOKENS_KEEP.name]
        session.flush()
        actor = service.api_tokens._actor_of_token(session, made.row, _user(session, customer))
        assert actor.permissions == {READ}
        assert (actor.kind, actor.roles) == ("token", frozenset())

    @pytest.mark.parametrize("end", ["revoked", "expired", "switched off", "unproven", "elsewhere", "made up"])
    def test_one_that_has_ended_is_refused(
        self,
        client: TestClient,
        session: Session,
        customer: Actor,
        administrator: Actor,
        end: str,
    ) -> None:
        made = make_token(session, customer)
        token, host = made.token, "localhost"
        if end == "revoked":
            service.revoke_api_token(session, customer, token_id=made.row.id)
        elif end == "expired":
            made.row.expires_at = utc_now()
        elif end == "switched off":
            assert customer.user_id
            service.update_user(session, administrator, user_id=customer.user_id, active=False)
            service.update_user(session, administrator, user_id=customer.user_id, active=True)
        elif end == "unproven":
            _user(session, customer).email_verified_at = None
        elif end == "elsewhere":
            host = "kurrajong.localhost"
        else:
            token = "bks_" + "x" * 43
        session.flush()
        answer = client.get("/api/certificates/catalogue", headers={**bearer(token), "Host": host})
        assert (answer.status_code, answer.json()["type"]) == (401, INVALID)
        assert answer.headers["www-authenticate"].startswith("Bearer")

    @pytest.mark.usefixtures("limited")
    def test_guessing_is_counted(self, client: TestClient, session: Session, customer: Actor) -> None:
        answers = {client.get(ORDERS, headers=bearer(f"bks_{number}")).status_code for number in range(100)}
        assert answers == {401}
        assert client.get(ORDERS, headers=bearer("bks_101")).status_code == 429
        assert client.get(ORDERS, headers=bearer(make_token(session, customer).token)).status_code == 200


class TestRevokeApiToken:
    def test_nobody_ends_another_s(self, signed_in_as: Browser, session: Session, customer: Actor) -> None:
        made = make_token(session, customer)
        assert signed_in_as("customer").delete(f"{TOKENS}/{made.row.id}").status_code == 404
        browser = signed_in_as("customer")
        own = browser.post(TOKENS, json={"name": "LEAP", "scopes": [READ]}).json()
        assert browser.delete(f"{TOKENS}/{own['id']}").status_code == 204
        assert browser.get(TOKENS).json()["tokens"] == []


def _user(session: Session, actor: Actor) -> Any:
    assert actor.user_id
    return active_user(session, actor.user_id)

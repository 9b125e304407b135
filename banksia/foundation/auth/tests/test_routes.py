"""Signing in over HTTP."""

from collections.abc import Callable

from fastapi.testclient import TestClient

from banksia.kit.actor import Actor


class TestMe:
    def test_a_guest_is_nobody(self, client: TestClient) -> None:
        assert client.get("/api/auth/me").json() == {"user": None}

    def test_names_who_is_signed_in(self, signed_in_as: Callable[..., TestClient]) -> None:
        user = signed_in_as("administrator").get("/api/auth/me").json()["user"]
        assert user["kind"] == "staff"
        assert "auth.users.manage" in user["permissions"]


class TestSignIn:
    def test_a_wrong_password_is_refused_and_kept_in_the_log(self, client: TestClient, customer: Actor) -> None:
        answer = client.post("/api/auth/login", json={"email": customer.email, "password": "wrong"})
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "urn:banksia:auth:wrong-password"


class TestSignOut:
    def test_needs_the_token_that_only_our_pages_know(self, signed_in_as: Callable[..., TestClient]) -> None:
        browser = signed_in_as("administrator")
        assert browser.post("/api/auth/logout", headers={"X-CSRF-Token": "guessed"}).status_code == 403
        assert browser.post("/api/auth/logout", headers={"Origin": "http://evil.example"}).status_code == 403
        assert browser.post("/api/auth/logout").status_code == 204
        assert browser.get("/api/auth/me").json() == {"user": None}

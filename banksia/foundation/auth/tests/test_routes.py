"""One's own account over HTTP: sign in and out, register, forget a password."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.auth.tests.factories import (
    PASSWORD,
    mails_to,
    make_staff,
    make_user,
    token_delivered,
    token_in,
)
from banksia.kit.platform import Platform

Browser = Callable[..., TestClient]
ADDRESS = {"email": "new@example.org"}
REGISTRATION = {**ADDRESS, "name": "Nia \u200fעב", "password": PASSWORD}


@pytest.fixture
def limited(platform: Platform) -> None:
    platform.settings = platform.settings.model_copy(update={"rate_limits": "on"})


def sign_in(client: TestClient, email: str, password: str = PASSWORD) -> int:
    status = client.post("/api/auth/login", json={"email": email, "password": password}).status_code
    client.headers.update({"Origin": "http://localhost", "X-CSRF-Token": client.cookies.get("banksia_csrf") or ""})
    return status


class TestMe:
    def test_a_guest_is_nobody(self, client: TestClient) -> None:
        assert client.get("/api/auth/me").json() == {"user": None}

    def test_names_who_is_signed_in(self, signed_in_as: Browser) -> None:
        user = signed_in_as("administrator").get("/api/auth/me").json()["user"]
        assert user["kind"] == "staff"
        assert "auth.users.manage" in user["permissions"]

    def test_a_person_changes_their_own_name(self, signed_in_as: Browser) -> None:
        browser = signed_in_as("customer")
        assert browser.patch("/api/auth/me", json={"name": "Zoë"}).json()["user"]["name"] == "Zoë"
        assert browser.get("/api/auth/me").json()["user"]["name"] == "Zoë"
        assert browser.patch("/api/auth/me", json={"name": "Zoë", "roles": ["administrator"]}).status_code == 422

    def test_a_guest_changes_nothing(self, client: TestClient) -> None:
        assert client.patch("/api/auth/me", json={"name": "Zoë"}).status_code == 401


class TestSignIn:
    def test_sets_a_cookie_that_scripts_cannot_read(self, client: TestClient, session: Session) -> None:
        make_user(session)
        answer = client.post("/api/auth/login", json={"email": " MEI@example.org", "password": PASSWORD})
        assert answer.json()["user"]["email"] == "mei@example.org"
        cookies = {line.split("=")[0]: line for line in answer.headers.get_list("set-cookie")}
        assert "HttpOnly" in cookies["banksia_session"]
        assert "SameSite=lax" in cookies["banksia_session"]
        kept = session.scalars(text("SELECT token_hash FROM auth.sessions")).all()
        assert client.cookies["banksia_session"] not in kept

    @pytest.mark.parametrize("email", ["mei@example.org", "nobody@example.org", "\u202ex"])
    def test_a_wrong_password_is_refused_and_tells_nothing(
        self, client: TestClient, session: Session, email: str
    ) -> None:
        make_user(session)
        answer = client.post("/api/auth/login", json={"email": email, "password": "wrong"})
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "urn:banksia:auth:wrong-password"

    @pytest.mark.parametrize("email", ["", " ", "\u202e", "a\x00b", "x" * 201, 3, None, ["mei@example.org"]])
    def test_what_cannot_be_an_address_is_no_surprise(self, client: TestClient, email: object) -> None:
        answer = client.post("/api/auth/login", json={"email": email, "password": "wrong"})
        assert answer.json()["errors"][0]["field"] == "email"

    def test_an_account_that_is_switched_off_is_refused(self, client: TestClient, session: Session) -> None:
        make_user(session).active = False
        session.flush()
        assert sign_in(client, "mei@example.org") == 401

    def test_an_unproven_address_comes_first(self, client: TestClient, session: Session) -> None:
        make_user(session, verified=False)
        answer = client.post("/api/auth/login", json={"email": "mei@example.org", "password": PASSWORD})
        assert answer.json()["type"] == "urn:banksia:auth:email-not-verified"

    @pytest.mark.usefixtures("limited")
    def test_guessing_ends_after_ten_attempts_even_with_the_right_password(
        self, client: TestClient, session: Session
    ) -> None:
        make_user(session)
        answers = [sign_in(client, "mei@example.org", "wrong") for _ in range(10)]
        assert answers == [401] * 10
        answer = client.post("/api/auth/login", json={"email": "mei@example.org", "password": PASSWORD})
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0

    def test_an_account_of_one_council_is_none_of_another(self, client: TestClient, session: Session) -> None:
        make_user(session)
        client.headers["Host"] = "kurrajong.localhost"
        assert sign_in(client, "mei@example.org") == 401


class TestSignOut:
    def test_needs_the_token_that_only_our_pages_know(self, signed_in_as: Browser) -> None:
        browser = signed_in_as("administrator")
        assert browser.post("/api/auth/logout", headers={"X-CSRF-Token": "guessed"}).status_code == 403
        assert browser.post("/api/auth/logout", headers={b"X-CSRF-Token": "é".encode()}).status_code == 403
        assert browser.post("/api/auth/logout", headers={"Origin": "http://evil.example"}).status_code == 403
        assert browser.post("/api/auth/logout", headers={"Origin": ""}).status_code == 403
        assert browser.post("/api/auth/logout").status_code == 204
        assert browser.get("/api/auth/me").json() == {"user": None}

    def test_a_session_counts_at_its_own_council_only(self, signed_in_as: Browser) -> None:
        browser = signed_in_as("administrator")
        assert browser.get("/api/auth/me", headers={"Host": "kurrajong.localhost"}).json() == {"user": None}


class TestRegister:
    def test_makes_an_account_that_its_mail_confirms(self, client: TestClient, session: Session) -> None:
        assert client.post("/api/auth/register", json=REGISTRATION).json() == ADDRESS
        assert sign_in(client, "new@example.org") == 403
        ((template, message),) = mails_to(session, "new@example.org")
        assert template == "auth/verify_email"
        assert "?token" not in message
        token = token_in(message)
        assert client.post("/api/auth/verify-email", json={"token": token}).json() == ADDRESS
        assert sign_in(client, "new@example.org") == 200
        emitted = session.scalars(text("SELECT payload FROM events.outbox WHERE name = 'auth.email_verified'")).all()
        assert [each["email"] for each in emitted] == ["new@example.org"]
        client.cookies.clear()
        answer = client.post("/api/auth/verify-email", json={"token": token})
        assert answer.json()["type"] == "urn:banksia:auth:link-expired"

    def test_answers_the_same_for_a_taken_address_and_changes_nothing(
        self, client: TestClient, session: Session
    ) -> None:
        user = make_user(session, "new@example.org", name="Owner")
        answer = client.post("/api/auth/register", json={**REGISTRATION, "password": "an intruder's words"})
        assert (answer.status_code, answer.json()) == (202, ADDRESS)
        assert [template for template, _ in mails_to(session, "new@example.org")] == ["auth/account_exists"]
        assert sign_in(client, "new@example.org", "an intruder's words") == 401
        assert user.name == "Owner"

    def test_staff_do_not_lose_their_account_to_a_registration(self, client: TestClient, session: Session) -> None:
        make_staff(session, "new@example.org", "administrator", password=None, verified=False)
        assert client.post("/api/auth/register", json=REGISTRATION).status_code == 202
        assert [template for template, _ in mails_to(session, "new@example.org")] == ["auth/account_exists"]

    def test_the_last_to_ask_for_an_unproven_address_decides(self, client: TestClient, session: Session) -> None:
        client.post("/api/auth/register", json={**REGISTRATION, "password": "an intruder's words"})
        client.post("/api/auth/register", json=REGISTRATION)
        first, second = (token_in(message) for _, message in mails_to(session, "new@example.org"))
        assert client.post("/api/auth/verify-email", json={"token": first}).status_code == 410
        assert client.post("/api/auth/verify-email", json={"token": second}).status_code == 200
        assert sign_in(client, "new@example.org", "an intruder's words") == 401
        assert sign_in(client, "new@example.org") == 200

    @pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "banksia-demo"])
    def test_a_weak_password_is_refused(self, client: TestClient, session: Session, password: str) -> None:
        answer = client.post("/api/auth/register", json={**REGISTRATION, "password": password})
        assert answer.json()["errors"][0]["field"] == "password"
        assert mails_to(session, "new@example.org") == []

    @pytest.mark.usefixtures("limited")
    def test_one_address_is_not_mailed_again_and_again(self, client: TestClient) -> None:
        answers = [client.post("/api/auth/register", json=REGISTRATION).status_code for _ in range(6)]
        assert answers == [202] * 5 + [429]


class TestPasswordReset:
    def test_a_mailed_link_sets_a_new_password_and_ends_every_session(
        self, client: TestClient, session: Session, run_outbox: Callable[[], int]
    ) -> None:
        make_user(session, verified=False)
        assert client.post("/api/auth/request-password-reset", json={"email": "MEI@example.org"}).status_code == 202
        run_outbox()
        token = token_delivered(client)
        reset = {"token": token, "password": "another set of words"}
        assert client.post("/api/auth/reset-password", json={**reset, "password": "weak"}).status_code == 422
        assert client.post("/api/auth/reset-password", json=reset).json() == {"email": "mei@example.org"}
        assert sign_in(client, "mei@example.org") == 401
        assert sign_in(client, "mei@example.org", "another set of words") == 200
        assert mails_to(session, "mei@example.org")[-1][0] == "auth/password_changed"
        client.post("/api/auth/request-password-reset", json={"email": "mei@example.org"})
        run_outbox()
        token = token_delivered(client)
        assert client.post("/api/auth/reset-password", json={"token": token, "password": PASSWORD}).status_code == 200
        assert client.get("/api/auth/me").json() == {"user": None}

    def test_nobody_takes_a_link_out_of_the_log_of_messages(
        self, signed_in_as: Browser, client: TestClient, session: Session
    ) -> None:
        """A clerk may read the log, but must not become an administrator by it."""
        make_user(session, "jack@council.example", kind="staff", roles=["administrator"])
        client.post("/api/auth/request-password-reset", json={"email": "jack@council.example"})
        client.post("/api/auth/register", json=REGISTRATION)
        clerk = signed_in_as("counter_clerk")
        messages = clerk.get("/api/notifications/messages").json()["results"]
        assert messages
        for message in messages:
            assert "#token" not in clerk.get(f"/api/notifications/messages/{message['id']}").text

    def test_answers_the_same_without_an_account_and_mails_nobody(
        self, client: TestClient, session: Session, run_outbox: Callable[[], int]
    ) -> None:
        answer = client.post("/api/auth/request-password-reset", json={"email": "nobody@example.org"})
        assert (answer.status_code, answer.json()) == (202, {"email": "nobody@example.org"})
        run_outbox()
        assert mails_to(session, "nobody@example.org") == []

    def test_a_used_or_old_or_invented_link_does_nothing(
        self, client: TestClient, session: Session, run_outbox: Callable[[], int]
    ) -> None:
        make_user(session)
        client.post("/api/auth/request-password-reset", json={"email": "mei@example.org"})
        run_outbox()
        token = token_delivered(client)
        session.execute(text("UPDATE auth.one_time_tokens SET expires_at = now() - interval '1 second'"))
        session.flush()
        for tried in (token, "invented", "\u202e"):
            answer = client.post("/api/auth/reset-password", json={"token": tried, "password": "another set of words"})
            assert answer.status_code == 410
        assert sign_in(client, "mei@example.org") == 200

    def test_a_link_for_one_purpose_does_not_serve_another(self, client: TestClient, session: Session) -> None:
        client.post("/api/auth/register", json=REGISTRATION)
        token = token_in(mails_to(session, "new@example.org")[-1][1])
        answer = client.post("/api/auth/reset-password", json={"token": token, "password": "another set of words"})
        assert answer.status_code == 410


class TestChangePassword:
    def test_keeps_this_browser_and_ends_the_others(self, client: TestClient, session: Session) -> None:
        make_user(session)
        sign_in(client, "mei@example.org")
        other = TestClient(client.app, base_url="http://localhost")
        sign_in(other, "mei@example.org")
        change = {"current_password": PASSWORD, "password": "another set of words"}
        assert client.post("/api/auth/change-password", json=change).status_code == 204
        assert client.get("/api/auth/me").json()["user"] is not None
        assert other.get("/api/auth/me").json()["user"] is None
        assert sign_in(other, "mei@example.org", "another set of words") == 200

    @pytest.mark.usefixtures("limited")
    def test_needs_the_present_password_and_counts_the_attempts(self, client: TestClient, session: Session) -> None:
        make_user(session)
        sign_in(client, "mei@example.org")
        change = {"current_password": "guessed", "password": "another set of words"}
        answers = [client.post("/api/auth/change-password", json=change) for _ in range(11)]
        assert answers[0].json()["errors"][0]["field"] == "current_password"
        assert [answer.status_code for answer in answers] == [422] * 10 + [429]


class TestRateLimits:
    @pytest.mark.usefixtures("limited")
    def test_are_counted_apart_for_each_council(self, client: TestClient) -> None:
        asked = {"email": "mei@example.org"}
        answers = [client.post("/api/auth/request-password-reset", json=asked).status_code for _ in range(6)]
        assert answers == [202] * 5 + [429]
        elsewhere = client.post("/api/auth/request-password-reset", json=asked, headers={"Host": "kurrajong.localhost"})
        assert elsewhere.status_code == 202

    def test_can_be_switched_off_for_load_tests(self, client: TestClient, platform: Platform) -> None:
        platform.settings = platform.settings.model_copy(update={"rate_limits": "off"})
        asked = {"email": "mei@example.org"}
        answers = [client.post("/api/auth/request-password-reset", json=asked).status_code for _ in range(6)]
        assert answers == [202] * 6

"""The pages of caught mail: there in a demo, absent in production, safe with hostile mail."""

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from banksia.foundation.notifications.adapters.catcher import MailCatcher
from banksia.foundation.notifications.adapters.composing import AttachedFile, compose
from banksia.foundation.notifications.routes.dev_mail import mail_pages
from banksia.foundation.notifications.tests.test_adapters import ENVELOPE
from banksia.kit.platform import Platform
from banksia.kit.settings import Settings

SECRET = SecretStr("a key for tests only, thirty-two characters")


@pytest.fixture
def pages(tmp_path: Path) -> TestClient:
    settings = Settings(environment="demo", data_dir=tmp_path)
    router = mail_pages(settings)
    assert router is not None
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


@pytest.fixture
def caught(tmp_path: Path) -> str:
    hostile = replace(
        ENVELOPE,
        subject="<script>alert(1)</script>",
        text="See http://localhost:8000/verify?token=abc and <b>this</b>.\n",
        html="<html><head></head><body><script>alert(2)</script><a href='http://localhost:8000/x'>x</a></body></html>",
    )
    receipt = AttachedFile('Receipt "R-1".pdf', "application/pdf", b"%PDF-1.7\n")
    MailCatcher(tmp_path / "mail").send(compose(hostile, [receipt]))
    return "0199-1"


class TestMailPages:
    def test_is_part_of_a_demo_with_its_own_rules_for_frames(self, platform: Platform, client: TestClient) -> None:
        MailCatcher(Path(platform.settings.data_dir) / "mail").send(compose(ENVELOPE))
        assert client.get("/dev/mail").status_code == 200
        body = client.get("/dev/mail/0199-1/html")
        assert (body.status_code, body.headers["x-frame-options"]) == (200, "SAMEORIGIN")
        assert body.headers["content-security-policy"].startswith("sandbox")

    def test_lists_what_was_caught(self, pages: TestClient, caught: str) -> None:
        page = pages.get("/dev/mail")
        assert f'href="/dev/mail/{caught}"' in page.text
        assert "<script>" not in page.text
        assert "dale@lawyers.example" in page.text

    def test_says_that_there_is_none(self, pages: TestClient) -> None:
        assert "No mail yet." in pages.get("/dev/mail").text

    def test_shows_text_with_links_and_html_in_a_frame(self, pages: TestClient, caught: str) -> None:
        page = pages.get(f"/dev/mail/{caught}")
        assert '<a href="http://localhost:8000/verify?token=abc"' in page.text
        assert "&lt;b&gt;this&lt;/b&gt;" in page.text
        assert "<script>" not in page.text
        assert f'src="/dev/mail/{caught}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
        assert "script-src" not in page.headers["content-security-policy"]
        assert page.headers["content-security-policy"].startswith("default-src 'none'")

    def test_the_html_of_a_message_may_do_nothing(self, pages: TestClient, caught: str) -> None:
        body = pages.get(f"/dev/mail/{caught}/html")
        policy = body.headers["content-security-policy"]
        assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'")
        assert "allow-scripts" not in policy
        assert '<base target="_blank">' in body.text

    def test_attachments_are_saved(self, pages: TestClient, caught: str) -> None:
        answer = pages.get(f"/dev/mail/{caught}/attachments/0")
        assert answer.content == b"%PDF-1.7\n"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize("path", ["missing", "..%2Fmail%2F0199-1", "0199-1/attachments/1", "0199-1/attachments/-1"])
    def test_what_is_not_there_is_not_found(self, pages: TestClient, caught: str, path: str) -> None:
        assert pages.get(f"/dev/mail/{caught}").status_code == 200
        assert pages.get(f"/dev/mail/{path}").status_code == 404

    @pytest.mark.parametrize(
        "settings",
        [
            Settings(environment="production", secret_key=SECRET),
            Settings(environment="production", secret_key=SECRET, smtp_url="smtp://mail.council.example"),
            Settings(environment="demo", smtp_url="smtp://mail.council.example"),
        ],
    )
    def test_does_not_exist_where_mail_is_really_sent(self, settings: Settings) -> None:
        assert mail_pages(settings) is None

"""A link that sets a password is for its reader alone: not for whoever reads the log of messages."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.notifications.adapters.catcher import MailCatcher
from banksia.foundation.notifications.public import Message, send_mail
from banksia.foundation.notifications.service.delivering import mail_folder
from banksia.kit.platform import Platform

LINK = "http://localhost:8000/auth/customer/set-password#token=abc"


@pytest.fixture
def message(session: Session) -> Message:
    context = {"name": "Jack Lindqvist", "link": LINK}
    sent = send_mail(
        session, template="auth/set_password", to="jack@council.example", context=context, confidential=True
    )
    session.flush()
    return sent


class TestConfidentialMessage:
    @pytest.mark.parametrize("role", ["certificate_officer", "counter_clerk", "administrator"])
    def test_is_shown_without_its_words_before_and_after_it_is_delivered(
        self, signed_in_as: Callable[..., TestClient], message: Message, run_outbox: Callable[[], int], role: str
    ) -> None:
        browser = signed_in_as(role)
        for _ in range(2):
            shown = browser.get(f"/api/notifications/messages/{message.id}").json()
            assert shown["subject"].startswith("Set a new password")
            assert "#token" not in shown["text"] + shown["html"]
            assert "for its reader alone" in shown["text"]
            run_outbox()

    def test_reaches_its_reader_and_is_not_kept(
        self, session: Session, platform: Platform, message: Message, run_outbox: Callable[[], int]
    ) -> None:
        run_outbox()
        caught = MailCatcher(mail_folder(platform.settings)).newest(1)[0]
        assert caught.name == str(message.id)
        assert LINK in caught.body("plain")
        kept = session.execute(text("SELECT status, text || html AS words FROM notifications.messages")).one()
        assert kept.status == "sent"
        assert "#token" not in kept.words

    def test_is_not_sent_again(
        self, signed_in_as: Callable[..., TestClient], message: Message, run_outbox: Callable[[], int]
    ) -> None:
        run_outbox()
        answer = signed_in_as("administrator").post(f"/api/notifications/messages/{message.id}/resend")
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:banksia:notifications:message-confidential")

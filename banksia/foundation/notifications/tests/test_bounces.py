"""Mail that comes back: read as servers write it, matched with what was sent, told once to whoever sent it."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.notifications.adapters.dsn import read_report
from banksia.foundation.notifications.adapters.mailer import MailRefused, MailUnavailable
from banksia.foundation.notifications.models import Message
from banksia.foundation.notifications.public import messages_about, send_mail
from banksia.foundation.notifications.service import delivering
from banksia.foundation.notifications.service.writing import MAX_ATTEMPTS, get_message, resend_message
from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform

ORDER = ("certificates.order", uuid.UUID("0197aaaa-0000-7000-8000-00000000abcd"))
REPORT = """\
From: MAILER-DAEMON@mail.bluehills.example
To: no-reply@banksia.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I could not deliver your message.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.bluehills.example

Final-Recipient: rfc822; r.kaur@dalekaur.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <r.kaur@dalekaur.example>:
    User unknown

--b
Content-Type: {returned}

Message-ID: <{message_id}@banksia.example>
Subject: 603 certificate is ready

{rest}"""
RETURNED = ("message/rfc822", "text/rfc822-headers")


def report(message_id: object, *, action: str = "failed", returned: str = RETURNED[0], rest: str = "--b--\n") -> bytes:
    written = REPORT.format(message_id=message_id, action=action, returned=returned, rest=rest)
    return written.replace("\n", "\r\n").encode()


@pytest.fixture
def transactions(platform: Platform, organisation: Council) -> Transactions:
    return Transactions(platform, Actor.system(organisation.id))


@pytest.fixture
def sent(transactions: Transactions) -> Message:
    """A mail about an order, which a mail server has accepted."""
    with transactions() as session:
        context = {"name": "Dale & Kaur"}
        to = "r.kaur@dalekaur.example"
        message = send_mail(session, template="notifications/test_message", to=to, context=context, about=ORDER)
    delivering.deliver_message(transactions, message_id=message.id)
    return message


def told(session: Session) -> list[dict[str, str]]:
    emitted = "SELECT payload FROM events.outbox WHERE kind = 'event' AND name = 'notifications.message_bounced'"
    return [row.payload for row in session.execute(text(emitted))]


class TestReadReport:
    @pytest.mark.parametrize("returned", RETURNED)
    @pytest.mark.parametrize("rest", ["--b--\n", "the first words of a mail that was cut sh"])
    def test_reads_what_failed_and_why(self, returned: str, rest: str) -> None:
        read = read_report(report(ORDER[1], returned=returned, rest=rest))
        assert read is not None
        assert (read.message_id, read.failed) == (ORDER[1], True)
        assert read.reason == "550 5.1.1 <r.kaur@dalekaur.example>: User unknown"

    def test_a_delay_is_no_failure(self) -> None:
        read = read_report(report(ORDER[1], action="delayed"))
        assert read is not None
        assert not read.failed

    @pytest.mark.parametrize("raw", [b"", b"\xff\x00", b"Subject: I am on leave\n\nBack on Monday.", b"\n" * 9])
    def test_other_mail_is_no_report(self, raw: bytes) -> None:
        assert read_report(raw) is None


class TestTakeReturnedMail:
    PATH = "/api/notifications/bounces"
    SECRET: ClassVar = {"X-Bounce-Secret": "new"}

    @pytest.fixture(autouse=True)
    def secrets(self, platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
        secrets = [SecretStr("old"), SecretStr("new")]
        monkeypatch.setattr(platform, "settings", platform.settings.model_copy(update={"bounce_secrets": secrets}))

    def test_is_matched_at_whichever_council_and_told_once(
        self, client: TestClient, transactions: Transactions, sent: Message
    ) -> None:
        elsewhere = {**self.SECRET, "Host": "kurrajong.localhost"}
        for _ in range(2):
            answer = client.post(self.PATH, content=report(sent.id), headers=elsewhere)
            assert answer.json() == {"result": "bounced", "message_id": str(sent.id)}
        with transactions() as session:
            (message,) = messages_about(session, ORDER)
            assert (message.status, message.error) == ("bounced", "550 5.1.1 <r.kaur@dalekaur.example>: User unknown")
            assert message.bounced_at is not None
            assert len(told(session)) == 1

    def test_what_is_not_ours_or_not_lost_changes_nothing(
        self, client: TestClient, transactions: Transactions, sent: Message
    ) -> None:
        for raw in (report(uuid.uuid4()), report("other"), report(sent.id, action="delayed")):
            assert client.post(self.PATH, content=raw, headers=self.SECRET).json()["result"] == "ignored"
        with transactions() as session:
            assert get_message(session, sent.id).status == "sent"
            assert told(session) == []

    def test_lets_in_who_knows_a_secret(self, client: TestClient, platform: Platform, sent: Message) -> None:
        assert client.post(self.PATH, content=report(sent.id)).status_code == 403
        assert (
            client.post(self.PATH, content=report(sent.id), headers={"X-Bounce-Secret": "guessed"}).status_code == 403
        )
        unreadable = client.post(self.PATH, content=b"hello", headers={"X-Bounce-Secret": "old"})
        assert (unreadable.status_code, unreadable.json()["type"]) == (
            400,
            "urn:banksia:notifications:bounce-unreadable",
        )
        platform.settings = platform.settings.model_copy(update={"bounce_secrets": []})
        assert client.post(self.PATH, content=report(sent.id), headers={"X-Bounce-Secret": ""}).status_code == 404


class TestDeliverMessage:
    @pytest.mark.parametrize(
        ("attempts", "refusal", "times"),
        [
            (0, MailRefused("The mail server said: 550 no such mailbox"), 1),
            (0, MailUnavailable("The mail server said: 451 later"), 0),
            (MAX_ATTEMPTS - 1, MailUnavailable("The mail server said: 451 later"), 1),
        ],
    )
    def test_a_mail_that_is_given_up_is_told(
        self,
        transactions: Transactions,
        monkeypatch: pytest.MonkeyPatch,
        attempts: int,
        refusal: Exception,
        times: int,
    ) -> None:
        class Post:
            def send(self, _message: object) -> None:
                raise refusal

        monkeypatch.setattr(delivering, "mailer_of", lambda _settings: Post())
        with transactions() as session:
            to, context = "no@body.example", {"name": "Dale"}
            message = send_mail(session, template="notifications/test_message", to=to, context=context, about=ORDER)
            message.attempts = attempts
        try:
            delivering.deliver_message(transactions, message_id=message.id)
        except MailUnavailable:
            assert isinstance(refusal, MailUnavailable)
        with transactions() as session:
            assert len(told(session)) == times
            assert (get_message(session, message.id).bounced_at is not None) == bool(times)


class TestResendMessage:
    def test_goes_to_another_address_with_other_words(
        self,
        transactions: Transactions,
        sent: Message,
        officer: Actor,
        run_outbox: Callable[[], int],
        platform: Platform,
    ) -> None:
        with transactions() as session:
            words = {"Dale": "Mr Dale"}
            again = resend_message(session, officer, message_id=sent.id, to="Office@DaleKaur.example", words=words)
        run_outbox()
        assert (again.to_address, again.about_id) == ("office@dalekaur.example", ORDER[1])
        assert "Mr Dale" in again.text
        caught = (Path(platform.settings.data_dir) / "mail" / f"{again.id}.eml").read_text()
        assert "To: office@dalekaur.example" in caught

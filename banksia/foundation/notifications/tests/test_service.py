"""Messages from the row to the letter box, on a real database."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.notifications.adapters.catcher import MailCatcher
from banksia.foundation.notifications.adapters.mailer import MailRefused, MailUnavailable
from banksia.foundation.notifications.errors import MessageNotFound, MessageOnItsWay, NoAddressToTest
from banksia.foundation.notifications.models import Message
from banksia.foundation.notifications.public import Attachment, send_mail
from banksia.foundation.notifications.service import delivering
from banksia.foundation.notifications.service.writing import (
    MAX_ATTEMPTS,
    get_message,
    resend_message,
    send_test_message,
)
from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.public import put_bytes
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.kit.settings import Settings


def write(session: Session, *, to: str = "Dale@Lawyers.example", **more: Any) -> Message:
    """A message that any installation can send."""
    return send_mail(session, template="notifications/test_message", to=to, context={"name": "Dale & Kaur"}, **more)


@dataclass
class Post:
    """A mail server that answers as told."""

    answers: list[Exception] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        if self.answers:
            raise self.answers.pop(0)
        self.taken.append(message)


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    post = Post()
    monkeypatch.setattr(delivering, "mailer_of", lambda _settings: post)
    return post


@pytest.fixture
def transactions(platform: Platform, organisation: Council) -> Transactions:
    return Transactions(platform, Actor.system(organisation.id))


@pytest.fixture
def written(transactions: Transactions) -> Message:
    with transactions() as session:
        return write(session)


def status_of(transactions: Transactions, message: Message) -> tuple[str, int, str | None]:
    with transactions() as session:
        found = get_message(session, message.id)
        return found.status, found.attempts, found.error


class TestSendMail:
    def test_writes_a_rendered_message_and_its_delivery(self, session: Session) -> None:
        message = write(session)
        assert message.to_address == "dale@lawyers.example"
        assert message.subject == "Mail from Blue Hills Shire Council works"
        assert "Dale & Kaur, this message" in message.text
        assert "Dale &amp; Kaur, this message" in message.html
        waiting = session.execute(text("SELECT name, payload FROM events.outbox WHERE status = 'pending'")).all()
        assert ("notifications.deliver_message", {"message_id": str(message.id)}) in [tuple(row) for row in waiting]

    def test_tells_people_once_however_often_a_step_runs(
        self, session: Session, post: Post, run_outbox: Callable[[], int]
    ) -> None:
        first = write(session, dedupe_key="order_paid:1")
        second = write(session, dedupe_key="order_paid:1")
        assert first.id == second.id
        session.flush()
        run_outbox()
        assert len(post.taken) == 1

    def test_councils_have_keys_of_their_own(self, session: Session, other_session: Session) -> None:
        ours = write(session, dedupe_key="order_paid:1")
        theirs = write(other_session, dedupe_key="order_paid:1")
        assert ours.id != theirs.id
        with pytest.raises(MessageNotFound):
            get_message(session, theirs.id)


class TestDeliverMessage:
    def test_sends_once_and_says_so(self, transactions: Transactions, written: Message, post: Post) -> None:
        delivering.deliver_message(transactions, message_id=written.id)
        delivering.deliver_message(transactions, message_id=written.id)
        (letter,) = post.taken
        assert letter["Message-ID"] == f"<{written.id}@banksia.example>"
        assert letter["To"] == "dale@lawyers.example"
        assert status_of(transactions, written) == ("sent", 1, None)

    def test_a_repeat_after_a_crash_is_the_same_letter(
        self, transactions: Transactions, written: Message, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def crash(point: str) -> None:
            if point == "notifications.message_sent":
                raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(delivering, "reach", crash)
            with pytest.raises(KeyboardInterrupt):
                delivering.deliver_message(transactions, message_id=written.id)
        delivering.deliver_message(transactions, message_id=written.id)
        assert len({letter["Message-ID"] for letter in post.taken}) == 1
        assert status_of(transactions, written)[0] == "sent"

    def test_no_transaction_is_open_while_the_server_is_called(
        self, transactions: Transactions, written: Message, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        open_now: list[int] = []
        depth = 0
        real = Transactions.__call__

        @contextmanager
        def counted(transactions: Transactions) -> Iterator[Session]:
            nonlocal depth
            depth += 1
            with real(transactions) as session:
                yield session
            depth -= 1

        monkeypatch.setattr(Transactions, "__call__", counted)
        post = SimpleNamespace(send=lambda _message: open_now.append(depth))
        monkeypatch.setattr(delivering, "mailer_of", lambda _settings: post)
        delivering.deliver_message(transactions, message_id=written.id)
        assert open_now == [0]

    def test_a_refusal_is_kept_and_not_tried_again(
        self, transactions: Transactions, written: Message, post: Post
    ) -> None:
        post.answers = [MailRefused("The mail server said: 550 no such mailbox")]
        delivering.deliver_message(transactions, message_id=written.id)
        delivering.deliver_message(transactions, message_id=written.id)
        assert post.taken == []
        assert status_of(transactions, written) == ("refused", 1, "The mail server said: 550 no such mailbox")

    def test_a_server_that_is_away_is_tried_again(
        self, transactions: Transactions, written: Message, post: Post
    ) -> None:
        post.answers = [MailUnavailable("The mail server said: 451 later")]
        with pytest.raises(MailUnavailable):
            delivering.deliver_message(transactions, message_id=written.id)
        assert status_of(transactions, written) == ("queued", 1, "The mail server said: 451 later")
        delivering.deliver_message(transactions, message_id=written.id)
        assert status_of(transactions, written) == ("sent", 2, None)

    def test_carries_its_attachments(self, transactions: Transactions, post: Post) -> None:
        stored = put_bytes(transactions, b"%PDF-1.7\nreceipt")
        with transactions() as session:
            attachment = Attachment(stored.id, "Receipt R-028132.pdf")
            message = write(session, attachments=[attachment])
        delivering.deliver_message(transactions, message_id=message.id)
        (attached,) = post.taken[0].iter_attachments()
        assert (attached.get_filename(), attached.get_content()) == ("Receipt R-028132.pdf", b"%PDF-1.7\nreceipt")
        assert attached.get_content_type() == "application/pdf"

    def test_an_attachment_that_is_not_there_is_said(self, transactions: Transactions, post: Post) -> None:
        with transactions() as session:
            message = write(session, attachments=[Attachment(uuid.uuid4(), "Receipt.pdf")])
        delivering.deliver_message(transactions, message_id=message.id)
        assert status_of(transactions, message)[2] == "The attachment “Receipt.pdf” is not in the file store."
        assert post.taken == []

    def test_what_is_no_address_is_refused(self, transactions: Transactions, post: Post) -> None:
        with transactions() as session:
            message = write(session, to="nobody")
        delivering.deliver_message(transactions, message_id=message.id)
        assert status_of(transactions, message)[0] == "refused"
        assert post.taken == []


class TestMailerOf:
    def test_a_demo_catches(self, platform: Platform) -> None:
        assert isinstance(delivering.mailer_of(platform.settings), MailCatcher)

    def test_production_without_a_server_says_what_to_set(self) -> None:
        production = Settings(environment="production", secret_key="0123456789abcdef0123456789abcdef")  # type: ignore[arg-type]  # pydantic wraps it
        with pytest.raises(MailUnavailable, match="Set BANKSIA_SMTP_URL"):
            delivering.mailer_of(production)


class TestResendMessage:
    def test_sends_the_same_words_as_a_new_letter(
        self, transactions: Transactions, written: Message, post: Post, officer: Actor, run_outbox: Callable[[], int]
    ) -> None:
        delivering.deliver_message(transactions, message_id=written.id)
        with transactions() as session:
            again = resend_message(session, officer, message_id=written.id)
        run_outbox()
        first, second = post.taken
        assert again.resend_of_id == written.id
        assert first["Message-ID"] != second["Message-ID"]
        assert first.get_body(("plain",)).get_content() == second.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # both have one

    def test_two_presses_make_one_letter(
        self, transactions: Transactions, written: Message, post: Post, officer: Actor
    ) -> None:
        delivering.deliver_message(transactions, message_id=written.id)
        with transactions() as session:
            resend_message(session, officer, message_id=written.id)
        with pytest.raises(MessageOnItsWay, match="goes out by itself"), transactions() as session:
            resend_message(session, officer, message_id=written.id)
        assert len(post.taken) == 1

    def test_a_letter_that_was_given_up_can_be_sent_again(
        self, transactions: Transactions, written: Message, officer: Actor
    ) -> None:
        with transactions() as session:
            get_message(session, written.id).attempts = MAX_ATTEMPTS
        with transactions() as session:
            assert resend_message(session, officer, message_id=written.id).status == "queued"

    def test_a_test_message_needs_an_address(self, session: Session, organisation: Council) -> None:
        with pytest.raises(NoAddressToTest):
            send_test_message(session, Actor.system(organisation.id))


class TestRoutes:
    def test_staff_find_a_message_and_send_it_again(
        self, signed_in_as: Callable[..., TestClient], transactions: Transactions, written: Message, post: Post
    ) -> None:
        delivering.deliver_message(transactions, message_id=written.id)
        client = signed_in_as("counter_clerk")
        listed = client.get("/api/notifications/messages", params={"to": "DALE@lawyers.example"}).json()["results"]
        assert [(row["id"], row["status"]) for row in listed] == [(str(written.id), "sent")]
        assert "Dale" in client.get(f"/api/notifications/messages/{written.id}").json()["text"]
        again = client.post(f"/api/notifications/messages/{written.id}/resend")
        assert (again.status_code, again.json()["resend_of_id"]) == (201, str(written.id))
        assert len(post.taken) == 1

    def test_pages_and_filters(self, signed_in_as: Callable[..., TestClient], transactions: Transactions) -> None:
        with transactions() as session:
            sent = [write(session).id for _ in range(3)]
        client = signed_in_as("administrator")
        asked: dict[str, str | int] = {"limit": 2, "status": "queued", "to": "dale@lawyers.example"}
        first = client.get("/api/notifications/messages", params=asked).json()
        second = client.get("/api/notifications/messages", params={**asked, "cursor": first["next_cursor"]}).json()
        found = [row["id"] for row in first["results"] + second["results"]]
        assert found == [str(each) for each in reversed(sent)]
        assert second["next_cursor"] is None
        assert client.get("/api/notifications/messages", params={**asked, "status": "refused"}).json()["results"] == []

    def test_sends_a_test_message_to_oneself(
        self, signed_in_as: Callable[..., TestClient], post: Post, run_outbox: Callable[[], int]
    ) -> None:
        client = signed_in_as("administrator")
        sent = client.post("/api/notifications/test-message")
        assert sent.status_code == 201
        run_outbox()
        assert [letter["To"] for letter in post.taken] == [sent.json()["to_address"]]

    @pytest.mark.parametrize("role", ["customer", "records_officer"])
    def test_is_for_those_who_answer_customers(
        self, signed_in_as: Callable[..., TestClient], written: Message, role: str
    ) -> None:
        client = signed_in_as(role)
        assert client.get("/api/notifications/messages").status_code == 403
        assert client.post(f"/api/notifications/messages/{written.id}/resend").status_code == 403

    def test_an_unknown_message_is_not_found(self, signed_in_as: Callable[..., TestClient]) -> None:
        answer = signed_in_as("administrator").get(f"/api/notifications/messages/{uuid.uuid4()}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:banksia:notifications:message-not-found")


class TestTheEmbeddedWay:
    def test_a_message_is_caught_in_the_folder(
        self, transactions: Transactions, written: Message, run_outbox: Callable[[], int]
    ) -> None:
        run_outbox()
        caught = MailCatcher(Path(transactions.platform.settings.data_dir) / "mail").find(str(written.id))
        assert caught is not None
        assert "Blue Hills Shire Council" in str(caught.message["From"])

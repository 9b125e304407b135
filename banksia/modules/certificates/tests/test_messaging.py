"""What customer and council write to each other: who may, what it answers, and the files that come with it."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.errors.messages import MessagesFull
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.messages import MessageCreate
from banksia.modules.certificates.service import messaging
from banksia.modules.certificates.service.holding import hold_line
from banksia.modules.certificates.service.queue import read_queue_line
from banksia.modules.certificates.service.states import UNPAID
from banksia.modules.certificates.tests.factories import make_order, pay, place_over_http

Browsers = Callable[..., TestClient]
ANSWER = MessageCreate(text="The shed was removed in March.")
PLAN = b"%PDF-1.7 a survey plan"


@pytest.fixture
def order(session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]) -> Order:
    """A guest's paid order of two certificates."""
    made = make_order(session, guest, "603", "735A")
    pay(session, actor_with("counter_clerk"), made, run_outbox)
    return session.scalars(order_with_id(guest.organisation_id, made.id)).one()


def mails(session: Session) -> list[str]:
    found = session.execute(text("SELECT text FROM notifications.messages WHERE template = 'certificates/message'"))
    return [row.text for row in found]


class TestWriting:
    def test_an_answer_lets_the_clock_go_on(self, session: Session, officer: Actor, guest: Actor, order: Order) -> None:
        asked, other = order.lines
        hold_line(session, officer, line_id=asked.id, question="Has the shed been removed?")
        assert messaging.list_messages(session, guest, order=order).answers == ["Has the shed been removed?"]
        written = messaging.write_message(session, guest, order=order, written=ANSWER)
        assert (written.from_council, written.author_name) == (False, order.contact_name)
        assert (asked.state, asked.reason, other.state) == ("queued", None, "queued")
        assert read_queue_line(session, other).customer_wrote_at is not None
        assert messaging.list_messages(session, guest, order=order).answers == []

    def test_what_waits_for_money_waits_on(self, session: Session, officer: Actor, guest: Actor, order: Order) -> None:
        line = order.lines[0]
        line.state, line.reason, line.held_from_state = "on_hold", UNPAID, "assigned"
        session.flush()
        messaging.write_message(session, guest, order=order, written=ANSWER)
        assert line.state == "on_hold"
        assert messaging.list_messages(session, guest, order=order).answers == []

    def test_council_is_read_by_mail_and_has_answered(
        self, session: Session, officer: Actor, guest: Actor, order: Order
    ) -> None:
        messaging.write_message(session, guest, order=order, written=ANSWER)
        said = MessageCreate(text="Thank you. It is issued on Friday.")
        answered = messaging.write_message(session, officer, order=order, written=said)
        assert (answered.from_council, answered.author_name) == (True, officer.name)
        assert order.customer_wrote_at is None
        [mail] = mails(session)
        assert "Thank you. It is issued on Friday." in mail
        assert "#token=" in mail

    def test_nothing_is_changed_later(self, session: Session, guest: Actor, order: Order) -> None:
        messaging.write_message(session, guest, order=order, written=ANSWER)
        session.flush()
        for statement in ("UPDATE certificates.messages SET text = ''", "DELETE FROM certificates.messages"):
            with pytest.raises(DBAPIError, match="permission denied"), session.begin_nested():
                session.execute(text(statement))

    def test_there_is_an_end(
        self, session: Session, guest: Actor, order: Order, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(messaging, "MOST_MESSAGES", 1)
        messaging.write_message(session, guest, order=order, written=ANSWER)
        with pytest.raises(MessagesFull):
            messaging.write_message(session, guest, order=order, written=ANSWER)


@pytest.fixture
def placed(client: TestClient, session: Session) -> dict[str, Any]:
    """An order with its key, as a guest has it."""
    return place_over_http(client, session)


def send_file(client: TestClient, path: str, key: dict[str, str], name: str = "plan.pdf", **more: Any) -> Any:
    headers = {"X-Content-SHA256": hashlib.sha256(PLAN).hexdigest(), **key, **more}
    return client.post(path, params={"file_name": name}, content=PLAN, headers=headers)


class TestOverHttp:
    def test_a_guest_writes_and_adds_a_file_that_council_reads(
        self, client: TestClient, session: Session, placed: dict[str, Any], signed_in_as: Browsers
    ) -> None:
        path, key = f"/api/certificates/orders/{placed['id']}", {"X-Order-Token": placed["access_token"]}
        assert client.post(f"{path}/messages", json={"text": "Hello"}).status_code == 401
        assert client.post(f"{path}/messages", json={"text": "  "}, headers=key).status_code == 422
        written = client.post(f"{path}/messages", json={"text": "Here is the plan. \u202e\u05e9"}, headers=key)
        assert (written.status_code, written.json()["takes_files"]) == (201, True)
        files = f"{path}/messages/{written.json()['id']}/files"
        assert send_file(client, files, {}).status_code == 401
        assert send_file(client, files, key, **{"X-Content-SHA256": "0" * 64}).status_code == 400
        for _ in range(2):  # the second is the same upload again, after a lost answer
            answer = send_file(client, files, key)
            assert answer.status_code == 201, answer.text
        [file] = answer.json()["files"]
        assert (file["file_name"], file["size_bytes"]) == ("plan.pdf", len(PLAN))
        clerk = signed_in_as("counter_clerk")
        listed = clerk.get(f"{path}/messages").json()
        assert [each["files"] for each in listed["messages"]] == [[file]]
        assert (listed["can_write"], listed["messages"][0]["takes_files"]) == (True, False)
        download = clerk.get(file["download_path"])
        assert download.content == PLAN
        assert download.headers["content-disposition"].startswith("attachment")
        assert send_file(clerk, files, {}).status_code == 409
        noted = "SELECT count(*) FROM audit.entries WHERE action LIKE 'certificates.message_file_%'"
        assert session.execute(text(noted)).scalar_one() == 2

    def test_a_large_file_is_refused_before_a_byte_is_taken(
        self, client: TestClient, placed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(messaging, "LARGEST_FILE", 3)
        path, key = f"/api/certificates/orders/{placed['id']}", {"X-Order-Token": placed["access_token"]}
        written = client.post(f"{path}/messages", json={"text": "Here is the plan."}, headers=key).json()
        assert send_file(client, f"{path}/messages/{written['id']}/files", key).status_code == 413

    def test_an_old_message_and_a_full_one_take_no_more(
        self, client: TestClient, placed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path, key = f"/api/certificates/orders/{placed['id']}", {"X-Order-Token": placed["access_token"]}
        written = client.post(f"{path}/messages", json={"text": "Here is the plan."}, headers=key).json()
        files = f"{path}/messages/{written['id']}/files"
        monkeypatch.setattr(messaging, "MOST_FILES", 1)
        assert send_file(client, files, key).status_code == 201
        assert send_file(client, files, key, name="another.pdf").status_code == 409
        later = utc_now() + timedelta(hours=2)
        monkeypatch.setattr(messaging, "utc_now", lambda: later)
        monkeypatch.setattr(messaging, "MOST_FILES", 5)
        assert send_file(client, files, key, name="another.pdf").status_code == 409
        assert send_file(client, f"{path}/messages/{uuid.uuid4()}/files", key).status_code == 404

    def test_who_may_not(
        self, placed: dict[str, Any], signed_in_as: Browsers, neighbour_signed_in_as: Browsers
    ) -> None:
        path = f"/api/certificates/orders/{placed['id']}"
        finance = signed_in_as("finance_officer")
        assert finance.get(f"{path}/messages").json()["can_write"] is False
        assert finance.post(f"{path}/messages", json={"text": "Hello"}).status_code == 403
        assert finance.get(f"{path}/message-files/{uuid.uuid4()}").status_code == 404
        stranger = signed_in_as("customer")
        assert stranger.post(f"{path}/messages", json={"text": "Hello"}).status_code == 404
        for each in (stranger, neighbour_signed_in_as("certificate_officer")):
            assert each.get(f"{path}/messages").status_code == 404

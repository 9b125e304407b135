"""What is written down of documents that were sent: the version that went, whatever came after it."""

import uuid
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from banksia.foundation.notifications.public import MessageBounced
from banksia.foundation.organisations.public import update_module_settings
from banksia.kit.database import Transactions
from banksia.modules.files import service
from banksia.modules.files.service.sending.mailing import ABOUT
from banksia.modules.files.tests.factories import PLAN, upload
from banksia.modules.files.tests.secrets import FILES, ok, send_version

LARGE = PLAN + bytes(1_100_000)


@pytest.fixture
def seen(records: TestClient, property_id: uuid.UUID, folder: uuid.UUID) -> dict[str, Any]:
    """The version on screen, too large to be attached."""
    document = ok(upload(records, property_id, LARGE, folder_id=folder))
    return {"document_id": document["id"], "version_number": 1, "sha256": document["latest"]["sha256"]}


@pytest.fixture
def sending_id(
    records: TestClient, transactions: Transactions, property_id: uuid.UUID, seen: dict[str, Any]
) -> uuid.UUID:
    """It was sent, and has another version since."""
    with transactions() as session:
        update_module_settings(session, transactions.actor, name="files", values={"attach_up_to_megabytes": 1})
    wanted = {"to_email": "mei@owner.example", "documents": [seen]}
    sent = ok(records.post(f"{FILES}/properties/{property_id}/sendings", json=wanted))
    assert send_version(records, seen["document_id"], PLAN + b"later").status_code == 201
    return uuid.UUID(sent["id"])


def told(records: TestClient, seen: dict[str, Any]) -> tuple[str, int, str]:
    """The newest line of the document's log: what was done, with which version and hash."""
    line = records.get(f"{FILES}/documents/{seen['document_id']}/log").json()["results"][0]
    return line["action"], line["version_number"], line["detail"]["sha256"]


class TestDownloadShared:
    def test_is_logged_with_the_version_that_was_sent(
        self,
        records: TestClient,
        client: TestClient,
        transactions: Transactions,
        seen: dict[str, Any],
        sending_id: uuid.UUID,
    ) -> None:
        with transactions() as session:
            mails = "SELECT text FROM notifications.messages WHERE template = 'files/documents_link'"
            token = session.execute(text(mails)).scalar_one().split("#token=")[1].split()[0]
        ok(client.post(f"{FILES}/shared", json={"token": token}))
        assert client.get(f"{FILES}/shared/documents/1").content == LARGE
        assert told(records, seen) == ("shared_opened", 1, seen["sha256"])


class TestNoteReturned:
    def test_names_the_version_that_was_sent(
        self, records: TestClient, transactions: Transactions, seen: dict[str, Any], sending_id: uuid.UUID
    ) -> None:
        bounced = MessageBounced(message_id=uuid.uuid4(), about_kind=ABOUT, about_id=sending_id, reason="No such box")
        with transactions() as session:
            service.note_returned(session, bounced)
        assert told(records, seen) == ("sending_returned", 1, seen["sha256"])

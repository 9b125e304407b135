"""A document in a restricted folder of which everything is known, for tests of who hears of it."""

import uuid
from typing import Any

from fastapi.testclient import TestClient

from banksia.modules.files.tests.factories import sha256, upload

FILES = "/api/files"
SECRET, SECOND = b"%PDF-1.7 the zebra order", b"%PDF-1.7 the zebra order, signed"
TOLD = ("zebra", "quagga", "okapi", "gazelle")
"""Words of the title and the file names, of the comment, of the reminder and of the message to the owner."""


def ok(answer: Any) -> Any:
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()


def send_version(client: TestClient, document: str, content: bytes, **about: Any) -> Any:
    return client.post(
        f"{FILES}/documents/{document}/versions",
        params={"file_name": "zebra signed.pdf", **about},
        content=content,
        headers={"Content-Type": "application/octet-stream", "X-Content-SHA256": sha256(content)},
    )


def make_secret(records: TestClient, home: uuid.UUID, other: uuid.UUID, folders: dict[str, str]) -> dict[str, str]:
    """A document in a restricted folder with everything that can be said of one, and the ids of what was said."""
    sent = upload(records, home, SECRET, folder_id=folders["closed"], title="Zebra order", file_name="zebra.pdf")
    document = ok(sent)["id"]
    where, own = f"{FILES}/documents/{document}", f"{FILES}/properties/{home}"
    about = {"document_id": document}
    ok(send_version(records, document, SECOND))
    ok(records.put(f"{where}/pin", json={"pinned": True}))
    ok(records.post(f"{own}/comments", json={"text": "Quagga burrow", **about}))
    reminder = ok(records.post(f"{own}/reminders", json={"remind_on": "2190-01-01", "note": "Okapi", **about}))
    seen = {"version_number": 2, "sha256": sha256(SECOND), **about}
    sending = {"to_email": "mei@owner.example", "message": "Gazelle", "documents": [seen]}
    ok(records.post(f"{own}/sendings", json=sending))
    ok(records.post(f"{where}/links", json={"property_id": str(other), "folder_id": folders["open"]}))
    removal = ok(records.post(f"{where}/removals", json={"reason": "Zebra twice"}))
    return {"document_id": document, "reminder_id": reminder["id"], "removal_id": removal["id"]}

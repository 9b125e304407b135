"""Rows and files for the tests of property files."""

import base64
import hashlib
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.storage import public as storage
from banksia.foundation.storage.public import StoredObject, put_bytes
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, platform_of
from banksia.kit.models import new_id
from banksia.modules.files import queries
from banksia.modules.files.models import (
    Batch,
    Content,
    Disposal,
    Document,
    DocumentVersion,
    Folder,
    Hold,
    Reminder,
    Removal,
    RetentionClass,
)
from banksia.modules.files.service.contents import note_content

PLAN = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nSection 4.55 plans"
LONG_AGO = datetime(2001, 3, 1, tzinfo=UTC)
"""A subdivision whose folder was archived then need not be kept any more."""


def make_property(session: Session, **about: Any) -> uuid.UUID:
    """A property of the session's council; the property module makes it, whose tests nobody may import by name."""
    factories = import_module("banksia.modules.property.tests.factories")
    made: uuid.UUID = factories.make_property(session, **about)
    return made


def folder_id(session: Session, actor: Actor, key: str = "general_correspondence") -> uuid.UUID:
    """One of the folders that a council is given."""
    return session.scalars(queries.folders_of(actor.organisation_id).where(Folder.key == key)).one().id


def keep_by(session: Session, actor: Actor, code: str, **folder: object) -> None:
    """Keep what is in the general folder by a class; `folder` are what else is known of the folder."""
    row = session.get(Folder, folder_id(session, actor))
    assert row is not None
    kept_by = queries.classes_of(actor.organisation_id).where(RetentionClass.code == code)
    row.retention_class_id = session.scalars(kept_by).one().id
    for name, value in folder.items():
        setattr(row, name, value)


def sha256(content: bytes) -> str:
    """As a client reckons it."""
    return hashlib.sha256(content).hexdigest()


def upload(client: TestClient, property_id: uuid.UUID, content: bytes = PLAN, **about: Any) -> Any:
    """Send a file as the page does; `folder_id` and everything else go into the address."""
    claimed = about.pop("claimed_sha256", sha256(content))
    return client.post(
        f"/api/files/properties/{property_id}/documents",
        params={"file_name": "Section_4.55 plans.pdf", **about},
        content=content,
        headers={"Content-Type": "application/octet-stream", "X-Content-SHA256": claimed},
    )


@dataclass(frozen=True)
class Issued:
    """What the event of an issued certificate carries."""

    property_id: uuid.UUID
    object_id: uuid.UUID
    sha256: str
    certificate_id: uuid.UUID
    number: str = "10.7/2026/0913"
    title: str = "Planning certificate 10.7(2)"
    parcel: str = "2/2/DP2288"
    supersedes_id: uuid.UUID | None = None


def make_certificate(
    transactions: Transactions, property_id: uuid.UUID, content: bytes = PLAN, **about: Any
) -> tuple[Issued, StoredObject]:
    """The event of a certificate whose bytes are stored."""
    stored = put_bytes(transactions, content)
    return Issued(property_id, stored.id, stored.sha256, uuid.uuid4(), **about), stored


def note_bytes(transactions: Transactions, content: bytes) -> uuid.UUID:
    """The row of what is known of stored bytes."""
    stored = put_bytes(transactions, content)
    with transactions() as session:
        note_content(session, stored)
        wanted = queries.contents_of(stored.organisation_id).where(Content.object_id == stored.id)
        return session.scalars(wanted).one().id


def make_document(session: Session, actor: Actor, property_id: uuid.UUID, *, content: bytes = PLAN) -> Document:
    """A document in the general folder."""
    stored = put_bytes(Transactions(platform_of(session), actor), content)
    document = Document(
        id=new_id(),
        organisation_id=actor.organisation_id,
        property_id=property_id,
        folder_id=folder_id(session, actor),
        title="Section 4.55 plans",
        description="",
        property_label="6 FAIRVIEW DRIVE SOUTH BOWENFELS",
        changed_at=utc_now(),
    )
    session.add(document)
    session.flush()
    session.add(
        DocumentVersion(
            id=new_id(),
            organisation_id=actor.organisation_id,
            document_id=document.id,
            number=1,
            object_id=stored.id,
            file_name="plans.pdf",
            sha256=stored.sha256,
            size=stored.size,
            content_type=stored.content_type,
            added_by_name=actor.name,
        )
    )
    session.flush()
    return document


def tus_headers(content: bytes, **about: Any) -> dict[str, str]:
    """What announces a file that comes in parts; `about` are keys of its metadata."""
    said = {"filename": "Section_4.55 plans.pdf", "sha256": sha256(content), **about}
    metadata = ",".join(f"{key} {base64.b64encode(str(value).encode()).decode()}" for key, value in said.items())
    return {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)), "Upload-Metadata": metadata}


def part_headers(offset: int, **others: str) -> dict[str, str]:
    """What goes with the bytes of one part."""
    part = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return part | others


def make_upload(session: Session, actor: Actor, property_id: uuid.UUID, content: bytes = PLAN) -> uuid.UUID:
    """An upload that somebody began and of which nothing has come."""
    about = {"filename": "plans.pdf", "sha256": sha256(content), "property_id": str(property_id)}
    return storage.begin_upload(
        session,
        actor,
        purpose="files.document",
        about=about | {"folder_id": str(folder_id(session, actor))},
        size=len(content),
        sha256=sha256(content),
    ).id


def route_examples(session: Session) -> dict[str, str]:
    """What the routes' path parameters can name."""
    actor = Actor.system(organisation_id_of(session))
    property_id = make_property(session)
    document = make_document(session, actor, property_id)
    return {
        "property_id": str(property_id),
        "document_id": str(document.id),
        "upload_id": str(make_upload(session, replace(actor, user_id=new_id()), property_id)),
        "folder_id": str(document.folder_id),
        "number": "1",
        **_kept(session, actor, document),
    }


def _kept(session: Session, actor: Actor, document: Document) -> dict[str, str]:
    """A reminder, a hold, a removal, a disposal list, a load and a retention class, by the names of their ids."""
    about = {"organisation_id": actor.organisation_id, "property_id": document.property_id}
    someone = uuid.uuid4()
    rows: dict[str, Any] = {
        "reminder_id": Reminder(
            **about, document_id=document.id, remind_on=date(2199, 1, 1), person_id=someone, person_name="Priya Nair",
            note="", created_by_name=actor.name,
        ),
        "hold_id": Hold(**about, reason="Court case", placed_by_name=actor.name),
        "removal_id": Removal(
            **about, document_id=document.id, reason="Twice here", requested_by_id=someone, requested_by_name="Tom",
        ),
        "disposal_id": Disposal(
            organisation_id=actor.organisation_id, number=1, title="Due", due_by_on=date(2026, 1, 1),
            made_by_id=someone, made_by_name="Tom",
        ),
        "batch_id": Batch(
            organisation_id=actor.organisation_id, name="Shelf 4", place="/srv/shelf-4", state="loaded", counts={},
            started_by_name="Tom",
        ),
    }  # fmt: skip
    session.add_all(rows.values())
    session.flush()
    kept_by = session.scalars(queries.classes_of(actor.organisation_id).limit(1)).one()
    return {"class_id": str(kept_by.id), **{name: str(row.id) for name, row in rows.items()}}

"""A document comes in: checked before its first byte, stored, and only then written into the file."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.kill_points import reach
from banksia.kit.schemas import MOST_OF_A_LINE, tidy_line
from banksia.modules.files.errors import FileNameMissing
from banksia.modules.files.models import Document
from banksia.modules.files.service.copies import lock_copies, refuse_second_copy
from banksia.modules.files.service.folders.finding import check_open, get_folder
from banksia.modules.files.service.properties import label_of, parcel_of
from banksia.modules.files.service.reading import folder_of, get_document
from banksia.modules.files.service.writing import Bytes, write_document, write_next_version
from banksia.modules.property.public import get_property


@dataclass(frozen=True)
class Upload:
    """What is said of a new document before it is sent. `size` is in bytes, `sha256` the sender's own reckoning."""

    property_id: UUID
    folder_id: UUID
    file_name: str
    size: int
    sha256: str
    title: str = ""
    description: str = ""
    parcel: str | None = None
    dated_on: date | None = None
    add_anyway: bool = False


@dataclass(frozen=True)
class NewVersion:
    """What is said of a document's next version before it is sent."""

    document_id: UUID
    file_name: str
    size: int
    sha256: str
    add_anyway: bool = False


def check_upload(session: Session, actor: Actor, *, upload: Upload) -> None:
    """Refuse, before a byte is taken, what could not be kept anyway.

    Raises PropertyNotFound, FolderNotFound, FolderArchived, ParcelNotFound, FileNameMissing, or DocumentAlreadyHere
    unless the sender wants a second copy in the file.
    """
    parcel_of(session, upload.property_id, upload.parcel)
    check_open(session, get_folder(session, actor, upload.folder_id, property_id=upload.property_id))
    base_name(upload.file_name)
    if not upload.add_anyway:
        refuse_second_copy(session, actor, upload.property_id, sha256=upload.sha256, size=upload.size)


def check_version(session: Session, actor: Actor, *, upload: NewVersion) -> None:
    """The same for a document's next version.

    Raises DocumentNotFound, FolderArchived, FileNameMissing, or DocumentAlreadyHere unless the sender wants the same
    bytes again.
    """
    document = _open_document(session, actor, upload.document_id)
    base_name(upload.file_name)
    if not upload.add_anyway:
        refuse_second_copy(session, actor, document.property_id, sha256=upload.sha256, size=upload.size)


@contextmanager
def receive_upload(transactions: Transactions, upload: Upload) -> Iterator[storage.Receiving]:
    """Take a file's bytes once it is known that they may come; see `check_upload` and `storage.receive`."""
    with transactions() as session:
        check_upload(session, transactions.actor, upload=upload)
    with storage.receive(transactions.platform, size=upload.size) as receiving:
        yield receiving


@contextmanager
def receive_version(transactions: Transactions, upload: NewVersion) -> Iterator[storage.Receiving]:
    """Take the bytes of a next version once it is known that they may come; see `check_version`."""
    with transactions() as session:
        check_version(session, transactions.actor, upload=upload)
    with storage.receive(transactions.platform, size=upload.size) as receiving:
        yield receiving


def add_document(transactions: Transactions, upload: Upload, receiving: storage.Receiving) -> Document:
    """Make the received bytes safe, then write the document; called outside any transaction.

    Dying between the two leaves bytes without a row: the sender gets no answer, sends again, and they are used then.
    """
    stored = receiving.keep(transactions, sha256=upload.sha256)
    reach("files.document_stored")
    with transactions() as session:
        return write_upload(session, transactions.actor, upload, stored)


def add_version(transactions: Transactions, upload: NewVersion, receiving: storage.Receiving) -> Document:
    """Make the received bytes safe, then write the document's next version; as `add_document` does."""
    stored = receiving.keep(transactions, sha256=upload.sha256)
    reach("files.document_stored")
    with transactions() as session:
        return write_version(session, transactions.actor, upload, stored)


def write_upload(session: Session, actor: Actor, upload: Upload, stored: storage.StoredBytes) -> Document:
    """Write the document of bytes that are safe; what was refused before they came may have to be refused still.

    Who adds the same bytes takes turns, so of two at once the second hears of the first. Raises as `check_upload`.
    """
    lock_copies(session, actor, upload.sha256)
    check_upload(session, actor, upload=upload)
    file_name = base_name(upload.file_name)
    document = Document(
        organisation_id=actor.organisation_id,
        property_id=upload.property_id,
        folder_id=upload.folder_id,
        title=upload.title.strip() or title_from(file_name),
        description=upload.description,
        parcel=parcel_of(session, upload.property_id, upload.parcel),
        dated_on=upload.dated_on,
        property_label=label_of(get_property(session, upload.property_id)),
    )
    content = Bytes(storage.record_object(session, stored), file_name)
    return write_document(session, actor, document, content, action="document_added")


def write_version(session: Session, actor: Actor, upload: NewVersion, stored: storage.StoredBytes) -> Document:
    """Write the next version of a document, one at a time; raises as `check_version`, when it left meanwhile too."""
    lock_copies(session, actor, upload.sha256)
    document = _open_document(session, actor, upload.document_id, lock=True)
    check_version(session, actor, upload=upload)
    content = Bytes(storage.record_object(session, stored), base_name(upload.file_name))
    write_next_version(session, actor, document, content, action="version_added")
    return document


def _open_document(session: Session, actor: Actor, document_id: UUID, *, lock: bool = False) -> Document:
    """A document that can have another version; locked, so that versions are numbered one by one."""
    document = get_document(session, actor, document_id=document_id, lock=lock)
    check_open(session, folder_of(session, document))
    return document


def base_name(file_name: str) -> str:
    """The last part of a name that may hold folders of either kind; raises FileNameMissing when nothing is left."""
    name = tidy_line(re.split(r"[/\\]", file_name)[-1])
    if not name.strip("."):
        raise FileNameMissing
    return name


def title_from(file_name: str) -> str:
    """`Section_4.55 plans.pdf` becomes `Section 4.55 plans`, cut where a title that is typed would end."""
    stem, dot, ending = file_name.rpartition(".")
    known = bool(dot) and bool(stem) and len(ending) <= 5 and ending.isalnum()
    title = " ".join((stem if known else file_name).replace("_", " ").split()) or file_name
    return title[:MOST_OF_A_LINE].strip()

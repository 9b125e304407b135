"""A file that comes back from a bag: every payload is checked against the manifest before anything is written."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import IO
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.orm import Session

from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.modules.files import queries
from banksia.modules.files.errors import ApplicationThere, BagInvalid
from banksia.modules.files.models import Comment, Document, Folder
from banksia.modules.files.service.bags.describing import BagDocument, BagIndex
from banksia.modules.files.service.folders.applications import create_application
from banksia.modules.files.service.folders.property_folders import create_folder
from banksia.modules.files.service.indexing import index_documents
from banksia.modules.files.service.loading.checking import application_number
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.reading import get_document
from banksia.modules.files.service.writing import Bytes, log_file, write_document, write_next_version
from banksia.modules.property.public import get_property

MOST_INDEX_BYTES = 200_000_000
READ_BYTES = 1024 * 1024


@contextmanager
def receive_bag(transactions: Transactions, *, property_id: UUID, size: int) -> Iterator[storage.Receiving]:
    """Take a bag's bytes for a property that there is; raises PropertyNotFound, UploadTooLarge."""
    with transactions() as session:
        get_property(session, property_id)
    with storage.receive(transactions.platform, size=size) as receiving:
        yield receiving


def import_bag(transactions: Transactions, *, property_id: UUID, stored: storage.StoredObject) -> int:
    """Bring the documents of a stored bag into a property's file; answers how many came. Outside any transaction.

    What the file has already by its bytes is left out, so the same bag twice changes nothing. Raises BagInvalid.
    """
    with tempfile.TemporaryFile() as copy:
        for chunk in storage.open_object(transactions.platform, stored):
            copy.write(chunk)
        copy.seek(0)
        try:
            with zipfile.ZipFile(copy) as packed:
                return _import(transactions, property_id, packed)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            message = "The file is no zip that can be read, or a part of it is missing."
            raise BagInvalid(message) from error


def _import(transactions: Transactions, property_id: UUID, packed: zipfile.ZipFile) -> int:
    root = _root(packed)
    manifest = _manifest(packed, root)
    index = _index(packed, root)
    _check(packed, root, manifest, index)
    came = 0
    for document in index.documents:
        came += _bring(transactions, property_id, packed, root, document)
    with transactions() as session:
        detail = {"documents": came, "from": index.council, "address": index.address}
        log_file(session, transactions.actor, property_id, "file_imported", detail)
    return came


def _root(packed: zipfile.ZipFile) -> str:
    declared = [name for name in packed.namelist() if PurePosixPath(name).name == "bagit.txt"]
    if len(declared) != 1 or len(PurePosixPath(declared[0]).parts) > 2:
        message = "The zip is no bag: it needs one bagit.txt in its first folder."
        raise BagInvalid(message)
    return declared[0].removesuffix("bagit.txt")


def _manifest(packed: zipfile.ZipFile, root: str) -> dict[str, str]:
    found = {}
    for line in _small(packed, f"{root}manifest-sha256.txt").decode("utf-8", "replace").splitlines():
        digest, _, path = line.partition(" ")
        found[path.strip().replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")] = digest.lower()
    return found


def _index(packed: zipfile.ZipFile, root: str) -> BagIndex:
    try:
        index = BagIndex.model_validate_json(_small(packed, f"{root}data/metadata.json"))
    except ValidationError as error:
        message = "The bag's metadata.json is not that of a property's file."
        raise BagInvalid(message) from error
    if (index.format, index.version) != ("banksia-property-file", 1):
        message = "The bag is of another kind or a newer version. Update this installation first."
        raise BagInvalid(message)
    return index


def _small(packed: zipfile.ZipFile, name: str) -> bytes:
    try:
        entry = packed.getinfo(name)
    except KeyError:
        message = f"The bag has no {PurePosixPath(name).name}."
        raise BagInvalid(message) from None
    if entry.file_size > MOST_INDEX_BYTES:
        message = f"{PurePosixPath(name).name} of the bag is too large."
        raise BagInvalid(message)
    return packed.read(entry)


def _check(packed: zipfile.ZipFile, root: str, manifest: dict[str, str], index: BagIndex) -> None:
    """Every payload that the index names is there, and is what the manifest and the index say."""
    for document in index.documents:
        for version in document.versions:
            path = f"data/{version.payload}"
            if manifest.get(path) != version.sha256:
                message = f"The manifest of the bag does not agree on {version.file_name}."
                raise BagInvalid(message)
            digest = hashlib.sha256()
            with _opened(packed, root + path, version.size) as content:
                while block := content.read(READ_BYTES):
                    digest.update(block)
            if digest.hexdigest() != version.sha256:
                message = f"{version.file_name} in the bag is damaged. Nothing was brought in."
                raise BagInvalid(message)


def _opened(packed: zipfile.ZipFile, name: str, size: int) -> IO[bytes]:
    """A payload of the size that is said: what unpacks to more is not read."""
    try:
        entry = packed.getinfo(name)
    except KeyError:
        message = f"The bag has no {PurePosixPath(name).name}."
        raise BagInvalid(message) from None
    if entry.file_size != size:
        message = f"{PurePosixPath(name).name} in the bag has another size than its index says."
        raise BagInvalid(message)
    return packed.open(entry)


def _bring(
    transactions: Transactions, property_id: UUID, packed: zipfile.ZipFile, root: str, document: BagDocument
) -> int:
    latest = document.versions[-1] if document.versions else None
    if latest is None:
        return 0
    with transactions() as session:
        same = queries.documents_with_bytes(transactions.actor.organisation_id, property_id, latest.sha256)
        if session.scalars(same.limit(1)).one_or_none() is not None:
            return 0
    kept = []
    for version in document.versions:
        with _opened(packed, f"{root}data/{version.payload}", version.size) as content:
            blocks = iter(partial(content.read, READ_BYTES), b"")
            stored = storage.keep_stream(transactions, blocks, size=version.size, sha256=version.sha256)
        kept.append((version, stored))
    with transactions() as session:
        made = _first(session, transactions.actor, property_id, document)
        for number, (version, stored) in enumerate(kept):
            content_row = Bytes(storage.record_object(session, stored), version.file_name)
            if number == 0:
                write_document(session, transactions.actor, made, content_row, action="document_added")
            else:
                made = get_document(session, transactions.actor, document_id=made.id, lock=True)
                write_next_version(session, transactions.actor, made, content_row, action="version_added")
        _comments(session, transactions.actor, made, document)
    return 1


def _first(session: Session, actor: Actor, property_id: UUID, document: BagDocument) -> Document:
    return Document(
        organisation_id=actor.organisation_id,
        property_id=property_id,
        folder_id=_folder(session, actor, property_id, document.folder).id,
        title=document.title[:200] or "Without a title",
        description=document.description,
        parcel=document.parcel,
        property_label=label_of(get_property(session, property_id)),
        dated_on=document.dated_on,
        pinned_at=utc_now() if document.pinned else None,
        pinned_by_name=actor.name if document.pinned else None,
    )


def _folder(session: Session, actor: Actor, property_id: UUID, names: list[str]) -> Folder:
    """The folder of those names, made where it is missing: what this council has not becomes the file's own."""
    number = application_number(names[0]) if names else None
    if number is not None:
        try:
            folder = create_application(session, actor, property_id=property_id, number=number)
        except ApplicationThere as error:
            folders = queries.folders_of(actor.organisation_id)
            folder = session.scalars(folders.where(Folder.id == UUID(str(error.extra["folder_id"])))).one()
    else:
        folder = create_folder(
            session, Actor.system(actor.organisation_id), property_id=property_id, parent_id=None, name=names[0][:120]
        )
    for name in names[1:]:
        folder = create_folder(session, actor, property_id=property_id, parent_id=folder.id, name=name[:120])
    return folder


def _comments(session: Session, actor: Actor, made: Document, document: BagDocument) -> None:
    for comment in document.comments:
        session.add(
            Comment(
                organisation_id=actor.organisation_id,
                property_id=made.property_id,
                document_id=made.id,
                text=f"{comment.text}\n({comment.author_name}, {comment.written_at[:10]})",
                author_name=comment.author_name,
            )
        )
    session.flush()
    index_documents(session, [made.id])

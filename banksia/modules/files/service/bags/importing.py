"""A file that comes back from a bag: every payload is checked against the manifest before anything is written."""

import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.modules.files import queries
from banksia.modules.files.errors import BagInvalid
from banksia.modules.files.models import Comment, Document
from banksia.modules.files.service.bags.describing import BagComment, BagDocument
from banksia.modules.files.service.bags.placing import Places
from banksia.modules.files.service.bags.reading import READ_BYTES, OpenBag, open_bag
from banksia.modules.files.service.copies import lock_copies
from banksia.modules.files.service.indexing import index_documents
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.reading import get_document
from banksia.modules.files.service.writing import Bytes, log_file, write_document, write_next_version
from banksia.modules.property.public import get_property


class Imported(NamedTuple):
    """How much came out of a bag, and how many of its documents the file had already by their bytes."""

    documents: int
    already_here: int
    comments: int
    """On the whole file or a folder; those on a document come with it."""


@contextmanager
def receive_bag(transactions: Transactions, *, property_id: UUID, size: int) -> Iterator[storage.Receiving]:
    """Take a bag's bytes for a property that there is; raises PropertyNotFound, UploadTooLarge."""
    with transactions() as session:
        get_property(session, property_id)
    with storage.receive(transactions.platform, size=size) as receiving:
        yield receiving


def import_bag(transactions: Transactions, *, property_id: UUID, stored: storage.StoredObject) -> Imported:
    """Bring the documents and comments of a stored bag into a property's file. Outside any transaction.

    What the file has already is left out, so the same bag twice, also at once, changes nothing. Two documents of a bag
    that have the same bytes are two. Raises BagInvalid, FolderArchived.
    """
    with tempfile.TemporaryFile() as copy:
        for chunk in storage.open_object(transactions.platform, stored):
            copy.write(chunk)
        copy.seek(0)
        try:
            with zipfile.ZipFile(copy) as packed:
                return _import(transactions, property_id, open_bag(packed))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            message = "The file is no zip that can be read, or a part of it is missing."
            raise BagInvalid(message) from error


def _import(transactions: Transactions, property_id: UUID, bag: OpenBag) -> Imported:
    places = Places(bag.index, property_id)
    actor = transactions.actor
    documents = [document for document in bag.index.documents if document.versions]
    same: defaultdict[str, list[BagDocument]] = defaultdict(list)
    for document in documents:
        same[_sha256(document)].append(document)
    with transactions() as session:
        coming = _lacking(session, actor, property_id, documents)
        comments = _comments_lacking(session, actor, property_id, bag.index.comments)
        folders = [each.folder for each in coming] + [each.folder for each in comments if each.folder]
        places.check(session, actor, folders)
    came = sum(_bring(transactions, bag, places, document, same[_sha256(document)]) for document in coming)
    with transactions() as session:
        session.execute(queries.lock_file(actor.organisation_id, property_id))
        said = _write_comments(session, actor, property_id, places, bag.index.comments)
        detail = {"documents": came, "comments": said, "from": bag.index.council, "address": bag.index.address}
        log_file(session, actor, property_id, "file_imported", detail)
    return Imported(came, len(documents) - came, said)


def _sha256(document: BagDocument) -> str:
    return document.versions[-1].sha256


def _title(document: BagDocument) -> str:
    return document.title[:200] or "Without a title"


def _lacking(session: Session, actor: Actor, property_id: UUID, documents: Sequence[BagDocument]) -> list[BagDocument]:
    """Those of a bag's documents that a file has not by their bytes, each of its own for one of the bag's.

    Of several with the same bytes, one by the same title is taken for the same.
    """
    here: defaultdict[str, Counter[str]] = defaultdict(Counter)
    wanted = queries.titles_with_bytes(actor.organisation_id, property_id, list({_sha256(each) for each in documents}))
    for sha256, title in session.execute(wanted):
        here[sha256][title] += 1
    others = [each for each in documents if not _take(here[_sha256(each)], _title(each))]
    return [each for each in others if not _take(here[_sha256(each)], next(iter(+here[_sha256(each)]), ""))]


def _take(counted: Counter[str], title: str) -> bool:
    """Take one away, if there is one."""
    if counted[title] <= 0:
        return False
    counted[title] -= 1
    return True


def _bring(
    transactions: Transactions, bag: OpenBag, places: Places, document: BagDocument, same: Sequence[BagDocument]
) -> int:
    """Write one document; `same` are those of the bag that have its bytes. Answers 0 if the file has it by now."""
    kept = []
    for version in document.versions:
        with bag.payload(version) as content:
            blocks = iter(partial(content.read, READ_BYTES), b"")
            stored = storage.keep_stream(transactions, blocks, size=version.size, sha256=version.sha256)
        kept.append((version, stored))
    actor, property_id = transactions.actor, places.property_id
    with transactions() as session:
        session.execute(queries.lock_file(actor.organisation_id, property_id))
        lock_copies(session, actor, _sha256(document))
        if not any(each is document for each in _lacking(session, actor, property_id, same)):
            return 0
        made = _first(session, actor, places, document)
        for number, (version, stored) in enumerate(kept):
            content_row = Bytes(storage.record_object(session, stored), version.file_name)
            if number == 0:
                write_document(session, actor, made, content_row, action="document_added")
            else:
                made = get_document(session, actor, document_id=made.id, lock=True)
                write_next_version(session, actor, made, content_row, action="version_added")
        session.add_all(_comment(actor, property_id, each, document_id=made.id) for each in document.comments)
        session.flush()
        index_documents(session, [made.id])
    return 1


def _first(session: Session, actor: Actor, places: Places, document: BagDocument) -> Document:
    return Document(
        organisation_id=actor.organisation_id,
        property_id=places.property_id,
        folder_id=places.find_or_make(session, actor, document.folder).id,
        title=_title(document),
        description=document.description,
        parcel=document.parcel,
        property_label=label_of(get_property(session, places.property_id)),
        dated_on=document.dated_on,
        pinned_at=utc_now() if document.pinned else None,
        pinned_by_name=actor.name if document.pinned else None,
    )


def _write_comments(
    session: Session, actor: Actor, property_id: UUID, places: Places, comments: Sequence[BagComment]
) -> int:
    """Write what the bag says of folders and of the whole file, and is not here yet; answers how much."""
    lacking = _comments_lacking(session, actor, property_id, comments)
    for comment in lacking:
        folder = places.find_or_make(session, actor, comment.folder) if comment.folder else None
        session.add(_comment(actor, property_id, comment, folder_id=folder.id if folder else None))
    session.flush()
    return len(lacking)


def _comments_lacking(
    session: Session, actor: Actor, property_id: UUID, comments: Iterable[BagComment]
) -> list[BagComment]:
    """Comments on folders and the whole file that it has not, neither as they were written nor as they came."""
    rows = queries.comments_of(actor.organisation_id).where(
        Comment.property_id == property_id, Comment.document_id.is_(None)
    )
    here = Counter((row.author_name, row.text) for row in session.scalars(rows))
    lacking = []
    for comment in comments:
        forms = [(comment.author_name, text) for text in (comment.text, _stamped(comment))]
        there = next((form for form in forms if here[form] > 0), None)
        if there is None:
            lacking.append(comment)
        else:
            here[there] -= 1
    return lacking


def _stamped(comment: BagComment) -> str:
    """What was said, with who said it and when."""
    return f"{comment.text}\n({comment.author_name}, {comment.written_at[:10]})"


def _comment(
    actor: Actor,
    property_id: UUID,
    comment: BagComment,
    *,
    document_id: UUID | None = None,
    folder_id: UUID | None = None,
) -> Comment:
    return Comment(
        organisation_id=actor.organisation_id,
        property_id=property_id,
        document_id=document_id,
        folder_id=folder_id,
        text=_stamped(comment),
        author_name=comment.author_name,
    )

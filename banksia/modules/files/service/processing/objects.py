"""A stored object and what is known of it, for whoever looks at its bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.storage.public import StoredObject, find_object, open_object
from banksia.kit.database import Transactions, organisation_id_of
from banksia.modules.files import queries
from banksia.modules.files.models import Content
from banksia.modules.files.service.indexing import index_documents


def find_content(transactions: Transactions, content_id: UUID) -> tuple[Content, StoredObject] | None:
    """What is known of an object, and the object; None when both are gone."""
    with transactions() as session:
        contents = queries.contents_of(transactions.actor.organisation_id).where(Content.id == content_id)
        content = session.scalars(contents).one_or_none()
        stored = find_object(session, content.object_id) if content is not None else None
    return (content, stored) if content is not None and stored is not None else None


@contextmanager
def unpacked(transactions: Transactions, stored: StoredObject) -> Iterator[IO[bytes]]:
    """The bytes in a file that is gone afterwards, whatever becomes of this process; outside any transaction.

    Raises BytesMissing and StorageUnavailable.
    """
    with TemporaryFile() as file:
        for chunk in open_object(transactions.platform, stored):
            file.write(chunk)
        file.flush()
        yield file


def locked(session: Session, content_id: UUID) -> Content:
    """The row, for writing what was found out."""
    contents = queries.contents_of(organisation_id_of(session)).where(Content.id == content_id)
    return session.scalars(contents.with_for_update()).one()


def index_content(session: Session, content: Content) -> None:
    """Let the documents that show an object be found by its words."""
    documents = list(session.scalars(queries.documents_showing(content.organisation_id, content.object_id)))
    if documents:
        index_documents(session, documents)

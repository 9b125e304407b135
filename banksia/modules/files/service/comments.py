"""Comments on a property's file, a folder or a document; they stay as they were written."""

from uuid import UUID

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.paging import Key, page_of
from banksia.modules.files import queries
from banksia.modules.files.models import Comment
from banksia.modules.files.schemas.talking import CommentCreate, CommentRead
from banksia.modules.files.service.folders.finding import get_folder
from banksia.modules.files.service.indexing import index_documents
from banksia.modules.files.service.reading import get_document, get_readable
from banksia.modules.files.service.writing import log, log_about
from banksia.modules.property.public import get_property

NEWEST_FIRST = (Key(Comment.id, "id", descending=True),)


def add_comment(session: Session, actor: Actor, *, property_id: UUID, wanted: CommentCreate) -> CommentRead:
    """Write about a document, a folder or the whole file; raises PropertyNotFound, FolderNotFound, DocumentNotFound."""
    get_property(session, property_id)
    if wanted.folder_id is not None:
        get_folder(session, actor, wanted.folder_id, property_id=property_id)
    document = get_document(session, actor, document_id=wanted.document_id) if wanted.document_id else None
    comment = Comment(
        organisation_id=actor.organisation_id,
        property_id=document.property_id if document else property_id,
        folder_id=wanted.folder_id,
        document_id=wanted.document_id,
        text=wanted.text,
        author_id=actor.user_id,
        author_name=actor.name,
    )
    session.add(comment)
    session.flush()
    if document is not None:
        log(session, actor, document, "comment_added", {"text": wanted.text})
        index_documents(session, [document.id])
    else:
        log_about(session, actor, comment, "comment_added", {"text": wanted.text})
    return _read(actor, comment)


def list_comments(
    session: Session,
    actor: Actor,
    *,
    property_id: UUID,
    folder_id: UUID | None,
    document_id: UUID | None,
    limit: int,
    cursor: str | None,
) -> tuple[list[CommentRead], str | None]:
    """The comments on a document, on a folder, or on the file as a whole, the newest first.

    Raises PropertyNotFound, FolderNotFound, DocumentNotFound.
    """
    get_property(session, property_id)
    wanted = queries.comments_of(actor.organisation_id)
    if document_id is not None:
        get_readable(session, actor, document_id=document_id)
        wanted = wanted.where(Comment.document_id == document_id)
    elif folder_id is not None:
        get_folder(session, actor, folder_id, property_id=property_id)
        wanted = wanted.where(Comment.property_id == property_id, Comment.folder_id == folder_id)
    else:
        wanted = wanted.where(
            Comment.property_id == property_id, Comment.folder_id.is_(None), Comment.document_id.is_(None)
        )
    rows, following = page_of(session, wanted, keys=NEWEST_FIRST, limit=limit, cursor=cursor)
    return [_read(actor, row) for row in rows], following


def _read(actor: Actor, row: Comment) -> CommentRead:
    return CommentRead.of(row, is_mine=row.author_id is not None and row.author_id == actor.user_id)

"""What is seen of a version without taking it home: its small picture, and what a browser can show in its place."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.storage.public import StoredObject, find_object
from banksia.kit.actor import Actor
from banksia.modules.files import queries
from banksia.modules.files.errors import PictureNotFound
from banksia.modules.files.models import Content, DocumentVersion
from banksia.modules.files.models.contents import SHOWN_BY_BROWSERS
from banksia.modules.files.service.contents import Unsafe, refuse_infected, refuse_unsafe
from banksia.modules.files.service.reading import get_version
from banksia.modules.files.service.writing import log

_NOT_YET = "The file is still being read. Look again in a minute."


@dataclass(frozen=True)
class Preview:
    """What is shown: a stored file, or words."""

    stored: StoredObject | None
    words: str
    file_name: str


def find_thumbnail(session: Session, actor: Actor, *, document_id: UUID, number: int) -> StoredObject:
    """The small picture of a version; raises DocumentNotFound, PictureNotFound, FileInfected."""
    _, version = get_version(session, actor, document_id=document_id, number=number, isolated=True)
    refuse_infected(actor, version)
    content = version.content
    stored = find_object(session, content.thumbnail_id) if content and content.thumbnail_id else None
    if stored is None:
        raise PictureNotFound(_why_no_picture(content))
    return stored


def record_preview(session: Session, actor: Actor, *, document_id: UUID, number: int, unsafe: Unsafe) -> Preview:
    """Note that somebody looks at a version; answers what is shown of it.

    Raises DocumentNotFound, PictureNotFound, FileInfected, FileDamaged.
    """
    document, version = get_version(session, actor, document_id=document_id, number=number, isolated=True)
    refuse_unsafe(session, actor, version, asked=unsafe)
    shown = _preview_of(session, version)
    log(session, actor, document, "document_viewed", version=version)
    return shown


def _preview_of(session: Session, version: DocumentVersion) -> Preview:
    content = version.content
    object_id = content.preview_id if content and content.preview_id else None
    if object_id is None and version.content_type in SHOWN_BY_BROWSERS:
        object_id = version.object_id
    if object_id is not None and (stored := find_object(session, object_id)) is not None:
        return Preview(stored, "", version.file_name)
    if content is not None and version.has_text_preview:
        words = session.scalar(
            queries.contents_of(content.organisation_id).with_only_columns(Content.text).where(Content.id == content.id)
        )
        return Preview(None, words or "", version.file_name)
    raise PictureNotFound(_why_no_picture(content))


def _why_no_picture(content: Content | None) -> str:
    if content is None or "waiting" in (content.picture_state, content.text_state):
        return _NOT_YET
    return content.picture_note

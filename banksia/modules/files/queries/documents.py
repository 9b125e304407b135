"""Documents, their versions and their log, scoped to one organisation."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    TableValuedAlias,
    Uuid,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import contains_eager, joinedload

from banksia.kit.among import among
from banksia.modules.files.models import Activity, Document, DocumentLink, DocumentVersion, Folder
from banksia.modules.files.queries.folders import restricted_folder_ids


def documents_of(organisation_id: uuid.UUID) -> Select[Document]:
    """The documents of a council, each with its latest version in the same row."""
    return (
        select(Document)
        .where(Document.organisation_id == organisation_id)
        .options(joinedload(Document.latest, innerjoin=True).joinedload(DocumentVersion.content))
    )


def lock_documents(organisation_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> Select[uuid.UUID]:
    """Let those who change the same documents take turns; who has the lock reads what it needs afterwards.

    A statement of its own: having waited, PostgreSQL reads the locked row anew but not what was joined to it, and would
    leave out a document that got a version meanwhile.
    """
    return (
        select(Document.id)
        .where(Document.organisation_id == organisation_id, among(Document.id, ids))
        .order_by(Document.id)
        .with_for_update(key_share=True)
    )


def versions_of(organisation_id: uuid.UUID) -> Select[DocumentVersion]:
    """The versions of a council's documents, each with what is known of its bytes in the same row."""
    return (
        select(DocumentVersion)
        .where(DocumentVersion.organisation_id == organisation_id)
        .options(joinedload(DocumentVersion.content))
    )


def documents_with_bytes(organisation_id: uuid.UUID, property_id: uuid.UUID, sha256: str) -> Select[Document]:
    """The documents of a property's file whose latest version has these bytes."""
    return (
        select(Document)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(
            DocumentVersion.organisation_id == organisation_id,
            DocumentVersion.sha256 == sha256,
            DocumentVersion.number == Document.latest_number,
            Document.organisation_id == organisation_id,
            Document.property_id == property_id,
            Document.state == "present",
        )
        .order_by(Document.id)
    )


def titles_with_bytes(organisation_id: uuid.UUID, property_id: uuid.UUID, sha256s: Sequence[str]) -> Select[str, str]:
    """Hash and title of each document of a property's file whose latest version has some of these bytes."""
    return (
        select(DocumentVersion.sha256, Document.title)
        .join(Document, DocumentVersion.document_id == Document.id)
        .where(
            DocumentVersion.organisation_id == organisation_id,
            among(DocumentVersion.sha256, sha256s),
            DocumentVersion.number == Document.latest_number,
            Document.organisation_id == organisation_id,
            Document.property_id == property_id,
            Document.state == "present",
        )
        .order_by(Document.id)
    )


def documents_with_any(organisation_id: uuid.UUID, sha256: str) -> Select[uuid.UUID]:
    """The documents of which any version has these bytes."""
    return select(DocumentVersion.document_id).where(
        DocumentVersion.organisation_id == organisation_id, DocumentVersion.sha256 == sha256
    )


def lock_bytes(organisation_id: uuid.UUID, sha256: str) -> Select[Any]:
    """Let those who add the same bytes take turns: each sees what the other has written."""
    key = f"files/{organisation_id.hex}/{sha256}"
    return select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0)))


def lock_file(organisation_id: uuid.UUID, property_id: uuid.UUID) -> Select[Any]:
    """Let those who bring bags into a property's file take turns: each sees what the other has written."""
    key = f"files/{organisation_id.hex}/file/{property_id.hex}"
    return select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0)))


class Scope(NamedTuple):
    """Whose documents a file shows: its property's, and those on the parcels that its land was before."""

    property_id: uuid.UUID
    ancestor_ids: tuple[uuid.UUID, ...] = ()
    ancestor_parcels: tuple[str, ...] = ()

    def inherits(self, document: Document) -> bool:
        """Whether the file shows a document because its land lay on the document's parcel once."""
        return document.property_id in self.ancestor_ids and document.parcel in {None, *self.ancestor_parcels}


class Descent(NamedTuple):
    """A property whose file shows the documents that lie on a parcel of a former one, or on none."""

    property_id: uuid.UUID
    ancestor_id: uuid.UUID
    parcel: str


def placed_documents(
    organisation_id: uuid.UUID, scope: Scope, *, restricted: bool, before: datetime | None = None
) -> Subquery:
    """Document and folder of everything that a file shows: its own, what is linked to it, what it came from.

    As it was `before` a moment, if one is given: what has left since is among it. Without `restricted` what lies in
    restricted folders is left out, wherever it is shown: one condition for all, never one for each.
    """
    present = [Document.organisation_id == organisation_id]
    present.append(Document.state == "present" if before is None else _lay_there(before))
    if not restricted:
        present.append(Document.folder_id.not_in(restricted_folder_ids(organisation_id)))
    own = select(Document.id.label("document_id"), Document.folder_id.label("folder_id")).where(
        *present, Document.property_id == scope.property_id
    )
    links = links_of(organisation_id).where(DocumentLink.property_id == scope.property_id)
    if before is not None:
        links = links.where(DocumentLink.created_at < before)
    linked = (
        links.join(Document, Document.id == DocumentLink.document_id)
        .where(*present)
        .with_only_columns(DocumentLink.document_id, DocumentLink.folder_id)
    )
    parts = [own, linked]
    if scope.ancestor_ids:
        on_parcel = or_(Document.parcel.is_(None), among(Document.parcel, scope.ancestor_parcels))
        parts.append(
            select(Document.id, Document.folder_id).where(
                *present,
                among(Document.property_id, scope.ancestor_ids),
                on_parcel,
                Document.id.not_in(links.with_only_columns(DocumentLink.document_id)),
            )
        )
    everything = union_all(*parts).subquery("everything")
    placed = select(everything.c.document_id, everything.c.folder_id)
    if not restricted:
        placed = placed.where(everything.c.folder_id.not_in(restricted_folder_ids(organisation_id)))
    return placed.subquery("placed")


def _lay_there(before: datetime) -> ColumnElement[bool]:
    """Whether a document had come before a moment, and had not left by then."""
    return and_(Document.created_at < before, or_(Document.state == "present", _left_at() >= before))


def _left_at() -> ColumnElement[datetime]:
    """When a document left its file; the log alone says it of one that was purged without isolation."""
    purged = (
        select(func.min(Activity.created_at))
        .where(
            Activity.organisation_id == Document.organisation_id,
            Activity.document_id == Document.id,
            Activity.action == "document_purged",
        )
        .correlate(Document)
        .scalar_subquery()
    )
    return func.coalesce(Document.isolated_at, purged)


def days_of_leaving(organisation_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> Select[uuid.UUID, datetime]:
    """When documents that are in their file no more left it."""
    return select(Document.id, _left_at()).where(
        Document.organisation_id == organisation_id, Document.state != "present", among(Document.id, ids)
    )


def documents_placed(organisation_id: uuid.UUID, placed: Subquery) -> Select[Document]:
    """The documents of a file, each with its latest version."""
    return documents_of(organisation_id).join(placed, placed.c.document_id == Document.id)


def document_counts(placed: Subquery) -> Select[uuid.UUID, int]:
    """Folder and number of documents in it, of one property's file."""
    return select(placed.c.folder_id, func.count()).group_by(placed.c.folder_id)


def count_inherited(scope: Scope, placed: Subquery) -> Select[int]:
    """How many documents of a file lie in those of its former parcels."""
    return (
        select(func.count())
        .select_from(placed)
        .join(Document, Document.id == placed.c.document_id)
        .where(among(Document.property_id, scope.ancestor_ids))
    )


def links_of(organisation_id: uuid.UUID) -> Select[DocumentLink]:
    """The places that documents are shown in besides their own."""
    return select(DocumentLink).where(DocumentLink.organisation_id == organisation_id)


def activities_of(organisation_id: uuid.UUID) -> Select[Activity]:
    """The log of a council's files, each line with the title of its document in the same row."""
    return (
        select(Activity)
        .outerjoin(Activity.document)
        .outerjoin(Activity.folder)
        .where(Activity.organisation_id == organisation_id)
        .options(
            contains_eager(Activity.document).load_only(Document.title),
            contains_eager(Activity.folder).load_only(Folder.name),
        )
    )


def open_activities_of(organisation_id: uuid.UUID) -> Select[Activity]:
    """The same without what concerns restricted folders, asked of the folder and the document in the same row."""
    closed = restricted_folder_ids(organisation_id)
    return activities_of(organisation_id).where(
        func.coalesce(Folder.is_restricted, literal(value=False)).is_(False),
        or_(Document.folder_id.is_(None), Document.folder_id.not_in(closed)),
    )


def first_of(
    organisation_id: uuid.UUID, ids: Sequence[uuid.UUID], words: ColumnElement[str] | None, *, limit: int
) -> Select[Document]:
    """Of documents that were found those with the words in their title first, then the newest.

    The versions are read of the few that are shown.
    """
    has_words = literal(value=False) if words is None else func.files.typed_words(Document.title).op("@@")(words)
    in_title = has_words.label("in_title")
    found = select(Document.id, in_title).where(Document.organisation_id == organisation_id, among(Document.id, ids))
    first = found.order_by(in_title.desc(), Document.id.desc()).limit(limit).subquery("first")
    shown = documents_of(organisation_id).join(first, first.c.id == Document.id)
    return shown.order_by(first.c.in_title.desc(), Document.id.desc())


def ids_placed(placed: Subquery) -> Select[uuid.UUID]:
    """All that a file shows."""
    return select(placed.c.document_id)


def ids_found(found: TableValuedAlias) -> Select[uuid.UUID]:
    """What `files.find_documents` answers, which keeps to the council by itself."""
    return select(cast(found.c.document_id, Uuid))

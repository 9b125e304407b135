"""Sums over all documents, for people who ask now and then."""

import uuid
from collections.abc import Collection

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from banksia.kit.among import among
from banksia.modules.files.models import Document, DocumentVersion, Folder


def storage_by_folder(organisation_id: uuid.UUID) -> Select[str, int, int]:
    """Versions and bytes of the documents that are present, by the folder at the top; applications are one."""
    top = aliased(Folder)
    label = case(
        (Folder.kind == "application", "Development applications"), else_=func.coalesce(top.name, Folder.name)
    ).label("label")
    return (
        select(label, func.count(), func.sum(DocumentVersion.size))
        .select_from(DocumentVersion)
        .join(Document, Document.id == DocumentVersion.document_id)
        .join(Folder, Folder.id == Document.folder_id)
        .outerjoin(top, top.id == Folder.parent_id)
        .where(
            DocumentVersion.organisation_id == organisation_id,
            Document.organisation_id == organisation_id,
            Document.state == "present",
        )
        .group_by(label)
        .order_by(func.sum(DocumentVersion.size).desc())
    )


def storage_by_kind(organisation_id: uuid.UUID) -> Select[str, int, int, str | None]:
    """Versions and bytes of the documents that are present, by the kind of file that its bytes say.

    With what most of their names end with, for kinds that nobody has a word for.
    """
    ending = func.lower(func.substring(DocumentVersion.file_name, r"\.([A-Za-z0-9]{1,5})$"))
    return (
        select(
            DocumentVersion.content_type,
            func.count(),
            func.sum(DocumentVersion.size),
            func.mode().within_group(ending.asc()),
        )
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(
            DocumentVersion.organisation_id == organisation_id,
            Document.organisation_id == organisation_id,
            Document.state == "present",
        )
        .group_by(DocumentVersion.content_type)
        .order_by(func.sum(DocumentVersion.size).desc())
    )


def documents_by_state(organisation_id: uuid.UUID) -> Select[str, int]:
    """How many documents are present, isolated, and purged."""
    return (
        select(Document.state, func.count()).where(Document.organisation_id == organisation_id).group_by(Document.state)
    )


def documents_with_objects(
    organisation_id: uuid.UUID, object_ids: Collection[uuid.UUID]
) -> Select[uuid.UUID, str, uuid.UUID, uuid.UUID]:
    """The documents that have some stored objects: object, title, property and document."""
    return (
        select(DocumentVersion.object_id, Document.title, Document.property_id, Document.id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(
            DocumentVersion.organisation_id == organisation_id,
            Document.organisation_id == organisation_id,
            among(DocumentVersion.object_id, object_ids),
        )
    )

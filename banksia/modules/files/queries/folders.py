"""Folders, scoped to one organisation."""

import uuid
from typing import Any

from sqlalchemy import Exists, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from banksia.modules.files.models import Document, Folder


def folders_of(organisation_id: uuid.UUID) -> Select[Folder]:
    """The folders of a council: its own structure, and those of single properties."""
    return select(Folder).where(Folder.organisation_id == organisation_id)


def structure_of(organisation_id: uuid.UUID) -> Select[Folder]:
    """The folders that every property's file has, in their order."""
    return folders_of(organisation_id).where(Folder.property_id.is_(None)).order_by(Folder.position, Folder.id)


def folders_of_properties(organisation_id: uuid.UUID, property_ids: tuple[uuid.UUID, ...]) -> Select[Folder]:
    """The folders that the files of these properties have: the structure, and their own."""
    return (
        folders_of(organisation_id)
        .where(or_(Folder.property_id.is_(None), Folder.property_id.in_(property_ids)))
        .order_by(Folder.position, Folder.id)
    )


def restricted_folder_ids(organisation_id: uuid.UUID) -> Select[uuid.UUID]:
    """The folders that only some may open."""
    return select(Folder.id).where(Folder.organisation_id == organisation_id, Folder.is_restricted)


def lies_restricted(organisation_id: uuid.UUID, document_id: InstrumentedAttribute[Any]) -> Exists:
    """Whether the document that a row names lies in a folder that only some may open."""
    document = aliased(Document)
    return (
        select(document.id)
        .where(
            document.organisation_id == organisation_id,
            document.id == document_id,
            document.folder_id.in_(restricted_folder_ids(organisation_id)),
        )
        .exists()
    )

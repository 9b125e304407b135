"""Which hold keeps a document: one on it, or on a file or folder that shows it, as its own, by a link or by descent."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import Session

from banksia.kit.among import among
from banksia.kit.database import organisation_id_of
from banksia.modules.files import queries
from banksia.modules.files.models import Document, DocumentLink, Folder, Hold
from banksia.modules.files.queries import Descent
from banksia.modules.files.service.lineage import families_of, heirs_of


class Change(NamedTuple):
    """What somebody wants to do with a document: move it to another folder, or take it out of a file that shows it."""

    moved_to: UUID | None = None
    unlinked_from: UUID | None = None


AS_IT_IS: Final = Change()


class Holding:
    """The holds that concern some documents, read in a constant number of statements."""

    def __init__(self, session: Session, documents: Collection[Document]) -> None:
        """Read what concerns these documents."""
        organisation_id = organisation_id_of(session)
        ids = [document.id for document in documents]
        own = {document.property_id for document in documents}
        links = session.scalars(queries.links_of(organisation_id).where(among(DocumentLink.document_id, ids)))
        self._links: dict[UUID, list[DocumentLink]] = {}
        for link in links:
            self._links.setdefault(link.document_id, []).append(link)
        shown_in = own | {link.property_id for each in self._links.values() for link in each}
        shown_in |= heirs_of(session, own)
        concerning = or_(among(Hold.property_id, shown_in), among(Hold.document_id, ids))
        self._holds = list(session.scalars(queries.holds_on(organisation_id).where(concerning).order_by(Hold.id)))
        held = {hold.property_id for hold in self._holds if hold.document_id is None}
        self._scopes = {key: family.scope(key) for key, family in families_of(session, held).items()}
        folders = session.scalars(queries.folders_of_properties(organisation_id, tuple(shown_in)))
        self.folders = {folder.id: folder for folder in folders}

    def on(self, document: Document) -> Hold | None:
        """The first hold that keeps a document, or None."""
        return next(self.each_on(document), None)

    def each_on(self, document: Document, change: Change = AS_IT_IS) -> Iterator[Hold]:
        """All holds that keep a document, or would after a change."""
        return (hold for hold in self._holds if self._keeps(hold, document, change))

    def _keeps(self, hold: Hold, document: Document, change: Change) -> bool:
        if hold.document_id is not None:
            return hold.document_id == document.id
        return any(
            hold.folder_id is None or hold.folder_id in [each.id for each in upwards(self.folders, folder_id)]
            for folder_id in self._places(hold.property_id, document, change)
        )

    def _places(self, property_id: UUID, document: Document, change: Change) -> Iterator[UUID]:
        """The folders in which a property's file shows a document."""
        scope = self._scopes.get(property_id)
        if document.property_id == property_id or (scope is not None and scope.inherits(document)):
            yield change.moved_to or document.folder_id
        if property_id == change.unlinked_from:
            return
        for link in self._links.get(document.id, ()):
            if link.property_id == property_id:
                yield link.folder_id


def held_descents(session: Session) -> list[Descent]:
    """From which parcels the files descend that are held, whole or in a folder; for a statement over all documents."""
    holds = session.scalars(queries.holds_on(organisation_id_of(session)).where(Hold.document_id.is_(None)))
    families = families_of(session, {hold.property_id for hold in holds})
    return [descent for property_id, family in families.items() for descent in family.descents(property_id)]


def upwards(folders: Mapping[UUID, Folder], folder_id: UUID | None) -> Iterator[Folder]:
    """A folder and those above it, of folders that were read together."""
    while folder_id is not None and folder_id in folders:
        yield folders[folder_id]
        folder_id = folders[folder_id].parent_id

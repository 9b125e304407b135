"""The same bytes a second time: said before they come, and looked for again when they are written."""

from uuid import UUID

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.among import among
from banksia.modules.files import queries
from banksia.modules.files.errors import DocumentAlreadyHere
from banksia.modules.files.models import Document
from banksia.modules.files.permissions import RESTRICTED_READ
from banksia.modules.files.service.lineage import family_of
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.seeing import visible_documents
from banksia.modules.property.public import get_property, properties_with_ids

MOST = 100
"""Documents with the same bytes that are looked at; every file has its own copy of a leaflet."""


def lock_copies(session: Session, actor: Actor, sha256: str) -> None:
    """Take turns with whoever adds the same bytes, until the transaction ends."""
    session.execute(queries.lock_bytes(actor.organisation_id, sha256))


def refuse_second_copy(session: Session, actor: Actor, property_id: UUID, *, sha256: str, size: int) -> None:
    """Refuse bytes that a document has already, in any version, that the actor may see.

    One that the property's file shows comes first: its own, linked to it, or inherited. Nothing is said of an empty
    file in another property's. Raises PropertyNotFound, DocumentAlreadyHere.
    """
    same = queries.documents_with_any(actor.organisation_id, sha256)
    present = visible_documents(actor).where(Document.id.in_(same), Document.state == "present")
    found = list(session.scalars(present.order_by(Document.property_id != property_id, Document.id).limit(MOST)))
    if not found:
        return
    here = found[0] if found[0].property_id == property_id else _shown(session, actor, property_id, found)
    if here is None and size == 0:
        return
    there = here or found[0]
    homes = properties_with_ids(session, [there.property_id])
    label = label_of(homes[there.property_id]) if there.property_id in homes else there.property_label
    raise DocumentAlreadyHere(
        there.id, there.title, property_id=there.property_id, property_label=label, here=here is not None
    )


def _shown(session: Session, actor: Actor, property_id: UUID, found: list[Document]) -> Document | None:
    """The first of some documents that a property's file shows from elsewhere."""
    scope = family_of(session, get_property(session, property_id)).scope(property_id)
    placed = queries.placed_documents(actor.organisation_id, scope, restricted=actor.may(RESTRICTED_READ))
    wanted = queries.documents_placed(actor.organisation_id, placed)
    shown = wanted.where(among(Document.id, [document.id for document in found])).order_by(Document.id)
    return session.scalars(shown.limit(1)).one_or_none()

"""What property files tell of a property on its page."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day
from banksia.kit.actor import Actor
from banksia.modules.files import queries
from banksia.modules.files.models import Activity, Document
from banksia.modules.files.permissions import RESTRICTED_READ
from banksia.modules.files.service.lineage import family_of
from banksia.modules.files.service.logs import visible_activities
from banksia.modules.property.public import get_property

SHOWN = 3


def file_of_property(session: Session, actor: Actor, *, property_id: uuid.UUID) -> dict[str, Any]:
    """How many documents the file has, who changed it last, and the documents that were changed last."""
    restricted = actor.may(RESTRICTED_READ)
    family = family_of(session, get_property(session, property_id))
    placed = queries.placed_documents(actor.organisation_id, family.scope(property_id), restricted=restricted)
    counts = {row[0]: row[1] for row in session.execute(queries.document_counts(placed))}
    newest = queries.documents_placed(actor.organisation_id, placed)
    documents = session.scalars(newest.order_by(Document.changed_at.desc(), Document.id.desc()).limit(SHOWN))
    relatives = (property_id, *(each.property_id for each in family.ancestors))
    folders = session.scalars(queries.folders_of_properties(actor.organisation_id, relatives))
    names = {folder.id: folder.name for folder in folders}
    href = f"/files/staff/{property_id}"
    return {
        "title": "Property file",
        "summary": _summary(sum(counts.values()), len(counts), _last_change(session, actor, property_id)),
        "href": href,
        "count": sum(counts.values()),
        "lines": [
            {
                "title": document.title,
                "detail": names.get(document.folder_id, ""),
                "href": f"{href}?document={document.id}",
                "status": None,
            }
            for document in documents
        ],
    }


def _last_change(session: Session, actor: Actor, property_id: uuid.UUID) -> str:
    """Who changed something last; looking is no change."""
    changes = visible_activities(actor).where(
        Activity.property_id == property_id, Activity.action.not_in(("document_viewed", "document_downloaded"))
    )
    last = session.scalar(changes.order_by(Activity.id.desc()).limit(1))
    if last is None:
        return ""
    day = council_day(session, last.created_at)
    return f", last change {day.day} {day:%b %Y} by {last.actor_name}"


def _summary(documents: int, folders: int, last_change: str) -> str:
    if not documents:
        return "No documents yet"
    in_folders = f"in {folders} folder{'' if folders == 1 else 's'}"
    return f"{documents} document{'' if documents == 1 else 's'} {in_folders}{last_change}"

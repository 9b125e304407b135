"""Files found by their property, each at a glance."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.files.permissions import RESTRICTED_READ
from banksia.modules.files.queries.summaries import SUMMARIES
from banksia.modules.files.schemas.finding import FileSummaries, FileSummary, FolderCount
from banksia.modules.files.service.lineage import families_of
from banksia.modules.property.public import find_properties


def find_files(session: Session, actor: Actor, *, text: str, limit: int) -> FileSummaries:
    """The files of the properties that a text finds, best first; a constant number of statements tells all."""
    matches = find_properties(session, text, limit=limit)
    unique: dict[uuid.UUID, Any] = {}
    for match in matches:
        unique.setdefault(uuid.UUID(str(match["id"])), match)
    if not unique:
        return FileSummaries(results=[])
    families = families_of(session, unique).items()
    descents = [each for property_id, family in families for each in family.descents(property_id)]
    rows = session.execute(
        SUMMARIES,
        {
            "organisation_id": actor.organisation_id,
            "property_ids": list(unique),
            "heirs": [each.property_id for each in descents],
            "ancestors": [each.ancestor_id for each in descents],
            "parcels": [each.parcel for each in descents],
            "restricted": actor.may(RESTRICTED_READ),
        },
    ).mappings()
    return FileSummaries(results=[_summary(unique[row["property_id"]], dict(row)) for row in rows])


def _summary(match: dict[str, Any], row: dict[str, Any]) -> FileSummary:
    return FileSummary(
        property_id=row["property_id"],
        address=match["address"],
        parcels=match["parcels"],
        assessment=match["assessment"],
        status=match["status"],
        document_count=row["total"] or 0,
        folders=[FolderCount.model_validate(each) for each in row["counts"] or ()],
        pinned=list(row["titles"] or ()),
        last_actor_name=row["actor_name"],
        last_action=row["action"],
        last_at=row["created_at"],
        comment=row["comment"],
        comment_by=row["comment_by"],
        comment_at=row["comment_at"],
    )

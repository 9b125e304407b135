"""A property's file at a glance, in a constant number of statements."""

from datetime import date
from uuid import UUID

from sqlalchemy import Subquery
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.files import queries
from banksia.modules.files.models import Activity, Document, Folder, Hold
from banksia.modules.files.permissions import RESTRICTED_READ
from banksia.modules.files.schemas import ActivityRead, FileRead, FolderRead, FolderSummary, ParcelRead, PinnedRead
from banksia.modules.files.service.lineage import Family, family_of
from banksia.modules.files.service.logs import visible_activities
from banksia.modules.files.service.reading import end_of_day
from banksia.modules.files.service.retention import kept_words, list_classes
from banksia.modules.files.service.seeing import visible_documents
from banksia.modules.property.public import PropertyRead, get_property

RECENT = 10
PINNED = 20


def read_file(session: Session, actor: Actor, *, property_id: UUID, as_at_on: date | None = None) -> FileRead:
    """A property's file: folders with counts, what is pinned, what its land was before, and what happened last.

    Raises PropertyNotFound.
    """
    found = get_property(session, property_id)
    family = family_of(session, found, as_at_on=as_at_on)
    placed = queries.placed_documents(
        actor.organisation_id,
        family.scope(property_id),
        restricted=actor.may(RESTRICTED_READ),
        before=end_of_day(session, as_at_on) if as_at_on else None,
    )
    counts: dict[UUID, int] = {row[0]: row[1] for row in session.execute(queries.document_counts(placed))}
    holds = list(session.scalars(queries.holds_on(actor.organisation_id).where(Hold.property_id == property_id)))
    own = visible_documents(actor).where(Document.property_id == property_id, Document.state == "present")
    pinned = own.where(Document.pinned_at.is_not(None)).order_by(Document.pinned_at.desc()).limit(PINNED)
    activities = visible_activities(actor).where(Activity.property_id == property_id)
    recent = session.scalars(activities.order_by(Activity.id.desc()).limit(RECENT))
    return FileRead(
        property_id=property_id,
        address=found.address,
        parcels=[ParcelRead(text=parcel.text, title=parcel.title, status=parcel.status) for parcel in found.parcels],
        assessment=found.assessment,
        document_count=sum(counts.values()),
        inherited_count=_inherited(session, placed, property_id, family),
        lineage=list(family.ancestors),
        folders=_folders(session, actor, found, family, counts, holds),
        holds=[hold.reason for hold in holds if hold.folder_id is None and hold.document_id is None],
        pinned=[PinnedRead.model_validate(each) for each in session.scalars(pinned)],
        recent=[ActivityRead.model_validate(activity) for activity in recent],
    )


def _folders(
    session: Session,
    actor: Actor,
    found: PropertyRead,
    family: Family,
    counts: dict[UUID, int],
    holds: list[Hold],
) -> list[FolderSummary]:
    """The folders that the file shows: archived and former ones only while something lies in them."""
    former = {each.property_id: each.title for each in family.ancestors}
    wanted = queries.folders_of_properties(actor.organisation_id, (found.id, *former))
    rows = list(session.scalars(wanted))
    kept = kept_words(rows, list_classes(session, actor))
    needed = _with_content(rows, counts)
    held = {hold.folder_id for hold in holds}
    return [
        FolderSummary(
            **FolderRead.model_validate(row).model_dump(),
            document_count=counts.get(row.id, 0),
            kept=kept.get(row.id),
            from_parcel=former.get(row.property_id) if row.property_id else None,
            on_hold=row.id in held,
        )
        for row in rows
        if (not row.is_restricted or actor.may(RESTRICTED_READ))
        and (row.id in needed or (row.archived_at is None and row.property_id in {None, found.id}))
    ]


def _with_content(rows: list[Folder], counts: dict[UUID, int]) -> set[UUID]:
    """The folders that hold documents, and all above them."""
    above = {row.id: row.parent_id for row in rows}
    needed: set[UUID] = set()
    for folder_id in counts:
        current: UUID | None = folder_id
        while current is not None and current not in needed:
            needed.add(current)
            current = above.get(current)
    return needed


def _inherited(session: Session, placed: Subquery, property_id: UUID, family: Family) -> int:
    """How many of the documents lie on a former parcel's property."""
    if not family.ancestors:
        return 0
    return session.execute(queries.count_inherited(family.scope(property_id), placed)).scalar_one()

"""Retention, holds, removals and disposals, scoped to one organisation."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import (
    ARRAY,
    CTE,
    Date,
    Select,
    Text,
    Uuid,
    any_,
    case,
    cast,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from banksia.modules.files.models import (
    Disposal,
    DisposalDocument,
    Document,
    DocumentLink,
    Folder,
    Hold,
    Removal,
    RetentionClass,
)
from banksia.modules.files.queries.documents import Descent


def classes_of(organisation_id: uuid.UUID) -> Select[RetentionClass]:
    """The retention classes of a council."""
    return select(RetentionClass).where(RetentionClass.organisation_id == organisation_id)


def holds_on(organisation_id: uuid.UUID) -> Select[Hold]:
    """The holds that are on."""
    return select(Hold).where(Hold.organisation_id == organisation_id, Hold.lifted_at.is_(None))


def holds_of(organisation_id: uuid.UUID) -> Select[Hold]:
    """All holds, lifted ones too."""
    return select(Hold).where(Hold.organisation_id == organisation_id)


def removals_of(organisation_id: uuid.UUID) -> Select[Removal]:
    """The removals of a council, each with its document in the same row."""
    return (
        select(Removal)
        .where(Removal.organisation_id == organisation_id)
        .options(joinedload(Removal.document, innerjoin=True).joinedload(Document.latest, innerjoin=True))
    )


def disposals_of(organisation_id: uuid.UUID) -> Select[Disposal]:
    """The disposal lists of a council."""
    return select(Disposal).where(Disposal.organisation_id == organisation_id)


def disposal_documents_of(organisation_id: uuid.UUID, disposal_id: uuid.UUID) -> Select[DisposalDocument]:
    """The documents of a disposal list."""
    return (
        select(DisposalDocument)
        .where(DisposalDocument.organisation_id == organisation_id, DisposalDocument.disposal_id == disposal_id)
        .options(joinedload(DisposalDocument.document, innerjoin=True).joinedload(Document.latest, innerjoin=True))
    )


def last_disposal_number(organisation_id: uuid.UUID) -> Select[int | None]:
    """The number of the newest disposal list."""
    return select(func.max(Disposal.number)).where(Disposal.organisation_id == organisation_id)


def disposal_counts(organisation_id: uuid.UUID, disposal_ids: list[uuid.UUID]) -> Select[uuid.UUID, int]:
    """How many documents stand on each list, without those that were taken off."""
    return (
        select(DisposalDocument.disposal_id, func.count())
        .where(DisposalDocument.organisation_id == organisation_id, DisposalDocument.disposal_id.in_(disposal_ids))
        .where(DisposalDocument.is_kept.is_(False))
        .group_by(DisposalDocument.disposal_id)
    )


def _folder_tree(organisation_id: uuid.UUID) -> CTE:
    """Each folder with the one that says how long its documents are kept, itself or the next above, and its path."""
    says = case((Folder.retention_class_id.is_not(None), Folder.id))
    tree = (
        select(Folder.id, says.label("classed_id"), array([Folder.id]).label("path"))
        .where(Folder.organisation_id == organisation_id, Folder.parent_id.is_(None))
        .cte("tree", recursive=True)
    )
    child = aliased(Folder)
    own = case((child.retention_class_id.is_not(None), child.id), else_=tree.c.classed_id)
    return tree.union_all(
        select(child.id, own, func.array_append(tree.c.path, child.id))
        .where(child.organisation_id == organisation_id)
        .join(tree, child.parent_id == tree.c.id)
    )


def documents_due(
    organisation_id: uuid.UUID, by_on: date, held: Sequence[Descent], *, zone: str
) -> Select[Document, str, date]:
    """Documents whose period ended by a day and that nothing holds, the longest overdue first, with class and day.

    Days are those of `zone`, where the council is. `held` are the descents of the files that a hold is on: these show,
    and so hold, what lay on their former parcels. What stands on a list that is not done yet is left out, and so is
    what waits in isolation.
    """
    tree = _folder_tree(organisation_id)
    added_on = cast(func.timezone(zone, Document.created_at), Date)
    closed_on = cast(func.timezone(zone, Folder.archived_at), Date)
    begun = case(
        (RetentionClass.trigger == "added", added_on),
        (RetentionClass.trigger == "dated", func.coalesce(Document.dated_on, added_on)),
        (RetentionClass.trigger == "folder_closed", closed_on),
    )
    over = cast(begun + func.make_interval(RetentionClass.keep_years), Date)
    due_on = func.greatest(over, Folder.demolished_on)
    return (
        select(Document, RetentionClass.code, due_on.label("due_on"))
        .join(tree, tree.c.id == Document.folder_id)
        .join(Folder, Folder.id == tree.c.classed_id)
        .join(RetentionClass, RetentionClass.id == Folder.retention_class_id)
        .where(
            Document.organisation_id == organisation_id,
            Document.state == "present",
            RetentionClass.organisation_id == organisation_id,
            RetentionClass.trigger != "never",
            over <= by_on,
            ~(RetentionClass.until_demolished & Folder.demolished_on.is_(None)),
            func.coalesce(Folder.demolished_on, by_on) <= by_on,
            ~_held(organisation_id, tree).exists(),
            ~_held_by_link(organisation_id, tree).exists(),
            ~_held_by_descent(organisation_id, tree, held).exists(),
            Document.id.not_in(_listed(organisation_id)),
        )
        .options(joinedload(Document.latest, innerjoin=True))
        .order_by(due_on, Document.id)
    )


def _listed(organisation_id: uuid.UUID) -> Select[uuid.UUID]:
    """What stands on a list that is not done yet."""
    return (
        select(DisposalDocument.document_id)
        .join(Disposal, Disposal.id == DisposalDocument.disposal_id)
        .where(
            DisposalDocument.organisation_id == organisation_id,
            Disposal.state.in_(("proposed", "approved")),
            DisposalDocument.is_kept.is_(False),
        )
    )


def _held(organisation_id: uuid.UUID, tree: CTE) -> Select[int]:
    """The holds on a document, on its folder or one above, or on its property's whole file."""
    return (
        _holds_on_folder(organisation_id, Document.folder_id, tree)
        .where(
            Hold.property_id == Document.property_id,
            func.coalesce(Hold.document_id, Document.id) == Document.id,
        )
        .correlate(Document, tree)
    )


def _held_by_link(organisation_id: uuid.UUID, tree: CTE) -> Select[int]:
    """The holds on the files, or their folders, that a document is linked into."""
    linked_in = tree.alias("linked_in")
    return (
        _holds_on_folder(organisation_id, DocumentLink.folder_id, linked_in)
        .join(DocumentLink, DocumentLink.property_id == Hold.property_id)
        .join(linked_in, linked_in.c.id == DocumentLink.folder_id)
        .where(
            DocumentLink.organisation_id == organisation_id,
            DocumentLink.document_id == Document.id,
            Hold.document_id.is_(None),
        )
        .correlate(Document)
    )


def _held_by_descent(organisation_id: uuid.UUID, tree: CTE, held: Sequence[Descent]) -> Select[int]:
    """The holds on the files, or their folders, whose land lay on the document's parcel once."""
    heirs, ancestors = [each.property_id for each in held], [each.ancestor_id for each in held]
    parcels = [each.parcel for each in held]
    descents = (
        func.unnest(cast(heirs, ARRAY(Uuid)), cast(ancestors, ARRAY(Uuid)), cast(parcels, ARRAY(Text)))
        .table_valued(column("heir", Uuid), column("ancestor", Uuid), column("parcel", Text), name="descents")
        .render_derived()
    )
    return (
        _holds_on_folder(organisation_id, Document.folder_id, tree)
        .join(descents, descents.c.heir == Hold.property_id)
        .where(
            descents.c.ancestor == Document.property_id,
            func.coalesce(Document.parcel, descents.c.parcel) == descents.c.parcel,
            Hold.document_id.is_(None),
        )
        .correlate(Document, tree)
    )


def _holds_on_folder(organisation_id: uuid.UUID, folder_id: InstrumentedAttribute[uuid.UUID], tree: CTE) -> Select[int]:
    """The holds that are on a whole file, or on a folder or one above it."""
    return (
        select(literal(1))
        .select_from(Hold)
        .where(
            Hold.organisation_id == organisation_id,
            Hold.lifted_at.is_(None),
            func.coalesce(Hold.folder_id, folder_id) == any_(tree.c.path),
        )
    )

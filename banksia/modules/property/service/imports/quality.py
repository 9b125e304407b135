"""Work lists of what is wrong in the truth: bounded counts, pages, and rows that somebody deals with."""

import uuid
from collections import defaultdict
from typing import Any, Final

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.counting import counted as count_rows
from banksia.kit.database import organisation_id_of
from banksia.kit.paging import Key, page_of
from banksia.modules.property import permissions
from banksia.modules.property.errors import ConflictNotFound
from banksia.modules.property.models import Conflict, QualityFinding, UnmatchedRow
from banksia.modules.property.queries import imports as import_queries
from banksia.modules.property.queries import quality as queries
from banksia.modules.property.schemas.quality import (
    QualityCount,
    QualityKind,
    QualityProperty,
    QualityRow,
    QualitySummary,
    UnmatchedRead,
)
from banksia.modules.property.service.properties import properties_with_ids

COUNTED_TO = 1_000
_TITLES: Final[dict[QualityKind, tuple[str, str]]] = {
    "conflicts": (
        "Conflicts with corrections",
        "An import said something else than an approved correction. Keep the correction or take the file's value.",
    ),
    "unmatched_owners": (
        "Owners without a property",
        "Rows of owner files whose parcel or assessment is not known here.",
    ),
    "unmatched_attributes": (
        "Attributes without a property",
        "Rows of attribute files whose parcel or assessment is not known here.",
    ),
    "parcels_in_two_assessments": (
        "Parcels in two assessments",
        "A parcel is rated once. One of its assessments is probably out of date.",
    ),
    "shared_addresses": (
        "Addresses of several properties",
        "Each address should lead to one property. Often the lots share an assessment that the file leaves out.",
    ),
    "parcels_without_address": (
        "Parcels without an address",
        "Current lots that can be found by lot and plan only.",
    ),
    "addresses_without_parcel": (
        "Addresses without a parcel",
        "They can be found, but nothing can be ordered for them.",
    ),
}  # fmt: skip


def read_quality(session: Session, actor: Actor) -> QualitySummary:
    """How long each work list is, counted up to a thousand."""
    organisation_id = actor.organisation_id
    lists: dict[QualityKind, Select[Any]] = {
        "conflicts": import_queries.conflicts_of(organisation_id).where(Conflict.state == "open"),
        "unmatched_owners": import_queries.unmatched_of(organisation_id, "owner"),
        "unmatched_attributes": import_queries.unmatched_of(organisation_id, "attribute"),
    }
    for kind in queries.KINDS:
        lists[kind] = queries.findings_of(organisation_id, kind)  # type: ignore[index]  # the same words
    return QualitySummary(lists=[_counted(session, kind, lists[kind]) for kind in _TITLES])


def _counted(session: Session, kind: QualityKind, rows: Select[Any]) -> QualityCount:
    counted = session.execute(count_rows(rows, COUNTED_TO + 1)).scalar_one()
    title, text = _TITLES[kind]
    return QualityCount(kind=kind, title=title, help=text, count=min(counted, COUNTED_TO), is_more=counted > COUNTED_TO)


def list_quality(
    session: Session, actor: Actor, *, kind: str, limit: int, cursor: str | None
) -> tuple[list[QualityRow], str | None]:
    """One work list of addresses or parcels, by label."""
    rows, following = page_of(
        session,
        queries.findings_of(actor.organisation_id, kind),
        keys=[Key(QualityFinding.label, "label"), Key(QualityFinding.record_id, "record_id")],
        limit=limit,
        cursor=cursor,
    )
    ids = [row.record_id for row in rows]
    is_address = kind in queries.ADDRESS_KINDS
    holders = queries.properties_of_addresses if is_address else queries.properties_of_parcels
    found: defaultdict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for record_id, property_id in session.execute(holders(actor.organisation_id, ids)) if ids else ():
        found[record_id].append(property_id)
    about = properties_with_ids(session, {each for group in found.values() for each in group})
    return [
        QualityRow(
            id=row.record_id,
            record_kind="address" if is_address else "parcel",
            label=row.label,
            properties=[
                QualityProperty(
                    id=each.id,
                    address=each.address,
                    parcels=[parcel.text for parcel in each.parcels[:10]],
                    assessment=each.assessment,
                )
                for each in (about[property_id] for property_id in found[row.record_id] if property_id in about)
            ],
        )
        for row in rows
    ], following


def review_quality(session: Session) -> None:
    """Look through the whole council for what is wrong, and keep it for the lists."""
    organisation_id = organisation_id_of(session)
    session.execute(queries.delete_findings(organisation_id))
    for kind in queries.KINDS:
        session.execute(queries.insert_findings(organisation_id, kind))


def queue_review(session: Session) -> None:
    """Have the council looked through after a change; many changes at once are one."""
    enqueue(session, "property.review_quality", key="review")


def list_unmatched(
    session: Session, actor: Actor, *, kind: str, limit: int, cursor: str | None
) -> tuple[list[UnmatchedRead], str | None]:
    """Rows that wait for their property, the newest first; what they say of owners only for those who may see it."""
    rows, following = page_of(
        session,
        import_queries.unmatched_of(actor.organisation_id, kind),
        keys=[Key(UnmatchedRow.id, "id", descending=True)],
        limit=limit,
        cursor=cursor,
    )
    names = file_names(session, actor, {row.import_run_id for row in rows})
    shown = kind != "owner" or actor.may(permissions.OWNERS_READ)
    if rows and kind == "owner" and shown:
        audit.record(session, actor, "property.unmatched_owners_read", detail={"rows": len(rows)})
    return [_unmatched(row, names, shown=shown) for row in rows], following


def _unmatched(row: UnmatchedRow, names: dict[uuid.UUID, str], *, shown: bool) -> UnmatchedRead:
    return UnmatchedRead(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]  # written as one of the two only
        key=row.key,
        reason=row.reason,
        cells={name: str(value) for name, value in row.cells.items() if value is not None} if shown else {},
        line=row.line,
        import_run_id=row.import_run_id,
        file_name=names.get(row.import_run_id),
        created_at=row.created_at,
    )


def resolve_unmatched(session: Session, actor: Actor, *, row_id: uuid.UUID, note: str) -> None:
    """Take a row off its work list: it was placed by hand, or never belonged here. Raises ConflictNotFound."""
    row = session.scalar(import_queries.unmatched_with_id(actor.organisation_id, row_id).with_for_update())
    if row is None:
        raise ConflictNotFound
    row.resolved_at = utc_now()
    audit.record(session, actor, "property.unmatched_row_resolved", subject=row, detail={"key": row.key, "note": note})


def file_names(session: Session, actor: Actor, run_ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of imported files, by import."""
    if not run_ids:
        return {}
    found: Any = session.execute(import_queries.run_names(actor.organisation_id, run_ids))
    return {run_id: name for run_id, name in found}  # noqa: C416  (a row is no pair to the type checker)

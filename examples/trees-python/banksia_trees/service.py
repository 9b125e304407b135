"""What the council does with its register of trees."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.foundation.organisations.public import current_organisation, module_settings
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.paging import Key, page_of
from banksia.modules.property.public import get_property
from sqlalchemy.orm import Session

from banksia_trees import queries
from banksia_trees.errors import TreeEnded, TreeNotFound, TreeNotSignificant
from banksia_trees.events import TreeRegistered
from banksia_trees.models import Tree
from banksia_trees.schemas import (
    PropertyTreesRead,
    Protection,
    PublicPropertyTreesRead,
    PublicTreeRead,
    TreeCreate,
    TreeRead,
    TreeUpdate,
)
from banksia_trees.settings import TreesSettings

MOST_ON_A_PROPERTY, FEW = 200, 5
WORDS = {"none": "", "council": "Protected", "heritage": "Heritage", "threatened": "Threatened species"}


def list_trees(
    session: Session,
    actor: Actor,
    *,
    limit: int,
    cursor: str | None,
    protection: Protection | None = None,
    unplaced: bool = False,
) -> tuple[list[Tree], str | None]:
    """The trees that stand, the newest entry first; of one protection, or without a place on the map, if asked."""
    trees = queries.standing_trees_of(actor.organisation_id)
    if protection is not None:
        trees = trees.where(Tree.protection == protection)
    if unplaced:
        trees = trees.where(Tree.longitude.is_(None))
    keys = [Key(Tree.id, "id", descending=True)]  # ids sort by time
    return page_of(session, trees, keys=keys, limit=limit, cursor=cursor)


def trees_on(session: Session, actor: Actor, *, property_id: UUID, as_at_on: date | None = None) -> PropertyTreesRead:
    """The trees that stand on a property, or stood there on a day; raises PropertyNotFound."""
    found = get_property(session, property_id)
    places = [each for each in found.addresses if each.longitude is not None]
    return PropertyTreesRead(
        property_id=property_id,
        address=found.address,
        longitude=places[0].longitude if places else None,
        latitude=places[0].latitude if places else None,
        trees=[TreeRead.model_validate(row) for row in _rows(session, actor, property_id, as_at_on)],
    )


def public_trees_on(session: Session, actor: Actor, *, property_id: UUID) -> PublicPropertyTreesRead:
    """What anybody may know of the trees of a property; raises PropertyNotFound."""
    found = get_property(session, property_id)
    trees = [PublicTreeRead.model_validate(row) for row in _rows(session, actor, property_id, None)]
    return PublicPropertyTreesRead(property_id=property_id, address=found.address, trees=trees)


def read_tree(session: Session, actor: Actor, *, tree_id: UUID) -> Tree:
    """A tree of the register, also one that was ended; raises TreeNotFound."""
    row = session.scalar(queries.trees_of(actor.organisation_id).where(Tree.id == tree_id))
    if row is None:
        raise TreeNotFound
    return row


def _rows(session: Session, actor: Actor, property_id: UUID, as_at_on: date | None) -> list[Tree]:
    rows = queries.trees_on_property(actor.organisation_id, property_id, as_at_on).limit(MOST_ON_A_PROPERTY)
    return list(session.scalars(rows))


def register_tree(session: Session, actor: Actor, *, tree: TreeCreate) -> Tree:
    """Put a tree into the register; raises PropertyNotFound and TreeNotSignificant."""
    get_property(session, tree.property_id)
    row = Tree(
        organisation_id=actor.organisation_id,
        recorded_by_name=actor.name,
        valid_from_on=_today(session),
        **tree.model_dump(),
    )
    _refuse_if_not_significant(session, row)
    session.add(row)
    session.flush()
    audit.record(session, actor, "trees.tree_registered", subject=row, detail={"species": row.species})
    emit(session, TreeRegistered(tree_id=row.id, property_id=row.property_id, protected=row.protection != "none"))
    return row


def change_tree(session: Session, actor: Actor, *, tree_id: UUID, changes: TreeUpdate) -> Tree:
    """Correct what the register says of a tree; raises TreeNotFound, TreeEnded and TreeNotSignificant."""
    row = _standing_tree(session, actor, tree_id)
    given = changes.model_dump(exclude_unset=True, exclude_none=True)
    changed = sorted(field for field, value in given.items() if getattr(row, field) != value)
    for field in changed:
        setattr(row, field, given[field])
    _refuse_if_not_significant(session, row)
    audit.record(session, actor, "trees.tree_changed", subject=row, detail={"fields": changed})
    return row


def end_tree(session: Session, actor: Actor, *, tree_id: UUID, reason: str) -> Tree:
    """Note that a tree no longer stands; raises TreeNotFound and TreeEnded."""
    row = _standing_tree(session, actor, tree_id)
    row.valid_to_on, row.ended_because = _today(session), reason
    audit.record(session, actor, "trees.tree_ended", subject=row, detail={"reason": reason})
    return row


def latest_trees(session: Session, actor: Actor, **_about: object) -> dict[str, Any]:
    """For the dashboard: how many trees stand, and what is to be done about them."""
    standing, protected, unplaced = session.execute(queries.counts_of(actor.organisation_id)).one()
    counts = [
        {"label": "Trees in the register", "count": standing, "to": "/trees/staff"},
        {"label": "Protected", "count": protected, "to": "/trees/staff?protection=council"},
        {"label": "Not on the map yet", "count": unplaced, "to": "/trees/staff?unplaced=1"},
    ]
    return {"counts": counts}


def trees_for_page(session: Session, actor: Actor, *, property_id: UUID) -> dict[str, Any]:
    """For the page of a property: its trees in short."""
    rows = _rows(session, actor, property_id, None)
    protected = sum(row.protection != "none" for row in rows)
    lines = [
        {
            "title": row.common_name or row.species,
            "detail": _in_short(row),
            "href": f"/trees/staff/trees/{row.id}",
            "status": WORDS[row.protection],
        }
        for row in rows[:FEW]
    ]
    summary = f"{protected} protected" if rows else "No significant tree is registered here."
    return {"summary": summary, "href": f"/trees/staff/properties/{property_id}", "count": len(rows), "lines": lines}


def _in_short(row: Tree) -> str:
    parts = [row.species if row.common_name else ""]
    parts += [f"{row.height_m:f} m high" if row.height_m else "", f"{row.girth_m:f} m around" if row.girth_m else ""]
    return ", ".join(part for part in parts if part)


def _today(session: Session) -> date:
    """The council's date."""
    return utc_now().astimezone(ZoneInfo(current_organisation(session).time_zone)).date()


def _standing_tree(session: Session, actor: Actor, tree_id: UUID) -> Tree:
    row = session.scalar(queries.trees_of(actor.organisation_id).where(Tree.id == tree_id).with_for_update())
    if row is None:
        raise TreeNotFound
    if row.valid_to_on is not None:
        raise TreeEnded(row.species)
    return row


def _refuse_if_not_significant(session: Session, row: Tree) -> None:
    least_m = module_settings(session, TreesSettings).significant_height_m
    if row.protection == "none" and (row.height_m is None or row.height_m < least_m):
        raise TreeNotSignificant(least_m)

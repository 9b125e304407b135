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
from banksia_trees.schemas import PropertyTreesRead, TreeCreate, TreeRead, TreeUpdate
from banksia_trees.settings import TreesSettings

MOST_ON_A_PROPERTY, LATEST = 200, 5


def list_trees(session: Session, actor: Actor, *, limit: int, cursor: str | None) -> tuple[list[Tree], str | None]:
    """The trees that stand, the newest entry first."""
    keys = [Key(Tree.id, "id", descending=True)]  # ids sort by time
    return page_of(session, queries.standing_trees_of(actor.organisation_id), keys=keys, limit=limit, cursor=cursor)


def trees_on(session: Session, actor: Actor, *, property_id: UUID) -> PropertyTreesRead:
    """The trees that stand on a property; raises PropertyNotFound."""
    found = get_property(session, property_id)
    trees = queries.standing_trees_of(actor.organisation_id).where(Tree.property_id == property_id)
    rows = session.scalars(trees.order_by(Tree.id).limit(MOST_ON_A_PROPERTY))
    return PropertyTreesRead(
        property_id=property_id, address=found.address, trees=[TreeRead.model_validate(row) for row in rows]
    )


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
    emit(session, TreeRegistered(tree_id=row.id, property_id=row.property_id, protected=row.protected))
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
    """For the dashboard: the last trees that came into the register."""
    rows, _ = list_trees(session, actor, limit=LATEST, cursor=None)
    return {"trees": [TreeRead.model_validate(row).model_dump(mode="json") for row in rows]}


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
    if not row.protected and (row.height_m is None or row.height_m < least_m):
        raise TreeNotSignificant(least_m)

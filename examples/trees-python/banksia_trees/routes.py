"""The register of trees over HTTP: for staff, and what anybody may know."""

import datetime
from typing import Annotated
from uuid import UUID

from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page
from banksia.modules.property.public import PropertyNotFound
from fastapi import Query

from banksia_trees import permissions, service
from banksia_trees.errors import TreeEnded, TreeNotFound, TreeNotSignificant
from banksia_trees.schemas import (
    PropertyTreesRead,
    Protection,
    PublicPropertyTreesRead,
    TreeCreate,
    TreeEnd,
    TreeRead,
    TreeUpdate,
)

customer = Router(prefix="/customer")
staff = Router()


@customer.get("/properties/{property_id}", public=True, raises=[PropertyNotFound])
def list_public_trees(session: SessionDep, actor: ActorDep, property_id: UUID) -> PublicPropertyTreesRead:
    """The significant trees of one property, for anybody."""
    return service.public_trees_on(session, actor, property_id=property_id)


@staff.get("/register", permission=permissions.TREES_READ)
def list_trees(
    session: SessionDep,
    actor: ActorDep,
    protection: Protection | None = None,
    unplaced: Annotated[bool, Query(description="Only those without a place on the map")] = False,
    limit: LimitParam = 50,
    cursor: CursorParam = None,
) -> Page[TreeRead]:
    """The trees that stand, the newest entry first."""
    rows, next_cursor = service.list_trees(
        session, actor, limit=limit, cursor=cursor, protection=protection, unplaced=unplaced
    )
    return Page[TreeRead](results=[TreeRead.model_validate(row) for row in rows], next_cursor=next_cursor)


@staff.get("/register/{tree_id}", permission=permissions.TREES_READ, raises=[TreeNotFound])
def read_tree(session: SessionDep, actor: ActorDep, tree_id: UUID) -> TreeRead:
    """One tree, also when it no longer stands."""
    return TreeRead.model_validate(service.read_tree(session, actor, tree_id=tree_id))


@staff.get("/properties/{property_id}", permission=permissions.TREES_READ, raises=[PropertyNotFound])
def list_trees_of_property(
    session: SessionDep,
    actor: ActorDep,
    property_id: UUID,
    as_at: Annotated[datetime.date | None, Query(description="Those that stood on this day")] = None,
) -> PropertyTreesRead:
    """The trees that stand on one property."""
    return service.trees_on(session, actor, property_id=property_id, as_at_on=as_at)


@staff.post(
    "/register", permission=permissions.TREES_KEEP, raises=[PropertyNotFound, TreeNotSignificant], status_code=201
)
def register_tree(session: SessionDep, actor: ActorDep, tree: TreeCreate) -> TreeRead:
    """Put a tree into the register."""
    return TreeRead.model_validate(service.register_tree(session, actor, tree=tree))


@staff.patch(
    "/register/{tree_id}", permission=permissions.TREES_KEEP, raises=[TreeNotFound, TreeEnded, TreeNotSignificant]
)
def change_tree(session: SessionDep, actor: ActorDep, tree_id: UUID, changes: TreeUpdate) -> TreeRead:
    """Correct what the register says of a tree."""
    return TreeRead.model_validate(service.change_tree(session, actor, tree_id=tree_id, changes=changes))


@staff.post("/register/{tree_id}/end", permission=permissions.TREES_KEEP, raises=[TreeNotFound, TreeEnded])
def end_tree(session: SessionDep, actor: ActorDep, tree_id: UUID, end: TreeEnd) -> TreeRead:
    """Note that a tree no longer stands; its entry stays."""
    return TreeRead.model_validate(service.end_tree(session, actor, tree_id=tree_id, reason=end.reason))

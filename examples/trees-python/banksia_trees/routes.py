"""The register of trees over HTTP, for staff."""

from uuid import UUID

from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page
from banksia.modules.property.public import PropertyNotFound

from banksia_trees import permissions, service
from banksia_trees.errors import TreeEnded, TreeNotFound, TreeNotSignificant
from banksia_trees.schemas import PropertyTreesRead, TreeCreate, TreeEnd, TreeRead, TreeUpdate

staff = Router()


@staff.get("/register", permission=permissions.TREES_READ)
def list_trees(
    session: SessionDep, actor: ActorDep, limit: LimitParam = 50, cursor: CursorParam = None
) -> Page[TreeRead]:
    """The trees that stand, the newest entry first."""
    rows, next_cursor = service.list_trees(session, actor, limit=limit, cursor=cursor)
    return Page[TreeRead](results=[TreeRead.model_validate(row) for row in rows], next_cursor=next_cursor)


@staff.get("/properties/{property_id}", permission=permissions.TREES_READ, raises=[PropertyNotFound])
def list_trees_of_property(session: SessionDep, actor: ActorDep, property_id: UUID) -> PropertyTreesRead:
    """The trees that stand on one property."""
    return service.trees_on(session, actor, property_id=property_id)


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

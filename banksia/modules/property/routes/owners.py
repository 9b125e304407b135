"""Search by owner, for those who may see owners."""

from typing import Annotated

from fastapi import Query

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.property import permissions
from banksia.modules.property.routes.lean_search import DEFAULT_LIMIT, MAX_LIMIT, MAX_TEXT
from banksia.modules.property.schemas import OwnerMatches
from banksia.modules.property.service.searching.owner_names import find_owners

owners = Router(prefix="/owners")


@owners.get("/search", permission=permissions.OWNERS_READ)
def search_owners(
    session: SessionDep,
    actor: ActorDep,
    q: Annotated[str, Query(max_length=MAX_TEXT, description="Words of an owner's name, in any order")],
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many results at most")] = DEFAULT_LIMIT,
) -> OwnerMatches:
    """Find properties by the names of their owners; that they were looked for is written down."""
    return find_owners(session, actor, q, limit=limit)

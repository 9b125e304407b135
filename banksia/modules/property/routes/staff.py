"""What staff see of one property: owners, attributes, map, history and what other modules know."""

import uuid
from typing import Annotated

from fastapi import Query, Request

from banksia.kit.routing import ActorDep, CouncilDep, CursorParam, LimitParam, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import Page
from banksia.modules.property import permissions
from banksia.modules.property.errors import (
    AsAtInvalid,
    AttributeInvalid,
    AttributeNotFound,
    AttributeRetired,
    PropertyNotFound,
)
from banksia.modules.property.schemas.history import HistoryRead
from banksia.modules.property.schemas.lineage import MapRead
from banksia.modules.property.schemas.truths import (
    AsAtOn,
    AttributeCode,
    AttributeList,
    AttributeRead,
    AttributeRecord,
    ContributionList,
    OwnerRead,
)
from banksia.modules.property.service import attributes, contributions, history, maps, owners

staff = Router(prefix="/properties/{property_id}")


@staff.get("/owners", permission=permissions.OWNERS_READ, raises=[PropertyNotFound, AsAtInvalid])
def list_owners(
    session: SessionDep,
    actor: ActorDep,
    property_id: uuid.UUID,
    as_at: AsAtOn | None = None,
    ended: Annotated[bool, Query(description="Also those who owned it before")] = False,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[OwnerRead]:
    """The owners of a property, the newest first; that they were read is written down."""
    rows, following = owners.list_owners(
        session, actor, property_id=property_id, as_at_on=as_at, ended=ended, limit=limit, cursor=cursor
    )
    return Page(results=rows, next_cursor=following)


@staff.get("/attributes", permission=permissions.PROPERTIES_READ, raises=[PropertyNotFound, AsAtInvalid])
def list_attributes(
    session: SessionDep,
    property_id: uuid.UUID,
    as_at: AsAtOn | None = None,
    parcel_id: Annotated[uuid.UUID | None, Query(description="Only of this parcel of the property")] = None,
) -> AttributeList:
    """What the council knows of a property, what is unknown included."""
    return attributes.list_attributes(session, property_id=property_id, as_at_on=as_at, parcel_id=parcel_id)


@staff.put(
    "/attributes/{code}",
    permission=permissions.ATTRIBUTES_RECORD,
    raises=[PropertyNotFound, AttributeNotFound, AttributeRetired, AttributeInvalid],
)
def record_attribute(
    session: SessionDep, actor: ActorDep, property_id: uuid.UUID, code: AttributeCode, recorded: AttributeRecord
) -> AttributeRead:
    """Record what an attribute is, by hand, with its source; what was recorded before ends."""
    return attributes.record_attribute(session, actor, property_id=property_id, code=code, recorded=recorded)


@staff.get("/map", permission=permissions.PROPERTIES_READ, raises=[PropertyNotFound])
def read_map(session: SessionDep, property_id: uuid.UUID) -> MapRead:
    """The lots of a property and their neighbours, as GeoJSON and as a list."""
    return maps.read_map(session, property_id)


@staff.get("/history", permission=permissions.PROPERTIES_READ, raises=[PropertyNotFound])
def list_history(
    session: SessionDep, actor: ActorDep, property_id: uuid.UUID, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[HistoryRead]:
    """Everything that happened to a property, the newest first; owners only for those who may see them."""
    rows, following = history.list_history(session, actor, property_id=property_id, limit=limit, cursor=cursor)
    return Page(results=rows, next_cursor=following)


@staff.get("/contributions", permission=permissions.PROPERTIES_READ, transactions=True, raises=[PropertyNotFound])
async def list_contributions(
    request: Request, transactions: TransactionsDep, council: CouncilDep, property_id: uuid.UUID
) -> ContributionList:
    """What the council's other modules know about a property: orders, documents."""
    return await contributions.load_contributions(
        request, transactions, property_id=property_id, enabled_modules=council.enabled_modules
    )

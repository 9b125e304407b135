"""Filters of the queue and of the list of orders that people keep."""

import uuid

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors.saved_filters import (
    FilterNameTaken,
    FilterNotFound,
    FilterNotYours,
    PersonNeeded,
    TooManyFilters,
)
from banksia.modules.certificates.models import FilterPlace
from banksia.modules.certificates.schemas.saved_filters import (
    SavedFilterCreate,
    SavedFilterList,
    SavedFilterRead,
    SavedFilterUpdate,
)
from banksia.modules.certificates.service import saved_filters as service

saved_filters = Router(prefix="/saved-filters")


@saved_filters.get("", permission=permissions.ORDERS_READ)
def list_filters(session: SessionDep, actor: ActorDep, place: FilterPlace) -> SavedFilterList:
    """Your own filters of a list, and those that are shared."""
    return service.list_filters(session, actor, place=place)


@saved_filters.post(
    "",
    permission=permissions.ORDERS_READ,
    status_code=201,
    raises=[FilterNameTaken, TooManyFilters, PersonNeeded],
)
def save_filter(session: SessionDep, actor: ActorDep, created: SavedFilterCreate) -> SavedFilterRead:
    """Keep what a list shows under a name; sharing it needs the permission for that."""
    return service.save_filter(session, actor, created=created)


@saved_filters.put(
    "/{filter_id}",
    permission=permissions.ORDERS_READ,
    raises=[FilterNotFound, FilterNotYours, FilterNameTaken],
)
def update_filter(
    session: SessionDep, actor: ActorDep, filter_id: uuid.UUID, changes: SavedFilterUpdate
) -> SavedFilterRead:
    """Rename a filter, share it or take it back."""
    return service.update_filter(session, actor, filter_id=filter_id, changes=changes)


@saved_filters.delete(
    "/{filter_id}",
    permission=permissions.ORDERS_READ,
    status_code=204,
    raises=[FilterNotFound, FilterNotYours],
)
def delete_filter(session: SessionDep, actor: ActorDep, filter_id: uuid.UUID) -> None:
    """Delete a filter."""
    service.delete_filter(session, actor, filter_id=filter_id)

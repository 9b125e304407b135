"""The truth over HTTP: search and one property, for everybody; staff also see where records come from."""

import uuid
from typing import Annotated, Any, Literal

from fastapi import Query, Request

from banksia.kit.routing import ActorDep, PlatformDep, Router, SessionDep
from banksia.modules.property import permissions, service
from banksia.modules.property.errors import (
    AsAtInvalid,
    ParcelNotFound,
    PropertyNotFound,
    PropertyNotYet,
    TooManySearches,
)
from banksia.modules.property.routes.lean_search import DEFAULT_LIMIT, MAX_LIMIT, MAX_TEXT, lean_search
from banksia.modules.property.schemas import CouncilResults, PropertyRead, SearchResults
from banksia.modules.property.schemas.truths import AsAtOn

MAX_PARCEL = 100
COST_OF_ALL = 5
"""A search at all councils takes so many from what a client may search."""

customer = Router()


@customer.get("/search", public=True, scope="any", capability="property.search", raises=[TooManySearches])
def search_properties(
    session: SessionDep,
    platform: PlatformDep,
    request: Request,
    q: Annotated[str, Query(max_length=MAX_TEXT, description="An address, or a lot and plan, as a person types it")],
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many results at most")] = DEFAULT_LIMIT,
    councils: Annotated[
        Literal["all"] | None, Query(description="`all` searches every council of the installation")
    ] = None,
) -> SearchResults | CouncilResults:
    """Find properties by address, building, lot and plan, or assessment, best first; errors in words are forgiven."""
    client = request.client.host if request.client else "unknown"
    service.refuse_too_many(platform.settings, client, cost=COST_OF_ALL if councils else 1)
    if councils:
        return service.find_at_all_councils(platform, q, limit=limit)
    return SearchResults.model_validate({"results": service.find_properties(session, q, limit=limit)})


customer.routes.lifespan_context = lean_search("/api/property/search", search_properties)


@customer.get(
    "/properties/{property_id}",
    public=True,
    scope="any",
    capability="property.get",
    raises=[PropertyNotFound, PropertyNotYet, AsAtInvalid],
)
def get_property(
    session: SessionDep, actor: ActorDep, property_id: uuid.UUID, as_at: AsAtOn | None = None
) -> PropertyRead:
    """One property in full; staff also see where its records come from, and the property as it was on another day."""
    if as_at is not None:
        actor.require(permissions.PROPERTIES_READ)
    sources = actor.may(permissions.PROPERTIES_READ)
    return service.get_property(session, property_id, with_sources=sources, as_at_on=as_at)


@customer.get(
    "/properties/{property_id}/snapshot", capability="property.snapshot", raises=[PropertyNotFound, ParcelNotFound]
)
def take_snapshot(
    session: SessionDep,
    property_id: uuid.UUID,
    parcel: Annotated[str | None, Query(max_length=MAX_PARCEL, description="The lot and plan to picture")] = None,
) -> dict[str, Any]:
    """A picture of a property for a remote module to keep: later changes leave it alone."""
    return service.snapshot_property(session, property_id, parcel)

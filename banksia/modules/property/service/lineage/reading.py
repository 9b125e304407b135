"""The family of a property's parcels as a graph: events with both sides, several generations either way."""

import uuid
from collections.abc import Iterable

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.models import LineageEvent, LineageParcel, Parcel
from banksia.modules.property.queries import land
from banksia.modules.property.queries import lineage as queries
from banksia.modules.property.schemas.lineage import (
    LineageEventRead,
    LineageKind,
    LineageParcelRead,
    LineageRead,
)
from banksia.modules.property.service.describing import as_status, sorted_parcels
from banksia.modules.property.service.properties import get_property

GENERATIONS = 5
MAX_PARCELS = 400
SIDES = {"up": ("child", "parent"), "down": ("parent", "child")}


def read_lineage(session: Session, property_id: uuid.UUID) -> LineageRead:
    """Where a property's parcels came from and what became of them; raises PropertyNotFound."""
    own = {parcel.id for parcel in get_property(session, property_id).parcels}
    graph = _Graph(session)
    for direction in SIDES:
        graph.walk(own, direction)
    return LineageRead(
        parcels=describe_parcels(session, own | graph.parcel_ids, own=own),
        events=[describe_event(event, graph.sides[event.id]) for event in graph.in_order()],
        is_complete=graph.is_complete,
    )


def describe_parcels(
    session: Session, ids: set[uuid.UUID], *, own: Iterable[uuid.UUID] = ()
) -> list[LineageParcelRead]:
    """Parcels of a graph with the properties that they are in, in two statements."""
    organisation_id = organisation_id_of(session)
    links = session.scalars(land.property_links_of(organisation_id, ids))
    homes = {link.parcel_id: link.property_id for link in links}
    parcels = session.scalars(land.parcels_with_ids(organisation_id, ids))
    mine = frozenset(own)
    return [describe_parcel(parcel, homes.get(parcel.id), parcel.id in mine) for parcel in sorted_parcels(parcels)]


def describe_parcel(parcel: Parcel, property_id: uuid.UUID | None, is_own: bool) -> LineageParcelRead:
    """One parcel of a graph."""
    return LineageParcelRead(
        id=parcel.id,
        text=parcel.label,
        title=parcel.title,
        status=as_status(parcel.status),
        area_square_metres=parcel.area_square_metres,
        property_id=property_id,
        is_own=is_own,
    )


def describe_event(event: LineageEvent, sides: Iterable[LineageParcel]) -> LineageEventRead:
    """One event with the parcels on both sides."""
    kind: LineageKind = event.kind  # type: ignore[assignment]  # a check constraint allows nothing else
    return LineageEventRead(
        id=event.id,
        kind=kind,
        plan=event.plan,
        occurred_on=event.occurred_on,
        source=event.source,
        note=event.note,
        recorded_by_name=event.recorded_by_name,
        recorded_at=event.created_at,
        parent_ids=[side.parcel_id for side in sides if side.side == "parent"],
        child_ids=[side.parcel_id for side in sides if side.side == "child"],
    )


class _Graph:
    """Walks generation by generation, so that its cost is bounded whatever the truth holds."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.organisation_id = organisation_id_of(session)
        self.events: dict[uuid.UUID, LineageEvent] = {}
        self.sides: dict[uuid.UUID, list[LineageParcel]] = {}
        self.parcel_ids: set[uuid.UUID] = set()
        self.is_complete = True

    def walk(self, own: set[uuid.UUID], direction: str) -> None:
        """Go up to the parents, or down to the children."""
        near, far = SIDES[direction]
        frontier, seen = own, set(own)
        for generation in range(GENERATIONS + 1):
            events = self._events(frontier, near)
            if not events:
                return
            if generation == GENERATIONS or len(self.parcel_ids) > MAX_PARCELS:
                self.is_complete = False
                return
            sides = self._take(events)
            frontier = {side.parcel_id for side in sides if side.side == far} - seen
            seen |= frontier

    def in_order(self) -> list[LineageEvent]:
        """The events, the earliest first."""
        return sorted(self.events.values(), key=lambda event: (event.occurred_on, event.id))

    def _events(self, parcel_ids: set[uuid.UUID], side: str) -> dict[uuid.UUID, LineageEvent]:
        if not parcel_ids:
            return {}
        rows = self.session.execute(queries.sides_of_parcels(self.organisation_id, parcel_ids))
        return {row[1].id: row[1] for row in rows if row[0].side == side}

    def _take(self, events: dict[uuid.UUID, LineageEvent]) -> list[LineageParcel]:
        sides = list(self.session.scalars(queries.sides_of_events(self.organisation_id, events)))
        self.events |= events
        for event_id in events:
            self.sides[event_id] = [side for side in sides if side.event_id == event_id]
        self.parcel_ids |= {side.parcel_id for side in sides}
        return sides

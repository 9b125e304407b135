"""What other modules ask: what a parcel came from, what became of it, and where a historic one leads."""

import datetime
import uuid
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.models import LineageEvent, LineageParcel
from banksia.modules.property.queries import lineage as queries
from banksia.modules.property.queries.lineage import Direction
from banksia.modules.property.schemas.land import Status
from banksia.modules.property.service.lineage.naming import find_parcels, read_names
from banksia.modules.property.service.lineage.reading import SIDES, describe_parcels


class Relative(NamedTuple):
    """A parcel of the family with the event that it came by, or ended by, and how many generations lie between."""

    id: uuid.UUID
    text: str
    title: str
    status: Status
    property_id: uuid.UUID | None
    kind: str
    plan: str
    occurred_on: datetime.date
    generation: int


def successors_of(session: Session, parcels: Sequence[uuid.UUID | str]) -> list[Relative]:
    """What became of parcels, by id or as people write them, nearest first; an unknown parcel has none."""
    return _relatives(session, parcels, "down")


def ancestors_of(session: Session, parcels: Sequence[uuid.UUID | str]) -> list[Relative]:
    """What parcels came from, by id or as people write them, nearest first; an unknown parcel has none."""
    return _relatives(session, parcels, "up")


def leads_to(session: Session, parcel: uuid.UUID | str) -> list[Relative]:
    """The parcels on which the land of a historic one lies now: its successors that are not historic themselves."""
    return [relative for relative in successors_of(session, [parcel]) if relative.status != "historic"]


def _relatives(session: Session, parcels: Sequence[uuid.UUID | str], direction: Direction) -> list[Relative]:
    own = _ids(session, parcels)
    if not own:
        return []
    near, far = SIDES[direction]
    organisation_id = organisation_id_of(session)
    family = set(session.scalars(queries.family_of(organisation_id, own, direction)))
    events: dict[uuid.UUID, LineageEvent] = {}
    nears: dict[uuid.UUID, set[uuid.UUID]] = {}
    fars: dict[uuid.UUID, list[uuid.UUID]] = {}
    for row in session.execute(queries.sides_of_parcels(organisation_id, family)):
        side, event = _pair(row)
        events[event.id] = event
        if side.side == near:
            nears.setdefault(event.id, set()).add(side.parcel_id)
        elif side.side == far:
            fars.setdefault(event.id, []).append(side.parcel_id)
    found = _generations(own, nears, fars)
    by_id = {each.id: each for each in describe_parcels(session, set(found))}
    return [
        Relative(
            id=parcel_id,
            text=by_id[parcel_id].text,
            title=by_id[parcel_id].title,
            status=by_id[parcel_id].status,
            property_id=by_id[parcel_id].property_id,
            kind=events[event_id].kind,
            plan=events[event_id].plan,
            occurred_on=events[event_id].occurred_on,
            generation=generation,
        )
        for parcel_id, (event_id, generation) in found.items()
        if parcel_id in by_id
    ]


def _pair(row: Sequence[object]) -> tuple[LineageParcel, LineageEvent]:
    side, event = row
    assert isinstance(side, LineageParcel)  # noqa: S101  (what the query selects)
    assert isinstance(event, LineageEvent)  # noqa: S101  (the same)
    return side, event


def _generations(
    own: set[uuid.UUID], nears: dict[uuid.UUID, set[uuid.UUID]], fars: dict[uuid.UUID, list[uuid.UUID]]
) -> dict[uuid.UUID, tuple[uuid.UUID, int]]:
    """Each relative once, with the event by which it is nearest."""
    found: dict[uuid.UUID, tuple[uuid.UUID, int]] = {}
    frontier, generation = set(own), 0
    while frontier:
        generation += 1
        reached: set[uuid.UUID] = set()
        for event_id, near in nears.items():
            if near & frontier:
                for parcel_id in fars.get(event_id, ()):
                    if parcel_id not in found and parcel_id not in own:
                        found[parcel_id] = (event_id, generation)
                        reached.add(parcel_id)
        frontier = reached
    return found


def _ids(session: Session, parcels: Sequence[uuid.UUID | str]) -> set[uuid.UUID]:
    texts = [parcel for parcel in parcels if isinstance(parcel, str)]
    named = find_parcels(session, read_names(session, texts))
    return {parcel.id for parcel in named.values()} | {each for each in parcels if isinstance(each, uuid.UUID)}

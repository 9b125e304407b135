"""What other modules ask: what a parcel came from, what became of it, and where a historic one leads."""

import datetime
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.models import LineageEvent, LineageParcel
from banksia.modules.property.queries import lineage as queries
from banksia.modules.property.queries.lineage import Direction
from banksia.modules.property.schemas.land import Status
from banksia.modules.property.schemas.lineage import LineageParcelRead
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


def ancestors_of_each(
    session: Session, parcels: Mapping[uuid.UUID, Collection[uuid.UUID]]
) -> dict[uuid.UUID, list[Relative]]:
    """What several groups of parcels came from, by the key of each group, in a constant number of statements."""
    kin = _kin(session, {parcel_id for group in parcels.values() for parcel_id in group}, "up")
    found = {key: kin.generations(set(group)) for key, group in parcels.items()}
    by_id = {each.id: each for each in describe_parcels(session, {each for group in found.values() for each in group})}
    return {key: kin.relatives(group, by_id) for key, group in found.items()}


def leads_to(session: Session, parcel: uuid.UUID | str) -> list[Relative]:
    """The parcels on which the land of a historic one lies now: its successors that are not historic themselves."""
    return [relative for relative in successors_of(session, [parcel]) if relative.status != "historic"]


class _Kin(NamedTuple):
    """Events of a family, each with the parcels on its near and on its far side."""

    events: dict[uuid.UUID, LineageEvent]
    nears: dict[uuid.UUID, set[uuid.UUID]]
    fars: dict[uuid.UUID, list[uuid.UUID]]

    def generations(self, own: set[uuid.UUID]) -> dict[uuid.UUID, tuple[uuid.UUID, int]]:
        """Each relative of some parcels once, with the event by which it is nearest."""
        found: dict[uuid.UUID, tuple[uuid.UUID, int]] = {}
        frontier, generation = set(own), 0
        while frontier:
            generation += 1
            reached: set[uuid.UUID] = set()
            for event_id, near in self.nears.items():
                if near & frontier:
                    for parcel_id in self.fars.get(event_id, ()):
                        if parcel_id not in found and parcel_id not in own:
                            found[parcel_id] = (event_id, generation)
                            reached.add(parcel_id)
            frontier = reached
        return found

    def relatives(
        self, found: Mapping[uuid.UUID, tuple[uuid.UUID, int]], by_id: Mapping[uuid.UUID, LineageParcelRead]
    ) -> list[Relative]:
        """The same with the words of each."""
        return [
            Relative(
                id=parcel_id,
                text=by_id[parcel_id].text,
                title=by_id[parcel_id].title,
                status=by_id[parcel_id].status,
                property_id=by_id[parcel_id].property_id,
                kind=self.events[event_id].kind,
                plan=self.events[event_id].plan,
                occurred_on=self.events[event_id].occurred_on,
                generation=generation,
            )
            for parcel_id, (event_id, generation) in found.items()
            if parcel_id in by_id
        ]


def _kin(session: Session, own: set[uuid.UUID], direction: Direction) -> _Kin:
    """All events that parcels came by, or that they ended by, at whatever distance."""
    near, far = SIDES[direction]
    kin = _Kin({}, {}, {})
    if not own:
        return kin
    organisation_id = organisation_id_of(session)
    family = set(session.scalars(queries.family_of(organisation_id, own, direction)))
    for row in session.execute(queries.sides_of_parcels(organisation_id, family)):
        side, event = _pair(row)
        kin.events[event.id] = event
        if side.side == near:
            kin.nears.setdefault(event.id, set()).add(side.parcel_id)
        elif side.side == far:
            kin.fars.setdefault(event.id, []).append(side.parcel_id)
    return kin


def _relatives(session: Session, parcels: Sequence[uuid.UUID | str], direction: Direction) -> list[Relative]:
    own = _ids(session, parcels)
    if not own:
        return []
    kin = _kin(session, own, direction)
    found = kin.generations(own)
    return kin.relatives(found, {each.id: each for each in describe_parcels(session, set(found))})


def _pair(row: Sequence[object]) -> tuple[LineageParcel, LineageEvent]:
    side, event = row
    assert isinstance(side, LineageParcel)  # noqa: S101  (what the query selects)
    assert isinstance(event, LineageEvent)  # noqa: S101  (the same)
    return side, event


def _ids(session: Session, parcels: Sequence[uuid.UUID | str]) -> set[uuid.UUID]:
    texts = [parcel for parcel in parcels if isinstance(parcel, str)]
    named = find_parcels(session, read_names(session, texts))
    return {parcel.id for parcel in named.values()} | {each for each in parcels if isinstance(each, uuid.UUID)}

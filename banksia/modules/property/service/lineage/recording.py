"""Recording an event: parents end, missing children are made, properties and search follow."""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.foundation.organisations.public import start_of_day
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.modules.property.errors import LineageInvalid
from banksia.modules.property.events import RECORDS_PER_EVENT, ParcelCreated, ParcelEnded
from banksia.modules.property.models import LineageEvent, LineageParcel, Parcel, Property, PropertyParcel
from banksia.modules.property.queries import land
from banksia.modules.property.queries import lineage as queries
from banksia.modules.property.queries.land import ParcelName
from banksia.modules.property.schemas.lineage import LineageChild, LineageRecord, LineageRecorded
from banksia.modules.property.service.importing.refreshing import refresh_search
from banksia.modules.property.service.journal import note_change, note_new
from banksia.modules.property.service.lineage.checking import (
    Checked,
    as_errors,
    check_lineage,
    never_held,
    new_parcel,
)
from banksia.modules.property.service.lineage.naming import find_parcels
from banksia.modules.property.service.lineage.reading import describe_event, describe_parcels
from banksia.modules.property.service.statuses import lock_land, properties_of_parcels, settle_statuses

MICROSECOND = datetime.timedelta(microseconds=1)


def record_lineage(session: Session, actor: Actor, recorded: LineageRecord) -> LineageRecorded:
    """Make an event part of the truth; raises LineageInvalid, or LandBusy while an import is applied."""
    lock_land(session)
    checked = check_lineage(session, recorded)
    if checked.problems:
        raise LineageInvalid(checked.problems[0].message, errors=as_errors(checked.problems))
    event = _event(actor, recorded)
    session.add(event)
    session.flush()
    moment = start_of_day(session, recorded.occurred_on)
    ended = _end_parents(session, actor, event, checked, moment)
    children, created = _make_children(session, actor, event, checked, moment)
    _put_on_sides(session, event, checked.parents, children)
    touched = properties_of_parcels(session, [parcel.id for parcel in (*checked.parents, *children)])
    settle_statuses(session, actor, touched, because=event)
    refresh_search(session, touched)
    tell(session, created=created, ended=ended)
    detail = {"kind": event.kind, "plan": event.plan, "parents": [parcel.label for parcel in checked.parents]}
    children_named = {"children": [parcel.label for parcel in children]}
    audit.record(session, actor, "property.lineage_recorded", subject=event, detail=detail | children_named)
    return _recorded(session, event)


def tell(session: Session, *, created: Iterable[uuid.UUID] = (), ended: Iterable[uuid.UUID] = ()) -> None:
    """Let other modules hear of parcels that came and went, some hundreds at a time."""
    for batch in _batches(created):
        emit(session, ParcelCreated(parcel_ids=batch))
    for batch in _batches(ended):
        emit(session, ParcelEnded(parcel_ids=batch))


def _batches(ids: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    rest = iter(ids)
    while batch := list(islice(rest, RECORDS_PER_EVENT)):
        yield batch


def _event(actor: Actor, recorded: LineageRecord) -> LineageEvent:
    return LineageEvent(
        id=new_id(),
        organisation_id=actor.organisation_id,
        kind=recorded.kind,
        plan=recorded.plan,
        occurred_on=recorded.occurred_on,
        source=recorded.source,
        note=recorded.note or None,
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
        valid_from=utc_now(),
    )


def _end_parents(
    session: Session, actor: Actor, event: LineageEvent, checked: Checked, moment: datetime.datetime
) -> list[uuid.UUID]:
    ended = []
    for parcel in checked.parents if checked.kind.ends_parents else ():
        if parcel.status != "historic":
            end = moment if moment > parcel.valid_from else max(utc_now(), parcel.valid_from + MICROSECOND)
            note_change(session, actor, parcel, {"status": "historic", "valid_to": end}, because=event)
            ended.append(parcel.id)
    return ended


def _make_children(
    session: Session, actor: Actor, event: LineageEvent, checked: Checked, moment: datetime.datetime
) -> tuple[list[Parcel], list[uuid.UUID]]:
    """The children, and the ids of those that were not there before."""
    rows = find_parcels(session, [name for name, _, _ in checked.children])
    children: list[Parcel] = []
    created: list[uuid.UUID] = []
    for name, _, child in checked.children:
        row = rows.get(name)
        if row is None or never_held(row):
            row = _create(session, actor, event, (name, child, row), moment)
            created.append(row.id)
        else:
            note_change(session, actor, row, _what_is_known(row, child), because=event)
        children.append(row)
    session.flush()
    _give_homes(session, actor, event, children, moment)
    return children, created


def _what_is_known(row: Parcel, child: LineageChild) -> dict[str, object]:
    """What an event says of a parcel that is there already: its area, and that it is no longer only proposed."""
    values: dict[str, object] = {}
    if child.area_square_metres is not None:
        values["area_square_metres"] = child.area_square_metres
    if row.status == "proposed" and child.status == "current":
        values["status"] = "current"
    return values


def _create(
    session: Session,
    actor: Actor,
    event: LineageEvent,
    wanted: tuple[ParcelName, LineageChild, Parcel | None],
    moment: datetime.datetime,
) -> Parcel:
    name, child, before = wanted
    if before is not None:  # it was taken back once: the same record holds now
        again = {"status": child.status, "area_square_metres": child.area_square_metres, "is_synthetic": False}
        note_change(session, actor, before, {"valid_from": moment, "valid_to": None, **again}, because=event)
        return before
    row = new_parcel(name, child, id=new_id(), organisation_id=actor.organisation_id, valid_from=moment)
    session.add(row)
    note_new(session, actor, row, ("status", "area_square_metres"), because=event)
    return row


def _give_homes(
    session: Session, actor: Actor, event: LineageEvent, children: list[Parcel], moment: datetime.datetime
) -> None:
    """A child that is in no property becomes one: its assessment comes with the next import."""
    homeless = {child.id: child for child in children}
    for link in session.scalars(land.property_links_of(actor.organisation_id, homeless)):
        homeless.pop(link.parcel_id, None)
    for child in homeless.values():
        found = Property(id=new_id(), organisation_id=actor.organisation_id, status=child.status, valid_from=moment)
        session.add(found)
        session.flush()
        link = PropertyParcel(
            organisation_id=actor.organisation_id, property_id=found.id, parcel_id=child.id, valid_from=moment
        )
        session.add(link)
        note_new(session, actor, found, ("status",), because=event)
        note_new(session, actor, link, (), because=event)
    session.flush()


def _put_on_sides(session: Session, event: LineageEvent, parents: list[Parcel], children: list[Parcel]) -> None:
    for side, parcels in (("parent", parents), ("child", children)):
        for parcel in parcels:
            session.add(
                LineageParcel(organisation_id=event.organisation_id, event_id=event.id, parcel_id=parcel.id, side=side)
            )
    session.flush()


def _recorded(session: Session, event: LineageEvent) -> LineageRecorded:
    sides = list(session.scalars(queries.sides_of_events(event.organisation_id, [event.id])))
    parcels = describe_parcels(session, {side.parcel_id for side in sides})
    return LineageRecorded(event=describe_event(event, sides), parcels=parcels)

"""How parcels became others, scoped to one organisation; events that were undone are left out."""

import datetime
import uuid
from collections.abc import Collection
from typing import Literal

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from banksia.modules.property.models import LineageEvent, LineageParcel, Parcel

Ids = Collection[uuid.UUID]
Direction = Literal["up", "down"]


def events_of(organisation_id: uuid.UUID) -> Select[LineageEvent]:
    """The events of a council."""
    return select(LineageEvent).where(LineageEvent.organisation_id == organisation_id, LineageEvent.valid_to.is_(None))


def events_with_ids(organisation_id: uuid.UUID, ids: Ids) -> Select[LineageEvent]:
    """Events by id, the earliest first."""
    return (
        events_of(organisation_id).where(LineageEvent.id.in_(ids)).order_by(LineageEvent.occurred_on, LineageEvent.id)
    )


def events_on(organisation_id: uuid.UUID, kind: str, plan: str, day: datetime.date) -> Select[LineageEvent]:
    """Events of one kind, plan and day: what a second entry of the same would repeat."""
    return events_of(organisation_id).where(
        LineageEvent.kind == kind, LineageEvent.plan == plan, LineageEvent.occurred_on == day
    )


def sides_of_parcels(organisation_id: uuid.UUID, parcel_ids: Ids) -> Select[LineageParcel, LineageEvent]:
    """On which side of which events parcels stand."""
    return (
        select(LineageParcel, LineageEvent)
        .join(LineageEvent, LineageEvent.id == LineageParcel.event_id)
        .where(
            LineageParcel.organisation_id == organisation_id,
            LineageParcel.parcel_id.in_(parcel_ids),
            LineageEvent.organisation_id == organisation_id,
            LineageEvent.valid_to.is_(None),
        )
    )


def sides_of_events(organisation_id: uuid.UUID, event_ids: Ids) -> Select[LineageParcel]:
    """The parcels on both sides of events."""
    return select(LineageParcel).where(
        LineageParcel.organisation_id == organisation_id, LineageParcel.event_id.in_(event_ids)
    )


def family_of(organisation_id: uuid.UUID, parcel_ids: Ids, direction: Direction) -> Select[uuid.UUID]:
    """All that parcels came from, or all that became of them, themselves included; a circle would end it too."""
    near, far = aliased(LineageParcel), aliased(LineageParcel)
    near_side, far_side = ("child", "parent") if direction == "up" else ("parent", "child")
    family = (
        select(Parcel.id)
        .where(Parcel.organisation_id == organisation_id, Parcel.id.in_(parcel_ids))
        .cte("family", recursive=True)
    )
    step = (
        select(far.parcel_id)
        .select_from(family)
        .join(
            near,
            and_(near.organisation_id == organisation_id, near.parcel_id == family.c.id, near.side == near_side),
        )
        .join(LineageEvent, and_(LineageEvent.id == near.event_id, LineageEvent.valid_to.is_(None)))
        .join(far, and_(far.organisation_id == organisation_id, far.event_id == near.event_id, far.side == far_side))
    )
    return select(family.union(step).c.id)

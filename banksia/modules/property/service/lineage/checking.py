"""Whether an event can have happened as it was written; every reason at once, each with the field that it is about."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day, council_zone
from banksia.kit.database import organisation_id_of
from banksia.kit.words import day_in_words
from banksia.modules.property.models import LineageEvent, Parcel
from banksia.modules.property.queries import lineage as queries
from banksia.modules.property.queries.land import ParcelName
from banksia.modules.property.schemas.lineage import (
    LineageChild,
    LineagePreview,
    LineageProblem,
    LineageRecord,
    LineageSide,
)
from banksia.modules.property.service.describing import as_status
from banksia.modules.property.service.lineage.kinds import KINDS, Kind
from banksia.modules.property.service.lineage.naming import find_parcels, name_of, read_names

UNREADABLE = "This cannot be read as one lot and plan. Write it as 13//DP1242624."


@dataclass
class Checked:
    """An event as it was understood, and what stands against it."""

    recorded: LineageRecord
    kind: Kind
    parents: list[Parcel] = field(default_factory=list)
    children: list[tuple[ParcelName, Parcel | None, LineageChild]] = field(default_factory=list)
    problems: list[LineageProblem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def refuse(self, where: str, message: str) -> None:
        """Note a reason."""
        self.problems.append(LineageProblem(field=where, message=message))


def never_held(parcel: Parcel) -> bool:
    """Whether a parcel was taken back: to who records an event it does not exist."""
    return parcel.valid_to == parcel.valid_from


def check_lineage(session: Session, recorded: LineageRecord) -> Checked:
    """Read and check an event in a constant number of statements; changes nothing."""
    checked = Checked(recorded, KINDS[recorded.kind])
    zone = council_zone(session)
    if recorded.occurred_on > council_day(session):
        checked.refuse("occurred_on", "The day lies in the future. Record the event once the plan is registered.")
    if recorded.occurred_on.year < 1788:
        checked.refuse("occurred_on", "The day is impossible. Check the year.")
    _count(checked)
    _find(session, checked)
    _refuse_repeated(checked)
    _refuse_by_history(session, checked, zone)
    return checked


def preview_lineage(session: Session, recorded: LineageRecord) -> LineagePreview:
    """What recording would do, and what stands against it."""
    checked = check_lineage(session, recorded)
    return LineagePreview(
        parents=[_side(parcel) for parcel in checked.parents],
        children=[_child(name, parcel, child) for name, parcel, child in checked.children],
        ends_parents=checked.kind.ends_parents,
        problems=checked.problems,
        warnings=checked.warnings,
    )


def _count(checked: Checked) -> None:
    for side, (least, most) in (("parents", checked.kind.parents), ("children", checked.kind.children)):
        if not least <= len(getattr(checked.recorded, side)) <= most:
            checked.refuse(side, checked.kind.rule)


def _find(session: Session, checked: Checked) -> None:
    recorded = checked.recorded
    parents = read_names(session, recorded.parents)
    children = read_names(session, [child.parcel for child in recorded.children], plan=recorded.plan)
    found = {name: row for name, row in find_parcels(session, [*parents, *children]).items() if not never_held(row)}
    for index, name in enumerate(parents):
        parcel = found.get(name) if name else None
        if parcel:
            checked.parents.append(parcel)
        else:
            unknown = f"The council knows no parcel “{recorded.parents[index]}”. Check it, or import it first."
            checked.refuse(f"parents.{index}", unknown if name else UNREADABLE)
    for index, (name, child) in enumerate(zip(children, recorded.children, strict=True)):
        if name:
            checked.children.append((name, found.get(name), child))
        else:
            checked.refuse(f"children.{index}.parcel", UNREADABLE)


def _refuse_repeated(checked: Checked) -> None:
    seen: set[ParcelName] = set()
    for parcel in checked.parents:
        if name_of(parcel) in seen:
            checked.refuse("parents", f"{parcel.title} stands there twice. Remove one.")
        seen.add(name_of(parcel))
    parents, seen = seen, set()
    for name, _, child in checked.children:
        if name in parents:
            checked.refuse("children", f"“{child.parcel}” stands on both sides. A lot that goes on is on neither.")
        elif name in seen:
            checked.refuse("children", f"“{child.parcel}” stands there twice. Remove one.")
        seen.add(name)


def _refuse_by_history(session: Session, checked: Checked, zone: ZoneInfo) -> None:
    organisation_id = organisation_id_of(session)
    known = {child.id: child for _, child, _ in checked.children if child}
    ids = {parcel.id for parcel in checked.parents} | set(known)
    sides: dict[tuple[uuid.UUID, str], list[LineageEvent]] = {}
    for row in session.execute(queries.sides_of_parcels(organisation_id, ids)) if ids else ():
        sides.setdefault((row[0].parcel_id, row[0].side), []).append(row[1])
    for parcel in checked.parents:
        _refuse_parent(checked, parcel, sides, zone)
    for child in known.values():
        _refuse_child(checked, child, sides)
    if known and checked.parents:
        parents = [parcel.id for parcel in checked.parents]
        above = set(session.scalars(queries.family_of(organisation_id, parents, "up")))
        for child in known.values():
            if child.id in above and child not in checked.parents:
                checked.refuse("children", f"{child.title} is an ancestor of a parent. A lot cannot come from itself.")


def _refuse_parent(
    checked: Checked, parcel: Parcel, sides: dict[tuple[uuid.UUID, str], list[LineageEvent]], zone: ZoneInfo
) -> None:
    day = checked.recorded.occurred_on
    for event in sides.get((parcel.id, "child"), ()):
        if event.occurred_on > day:
            checked.refuse("occurred_on", f"{parcel.title} was made only on {day_in_words(event.occurred_on)}.")
    ended = [event for event in sides.get((parcel.id, "parent"), ()) if KINDS[event.kind].ends_parents]
    if ended and (checked.kind.ends_parents or ended[0].occurred_on < day):
        checked.refuse("parents", f"{parcel.title} ended already: {_in_words(ended[0])}.")
    elif not ended and parcel.status == "historic":
        since = parcel.valid_to.astimezone(zone).date() if parcel.valid_to else None
        if since is not None and since < day:
            checked.refuse("parents", f"{parcel.title} is historic since {day_in_words(since)}, before that day.")
        else:
            checked.warnings.append(f"{parcel.title} is historic already. This event will say why.")


def _refuse_child(checked: Checked, child: Parcel, sides: dict[tuple[uuid.UUID, str], list[LineageEvent]]) -> None:
    made = sides.get((child.id, "child"), ())
    if made:
        checked.refuse("children", f"{child.title} was made by another event already: {_in_words(made[0])}.")
    for event in sides.get((child.id, "parent"), ()):
        if event.occurred_on < checked.recorded.occurred_on:
            checked.refuse("occurred_on", f"{child.title} became others before that day: {_in_words(event)}.")
    if not made:
        checked.warnings.append(f"{child.title} is known already and will get its parents.")


def _in_words(event: LineageEvent) -> str:
    return f"{KINDS[event.kind].title.lower()} by {event.plan} on {day_in_words(event.occurred_on)}"


def _side(parcel: Parcel) -> LineageSide:
    return LineageSide(
        id=parcel.id,
        text=parcel.label,
        title=parcel.title,
        status=as_status(parcel.status),
        area_square_metres=parcel.area_square_metres,
        is_new=False,
    )


def _child(name: ParcelName, parcel: Parcel | None, child: LineageChild) -> LineageSide:
    if parcel:
        return _side(parcel).model_copy(
            update={"area_square_metres": child.area_square_metres or parcel.area_square_metres}
        )
    made = new_parcel(name, child)
    return LineageSide(
        id=None,
        text=made.label,
        title=made.title,
        status=child.status,
        area_square_metres=child.area_square_metres,
        is_new=True,
    )


def new_parcel(name: ParcelName, child: LineageChild, **columns: object) -> Parcel:
    """A parcel that an event makes, outside any session."""
    plan, lot, section, plan_type = name
    area = child.area_square_metres
    return Parcel(
        plan=plan,
        lot=lot,
        section=section,
        plan_type=plan_type,
        status=child.status,
        area_square_metres=area,
        is_part=False,
        is_synthetic=False,
        **columns,
    )


def as_errors(problems: Sequence[LineageProblem]) -> list[dict[str, str]]:
    """Problems as the fields of an error."""
    return [{"field": problem.field, "message": problem.message} for problem in problems]

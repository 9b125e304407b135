"""Parcels as people write them, found in the truth."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.models import Parcel
from banksia.modules.property.queries import land
from banksia.modules.property.queries.land import ParcelName
from banksia.modules.property.service.parsing import ParcelParts, read_parcel_cell

_STRATA = re.compile(r"\s*(?:SP|STRATA PLAN)\s*0*([0-9]+)\s*", re.IGNORECASE)


def read_names(session: Session, texts: Sequence[str], *, plan: str = "") -> list[ParcelName | None]:
    """Each text as one parcel, None where it is none or several; a bare plan number is DP, or SP where only that is.

    `plan` is the plan of an event: its own lots are of its own type.
    """
    read = [_one(text) for text in texts]
    types = _plan_types(session, {parts.plan for parts in read if parts and parts.bare})
    if strata := _STRATA.fullmatch(plan):
        types[strata[1]] = frozenset(("SP",))
    return [_name(parts, types) if parts else None for parts in read]


def find_parcels(session: Session, names: Iterable[ParcelName | None]) -> dict[ParcelName, Parcel]:
    """The parcels of some names, those that were taken back included."""
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    found = session.scalars(land.parcels_named(organisation_id_of(session), wanted))
    return {name_of(parcel): parcel for parcel in found}


def name_of(parcel: Parcel) -> ParcelName:
    """What tells a parcel from all others of the council."""
    return parcel.plan, parcel.lot, parcel.section, parcel.plan_type


def _one(text: str) -> ParcelParts | None:
    found = read_parcel_cell(text)
    return found[0] if len(found) == 1 and found[0].lot else None


def _plan_types(session: Session, plans: set[str]) -> dict[str, frozenset[str]]:
    if not plans:
        return {}
    types: defaultdict[str, set[str]] = defaultdict(set)
    for row in session.execute(land.plan_types_of(organisation_id_of(session), plans)):
        types[row[0]].add(row[1])
    return {plan: frozenset(found) for plan, found in types.items()}


def _name(parts: ParcelParts, types: Mapping[str, frozenset[str]]) -> ParcelName:
    only_strata = parts.bare and types.get(parts.plan) == frozenset(("SP",))
    return parts.plan, parts.lot or "", parts.section or "", "SP" if only_strata else parts.plan_type

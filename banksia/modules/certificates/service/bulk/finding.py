"""The land of many rows: one search for each different text, and the properties of all of them read at once."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal

from sqlalchemy.orm import Session

from banksia.modules.certificates.schemas.bulk import BulkChoice, BulkRow, Verdict
from banksia.modules.property.public import (
    ParcelNotFound,
    ParcelRead,
    PropertyRead,
    find_properties,
    parcel_named,
    properties_with_ids,
    read_parcel_cell,
)

MOST_HITS = 20
NOTHING_NAMED = "This row names no land. Write a lot and plan, an address or an assessment number."
ONE_A_ROW = "“{text}” is not one lot and plan. Write it as 13//DP1242624, one lot in each row."
NOT_FOUND = "No property is “{text}” exactly. Check it, or search for it by lot and plan."
NO_LOT = "“{text}” has no lot in the register. Write its lot and plan, or call the council."
SEVERAL = "“{text}” can be several lots. Choose one."
DIFFERENT = "The {first} and the {other} are of different properties. Choose one."


@dataclass(frozen=True)
class Found:
    """What the land of a row is: one lot when it is ready, else why not and what to choose from."""

    verdict: Verdict
    message: str = ""
    choices: tuple[BulkChoice, ...] = ()
    successors: tuple[str, ...] = ()

    @property
    def land(self) -> BulkChoice | None:
        """The one lot that is meant."""
        return self.choices[0] if self.verdict == "ready" and self.choices else None


@dataclass(frozen=True)
class _Wanted:
    text: str
    by: Literal["parcel", "address", "assessment"]
    called: str


_MATCHED_BY = {"parcel": ("parcel",), "address": ("address", "building"), "assessment": ("assessment",)}
_Lots = list[tuple[PropertyRead, ParcelRead]]


def find_land(session: Session, rows: Sequence[BulkRow]) -> list[Found]:
    """Find the lot of each row. A row that was settled before is taken as it is: whoever orders it checks it again."""
    wanted = [[] if row.property_id else list(_wanted(row)) for row in rows]
    hits = {each: _exact_hits(session, each) for each in dict.fromkeys(chain.from_iterable(wanted))}
    ids = {uuid.UUID(hit["id"]) for found in hits.values() for hit in found}
    properties = properties_with_ids(session, ids)
    meant = {each: _meant(each, found, properties) for each, found in hits.items()}
    return [_of_row(row, names, meant) for row, names in zip(rows, wanted, strict=True)]


def _of_row(row: BulkRow, names: Sequence[_Wanted], meant: Mapping[_Wanted, Found]) -> Found:
    if row.property_id and row.found_parcel:
        lot = BulkChoice(
            property_id=row.property_id, parcel=row.found_parcel, parcel_title=row.found_parcel, address=None
        )
        return Found("ready", choices=(lot,))
    if not names:
        return Found("not_found", NOTHING_NAMED)
    first, *others = names
    return next(
        (
            _of_different(meant[first], meant[other], first, other)
            for other in others
            if not _agree(meant[first], meant[other], other)
        ),
        meant[first],
    )


def _wanted(row: BulkRow) -> Iterator[_Wanted]:
    """What to search for: the lot says most, then the assessment, then the address; the others must not contradict."""
    if row.parcel:
        yield _Wanted(row.parcel, "parcel", "parcel")
    if row.lot and row.plan:
        yield _Wanted(f"{row.lot}/{row.section}/{row.plan}", "parcel", "lot")
    if row.assessment:
        yield _Wanted(row.assessment, "assessment", "assessment number")
    if row.address:
        yield _Wanted(row.address, "address", "address")


def _agree(first: Found, other: Found, by: _Wanted) -> bool:
    """Whether two names of a row can mean the same land. A name that means nothing now contradicts nothing.

    An address agrees with the units that stand under it, too.
    """
    if first.verdict != "ready" or not other.choices:
        return True
    (land,) = first.choices
    if by.by == "parcel":
        return any(each.parcel == land.parcel for each in other.choices)
    address = f" {land.address or ''}".replace("/", " ")
    return any(
        each.property_id == land.property_id
        or each.parcel == land.parcel
        or (each.address is not None and address.endswith(f" {each.address}"))
        for each in other.choices
    )


def _of_different(found: Found, other: Found, first: _Wanted, second: _Wanted) -> Found:
    message = DIFFERENT.format(first=first.called, other=second.called)
    return replace(found, verdict="several", message=message, choices=(*found.choices, *other.choices))


def _exact_hits(session: Session, wanted: _Wanted) -> list[dict[str, Any]]:
    """Search, and keep what is named exactly: nothing that only begins so or is spelt alike."""
    found = find_properties(session, wanted.text, limit=MOST_HITS)
    return [hit for hit in found if hit["match"]["how"] == "exact" and hit["match"]["by"] in _MATCHED_BY[wanted.by]]


def _meant(wanted: _Wanted, hits: Sequence[dict[str, Any]], properties: dict[uuid.UUID, PropertyRead]) -> Found:
    if wanted.by == "parcel" and len(read_parcel_cell(wanted.text)) != 1:
        return Found("unreadable", ONE_A_ROW.format(text=wanted.text))
    if not hits:
        return Found("not_found", NOT_FOUND.format(text=wanted.text))
    ids = dict.fromkeys(uuid.UUID(hit["id"]) for hit in hits)
    found = [properties[each] for each in ids if each in properties]
    lots = _lots_named(found, wanted.text) if wanted.by == "parcel" else [(p, lot) for p in found for lot in p.parcels]
    if not lots:
        return Found("not_found", NO_LOT.format(text=wanted.text))
    current = [(each, lot) for each, lot in lots if lot.status == "current"]
    if not current:
        return _ended(wanted, lots, hits)
    choices = tuple(_choice(each, lot) for each, lot in current)
    if len(choices) == 1:
        return Found("ready", choices=choices)
    return Found("several", SEVERAL.format(text=wanted.text), choices=choices)


def _lots_named(found: Sequence[PropertyRead], text: str) -> _Lots:
    lots: _Lots = []
    for each in found:
        try:
            lots.append((each, parcel_named(each, text)))
        except ParcelNotFound:
            continue
    return lots


def _ended(wanted: _Wanted, lots: _Lots, hits: Sequence[dict[str, Any]]) -> Found:
    historic = [lot for _, lot in lots if lot.status == "historic"]
    if not historic:
        return Found("proposed", f"{lots[0][1].title} is not registered yet. Order once it is.")
    named = historic[0].title if len(historic) == 1 else f"“{wanted.text}”"
    successors = tuple(dict.fromkeys(each for hit in hits for each in hit["successors"]))
    way = "Choose one of the lots that it became." if successors else "Search for the lots that it became."
    return Found("historic", f"{named} no longer exists. {way}", successors=successors)


def _choice(found: PropertyRead, lot: ParcelRead) -> BulkChoice:
    return BulkChoice(property_id=found.id, parcel=lot.text, parcel_title=lot.title, address=found.address)

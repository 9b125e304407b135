"""One property in full, several at once, and the picture that a workflow keeps of it."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.modules.property.errors import ParcelNotFound, PropertyNotFound
from banksia.modules.property.models import Address, ImportRun, Parcel, Property, Sourced
from banksia.modules.property.queries import properties as queries
from banksia.modules.property.schemas import AddressRead, ParcelRead, PropertyRead, SourceRead, Status
from banksia.modules.property.service.parsing import read_parcel_cell


def get_property(session: Session, property_id: uuid.UUID, *, with_sources: bool = False) -> PropertyRead:
    """A property of the session's council, with where its records come from if asked; raises PropertyNotFound."""
    found = properties_with_ids(session, [property_id], with_sources=with_sources)
    if property_id not in found:
        raise PropertyNotFound
    return found[property_id]


def properties_with_ids(
    session: Session, ids: Collection[uuid.UUID], *, with_sources: bool = False
) -> dict[uuid.UUID, PropertyRead]:
    """Properties by id in a constant number of statements; an unknown id is missing from the answer."""
    if not ids:
        return {}
    organisation_id = organisation_id_of(session)
    parcels: defaultdict[uuid.UUID, list[Parcel]] = defaultdict(list)
    addresses: defaultdict[uuid.UUID, list[Address]] = defaultdict(list)
    found = session.execute(queries.properties_of(organisation_id, ids)).all()
    for property_id, parcel in session.execute(queries.parcels_of_properties(organisation_id, ids)):
        parcels[property_id].append(parcel)
    for property_id, address in session.execute(queries.addresses_of_properties(organisation_id, ids)):
        addresses[property_id].append(address)
    sources = _Sources(session, [row for row, _ in found], parcels, addresses) if with_sources else None
    return {row.id: _read(row, number, parcels[row.id], addresses[row.id], sources) for row, number in found}


def parcel_of_property(session: Session, property_id: uuid.UUID, parcel: str) -> ParcelRead:
    """The parcel of a property that a text names in any notation; raises PropertyNotFound or ParcelNotFound."""
    return _parcel_named(get_property(session, property_id), parcel)


def snapshot_property(session: Session, property_id: uuid.UUID, parcel: str | None = None) -> dict[str, Any]:
    """A picture of a property that later changes leave alone: JSON with `as_at` and, if one is named, its `parcel`.

    Raises PropertyNotFound or ParcelNotFound.
    """
    found = get_property(session, property_id)
    picture = found.model_dump(mode="json", exclude={"id", "source"})
    chosen = _parcel_named(found, parcel).model_dump(mode="json") if parcel is not None else None
    as_at = utc_now().isoformat().replace("+00:00", "Z")
    return {"as_at": as_at, "property_id": str(property_id), **picture, "parcel": chosen}


def _parcel_named(found: PropertyRead, text: str) -> ParcelRead:
    for wanted in read_parcel_cell(text):
        for parcel in found.parcels:
            same_plan = parcel.plan == wanted.plan and (wanted.bare or parcel.plan_type == wanted.plan_type)
            if same_plan and parcel.lot == wanted.lot and parcel.section == wanted.section:
                return parcel
    raise ParcelNotFound(text)


class _Sources:
    """The imports that some records come from, read at once."""

    def __init__(
        self,
        session: Session,
        properties: list[Property],
        parcels: dict[uuid.UUID, list[Parcel]],
        addresses: dict[uuid.UUID, list[Address]],
    ) -> None:
        records: list[Sourced] = [*properties]
        records += [parcel for group in parcels.values() for parcel in group]
        records += [address for group in addresses.values() for address in group]
        ids = {record.import_run_id for record in records if record.import_run_id}
        found = session.scalars(queries.import_runs_of(organisation_id_of(session), ids)) if ids else ()
        self.runs: dict[uuid.UUID | None, ImportRun] = {run.id: run for run in found}

    def of(self, record: Sourced) -> SourceRead:
        run = self.runs.get(record.import_run_id)
        return SourceRead(
            file_name=run.file_name if run else None,
            format=run.format if run else None,
            line=record.source_line,
            imported_at=run.finished_at if run else None,
            valid_from=record.valid_from,
            valid_to=record.valid_to,
        )


def _read(
    row: Property, assessment: str | None, parcels: list[Parcel], addresses: list[Address], sources: _Sources | None
) -> PropertyRead:
    parcels = sorted(parcels, key=lambda p: (p.status == "historic", p.plan_type, p.plan, len(p.lot), p.lot, p.section))
    addresses = sorted(addresses, key=lambda a: (a.unit_order, a.from_number, a.from_suffix, a.text))
    return PropertyRead(
        id=row.id,
        address=addresses[0].text if addresses else None,
        addresses=[_read_address(address, sources) for address in addresses],
        parcels=[_read_parcel(parcel, sources) for parcel in parcels],
        assessment=assessment,
        status=_status(row.status),
        is_synthetic=any(parcel.is_synthetic for parcel in parcels),
        source=sources.of(row) if sources else None,
    )


def _status(value: str) -> Status:
    """What a column that the database checks holds, as a type."""
    status: Status = value  # type: ignore[assignment]  # a check constraint allows nothing else
    return status


def _read_address(address: Address, sources: _Sources | None) -> AddressRead:
    return AddressRead(
        id=address.id,
        text=address.text,
        postcode=address.postcode,
        longitude=address.longitude,
        latitude=address.latitude,
        source=sources.of(address) if sources else None,
    )


def _read_parcel(parcel: Parcel, sources: _Sources | None) -> ParcelRead:
    return ParcelRead(
        id=parcel.id,
        text=parcel.label,
        title=parcel.title,
        lot=parcel.lot,
        section=parcel.section or None,
        plan_type=parcel.plan_type,
        plan=parcel.plan,
        status=_status(parcel.status),
        is_part=parcel.is_part,
        is_synthetic=parcel.is_synthetic,
        area_square_metres=parcel.area_square_metres,
        source=sources.of(parcel) if sources else None,
    )

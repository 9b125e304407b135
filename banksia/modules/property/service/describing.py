"""Rows of a property put into words: what routes answer with, and where each record comes from."""

import uuid
from collections.abc import Iterable

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.models import Address, ImportRun, Parcel, Property, Sourced
from banksia.modules.property.queries import properties as queries
from banksia.modules.property.schemas import AddressRead, ParcelRead, PropertyRead, SourceRead, Status


class Sources:
    """The imports that some records come from, read at once."""

    def __init__(self, session: Session, records: Iterable[Sourced]) -> None:
        """Read the imports of the records in one statement."""
        ids = {record.import_run_id for record in records if record.import_run_id}
        found = session.scalars(queries.import_runs_of(organisation_id_of(session), ids)) if ids else ()
        self.runs: dict[uuid.UUID | None, ImportRun] = {run.id: run for run in found}

    def of(self, record: Sourced) -> SourceRead:
        """Where one of them comes from."""
        run = self.runs.get(record.import_run_id)
        return SourceRead(
            file_name=run.file_name if run else None,
            format=run.format if run else None,
            line=record.source_line,
            imported_at=run.finished_at if run else None,
            valid_from=record.valid_from,
            valid_to=record.valid_to,
        )


def sorted_parcels(parcels: Iterable[Parcel]) -> list[Parcel]:
    """Parcels as a property lists them: historic ones last, then by plan and lot."""
    return sorted(parcels, key=lambda p: (p.status == "historic", p.plan_type, p.plan, len(p.lot), p.lot, p.section))


def sorted_addresses(addresses: Iterable[Address]) -> list[Address]:
    """Addresses as a property lists them: the street address before its units."""
    return sorted(addresses, key=lambda a: (a.unit_order, a.from_number, a.from_suffix, a.text))


def describe_property(
    row: Property, assessment: str | None, parcels: list[Parcel], addresses: list[Address], sources: Sources | None
) -> PropertyRead:
    """A property with its parcels and addresses, in their order."""
    parcels, addresses = sorted_parcels(parcels), sorted_addresses(addresses)
    return PropertyRead(
        id=row.id,
        address=addresses[0].text if addresses else None,
        addresses=[_address(address, sources) for address in addresses],
        parcels=[_parcel(parcel, sources) for parcel in parcels],
        assessment=assessment,
        status=as_status(row.status),
        is_synthetic=any(parcel.is_synthetic for parcel in parcels),
        source=sources.of(row) if sources else None,
    )


def as_status(value: str) -> Status:
    """What a column that the database checks holds, as a type."""
    status: Status = value  # type: ignore[assignment]  # a check constraint allows nothing else
    return status


def _address(address: Address, sources: Sources | None) -> AddressRead:
    return AddressRead(
        id=address.id,
        text=address.text,
        postcode=address.postcode,
        longitude=address.longitude,
        latitude=address.latitude,
        source=sources.of(address) if sources else None,
    )


def _parcel(parcel: Parcel, sources: Sources | None) -> ParcelRead:
    return ParcelRead(
        id=parcel.id,
        text=parcel.label,
        title=parcel.title,
        lot=parcel.lot,
        section=parcel.section or None,
        plan_type=parcel.plan_type,
        plan=parcel.plan,
        status=as_status(parcel.status),
        is_part=parcel.is_part,
        is_synthetic=parcel.is_synthetic,
        area_square_metres=parcel.area_square_metres,
        source=sources.of(parcel) if sources else None,
    )

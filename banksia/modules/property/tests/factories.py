"""Records of the truth for tests, made by the import's own code."""

import uuid
from collections.abc import Sequence
from itertools import count

from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.modules.property.models import Conflict, Correction, ImportRun, ParcelShape, Source, UnmatchedRow
from banksia.modules.property.schemas.history import CorrectionCreate, CorrectionRead
from banksia.modules.property.schemas.lineage import LineageRecord
from banksia.modules.property.service.corrections import propose_correction
from banksia.modules.property.service.importing.applying import Applying
from banksia.modules.property.service.importing.readers.cells import read_row
from banksia.modules.property.service.importing.rows import staged
from banksia.modules.property.service.lineage import record_lineage
from banksia.modules.property.service.properties import get_property
from banksia.modules.property.service.tiles import cell_of

_lines = count(2)


def make_property(
    session: Session,
    *,
    address: str | None = "6 FAIRVIEW DRIVE SOUTH BOWENFELS",
    parcels: Sequence[str] = ("2/2/DP2288",),
    assessment: str | None = None,
    status: str | None = None,
) -> uuid.UUID:
    """A property that search finds too; with several parcels and no assessment, the property of the first parcel."""
    applying = Applying(session)
    for parcel in parcels or ("",):
        cells = {"address": address, "parcel": parcel, "assessment": assessment, "status": status}
        given = {name: value for name, value in cells.items() if value}
        row = read_row(next(_lines), given, ("longitude", "latitude"), synthesise=False)
        applying.stage(staged(row, None))
    applying.apply()
    found = session.execute(
        text(
            "SELECT property_id FROM property.search_entries WHERE organisation_id = :organisation"
            " AND result::json ->> 'address' IS NOT DISTINCT FROM :address"
            " AND (result::jsonb -> 'parcels' ? :label OR :label = '') LIMIT 1"
        ),
        {
            "organisation": organisation_id_of(session),
            "address": address,
            "label": parcels[0] if parcels else "",
        },
    ).scalar_one()
    assert isinstance(found, uuid.UUID)
    return found


def make_correction(session: Session, proposer: Actor, property_id: uuid.UUID, value: str = "450") -> CorrectionRead:
    """A correction of the area of a property's first parcel, proposed and not decided."""
    parcel = get_property(session, property_id).parcels[0]
    proposed = CorrectionCreate(record_id=parcel.id, field="area_square_metres", value=value, reason="Survey")
    return propose_correction(session, proposer, property_id=property_id, proposed=proposed)


def make_shape(session: Session, parcel_id: uuid.UUID, *, east: int = 0) -> ParcelShape:
    """The boundary of a parcel: a lot of about 40 metres, so many lots to the east of Portland's first."""
    west, north, side = 149.98 + east * 0.0004, -33.35, 0.0004
    ring = [[west, north], [west + side, north], [west + side, north - side], [west, north - side], [west, north]]
    longitude, latitude = west + side / 2, north - side / 2
    shape = ParcelShape(
        organisation_id=organisation_id_of(session),
        parcel_id=parcel_id,
        cell=cell_of(longitude, latitude),
        longitude=longitude,
        latitude=latitude,
        geometry={"type": "Polygon", "coordinates": [ring]},
    )
    session.add(shape)
    session.flush()
    return shape


def route_examples(session: Session) -> dict[str, str]:
    """What the routes' path parameters can name."""
    property_id = make_property(session)
    system = Actor.system(organisation_id_of(session))
    make_property(session, address=None, parcels=("1//DP71",))
    road = {"kind": "road_closure", "plan": "DP72", "occurred_on": "2020-01-01", "source": "Gazette"}
    event = LineageRecord.model_validate(road | {"parents": ["1//DP71"], "children": [{"parcel": "1//DP72"}]})
    return {
        "property_id": str(property_id),
        "code": "zone",
        "event_id": str(record_lineage(session, system, event).event.id),
        "correction_id": str(make_correction(session, system, property_id).id),
        **import_examples(session, property_id),
    }


def import_examples(session: Session, property_id: uuid.UUID) -> dict[str, str]:
    """A source, an import of it, a row that it could not place, and what it said against a correction."""
    organisation_id = organisation_id_of(session)
    parcel_id = get_property(session, property_id).parcels[0].id
    source = Source(organisation_id=organisation_id, name="Rates system", format="csv")
    about = {"property_id": property_id, "table_name": "parcels", "record_id": parcel_id}
    correction = Correction(
        organisation_id=organisation_id, **about, field="status", before="historic", after="current", reason="Seen",
        state="approved", is_binding=True, proposed_by_name="Officer",
    )  # fmt: skip
    session.add_all([source, correction])
    session.flush()
    run = ImportRun(
        organisation_id=organisation_id, source_id=source.id, state="received", format="csv", file_name="july.csv",
        sha256="0" * 64, options={}, counts={}, report={}, started_at=utc_now(),
    )  # fmt: skip
    session.add(run)
    session.flush()
    of_run = {"organisation_id": organisation_id, "import_run_id": run.id}
    row = UnmatchedRow(**of_run, kind="owner", line=2, key="1//DP1", cells={}, reason="Not known.")
    conflict = Conflict(**of_run, correction_id=correction.id, imported_value="historic")
    session.add_all([row, conflict])
    session.flush()
    return {
        "source_id": str(source.id),
        "run_id": str(run.id),
        "row_id": str(row.id),
        "conflict_id": str(conflict.id),
        "kind": "shared_addresses",
    }

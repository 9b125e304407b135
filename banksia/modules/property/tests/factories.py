"""Records of the truth for tests, made by the import's own code."""

import uuid
from collections.abc import Sequence
from itertools import count

from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.service.importing.applying import Applying
from banksia.modules.property.service.importing.readers.cells import read_row
from banksia.modules.property.service.importing.rows import staged

_lines = count(2)


def EXAMPLES(session: Session) -> dict[str, str]:  # noqa: N802  (the name that the route matrix asks every module for)
    """Rows of the session's council, by path parameter."""
    return {"property_id": str(make_property(session))}


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


def route_examples(session: Session) -> dict[str, str]:
    """What the routes' path parameters can name."""
    return {"property_id": str(make_property(session))}

"""A property is as its parcels are: current while one of them is, historic once all are."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of
from banksia.modules.property.errors import LandBusy
from banksia.modules.property.models import Correction, LineageEvent
from banksia.modules.property.queries import land
from banksia.modules.property.queries.properties import parcels_of_properties
from banksia.modules.property.service.journal import note_change


def lock_land(session: Session) -> None:
    """Keep imports out until this transaction ends; raises LandBusy when one is being applied."""
    if not session.scalar(land.import_lock(organisation_id_of(session))):
        raise LandBusy


def properties_of_parcels(session: Session, parcel_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """The properties that parcels are in now."""
    links = session.scalars(land.property_links_of(organisation_id_of(session), parcel_ids))
    return {link.property_id for link in links}


def settle_statuses(
    session: Session, actor: Actor, property_ids: Collection[uuid.UUID], *, because: Correction | LineageEvent | str
) -> None:
    """Let properties follow their parcels, and journal those that change."""
    session.flush()
    organisation_id = organisation_id_of(session)
    statuses: defaultdict[uuid.UUID, set[str]] = defaultdict(set)
    for row in session.execute(parcels_of_properties(organisation_id, property_ids)):
        statuses[row[0]].add(row[1].status)
    for found in session.scalars(land.property_rows(organisation_id, property_ids)):
        if found.valid_to is None and statuses[found.id]:
            note_change(session, actor, found, {"status": _status_of(statuses[found.id])}, because=because)
    session.flush()


def _status_of(statuses: set[str]) -> str:
    if "current" in statuses:
        return "current"
    return "historic" if statuses == {"historic"} else "proposed"

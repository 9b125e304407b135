"""What is open about a property: corrections that wait for a decision, and imports that contradict a decided one."""

import uuid

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.modules.property.queries import changes as queries
from banksia.modules.property.queries import imports

FIELDS = {
    "text": "the address",
    "postcode": "the postcode",
    "area_square_metres": "the area",
    "status": "the status of the lot",
}


def doubts_about(session: Session, property_id: uuid.UUID) -> list[str]:
    """What nobody has decided about a property yet, each as a sentence without its full stop; none is the rule."""
    organisation_id = organisation_id_of(session)
    proposed = session.scalars(queries.open_corrections_of_property(organisation_id, property_id))
    doubts = [f"a correction of {FIELDS[each.field]} waits for a decision" for each in proposed]
    contradicted = session.scalars(imports.contradicted_corrections(organisation_id, property_id))
    doubts += [f"an import contradicts the correction of {FIELDS[each.field]}" for each in contradicted]
    return doubts

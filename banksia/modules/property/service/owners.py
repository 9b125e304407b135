"""Owners of a property: personal data, and every reading of it is written down."""

import datetime
import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of
from banksia.kit.paging import Key, page_of
from banksia.modules.property.models import Owner
from banksia.modules.property.permissions import OWNERS_READ
from banksia.modules.property.queries.owners import holding_at, owners_of
from banksia.modules.property.schemas.truths import OwnerRead
from banksia.modules.property.service.as_at import end_of_day
from banksia.modules.property.service.describing import Sources
from banksia.modules.property.service.earlier import find_property

NEWEST_FIRST = (Key(Owner.id, "id", descending=True),)


def list_owners(
    session: Session,
    actor: Actor,
    *,
    property_id: uuid.UUID,
    as_at_on: datetime.date | None,
    ended: bool,
    limit: int,
    cursor: str | None,
) -> tuple[list[OwnerRead], str | None]:
    """Who owns a property, or did on a day, or ever did; raises PropertyNotFound or AsAtInvalid."""
    found = find_property(session, property_id)
    wanted = owners_of(organisation_id_of(session), [property_id])
    moment = end_of_day(session, as_at_on)
    if moment is not None or not ended:
        wanted = holding_at(wanted, moment)
    rows, following = page_of(session, wanted, keys=NEWEST_FIRST, limit=limit, cursor=cursor)
    asked = {"ended": ended, "as_at_on": as_at_on.isoformat() if as_at_on else None}
    audit.record(session, actor, "property.owners_read", subject=found, detail={"owners": len(rows), **asked})
    sources = Sources(session, rows)
    return [_read(row, sources) for row in rows], following


def owners_with_email(session: Session, actor: Actor, property_id: uuid.UUID) -> list[tuple[str, str]]:
    """Name and address of each present owner who can be e-mailed, for somebody who may see owners; else none.

    The reading is noted. Raises PropertyNotFound.
    """
    found = find_property(session, property_id)
    if not actor.may(OWNERS_READ):
        return []
    wanted = holding_at(owners_of(organisation_id_of(session), [property_id]), None).where(Owner.email != "")
    owners = [(row.name, row.email) for row in session.scalars(wanted.order_by(Owner.id)) if row.email]
    audit.record(session, actor, "property.owners_read", subject=found, detail={"owners": len(owners)})
    return owners


def _read(row: Owner, sources: Sources) -> OwnerRead:
    return OwnerRead(
        id=row.id,
        name=row.name,
        postal_address=row.postal_address,
        email=row.email,
        owned_since_on=row.owned_since_on,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=sources.of(row),
    )

"""Owners, scoped to one organisation."""

import datetime
import uuid
from collections.abc import Collection

from sqlalchemy import Select, or_, select

from banksia.modules.property.models import Owner


def owners_of(organisation_id: uuid.UUID, property_ids: Collection[uuid.UUID]) -> Select[Owner]:
    """Everybody who owns properties or did; what was taken back never held."""
    return select(Owner).where(
        Owner.organisation_id == organisation_id,
        Owner.property_id.in_(property_ids),
        Owner.valid_to.is_distinct_from(Owner.valid_from),
    )


def holding_at(owners: Select[Owner], moment: datetime.datetime | None) -> Select[Owner]:
    """Those of the owners who hold at a moment, or now."""
    if moment is None:
        return owners.where(Owner.valid_to.is_(None))
    return owners.where(Owner.valid_from <= moment, or_(Owner.valid_to.is_(None), Owner.valid_to > moment))

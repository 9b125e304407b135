"""Upgrades of certificates."""

import uuid
from collections.abc import Collection

from sqlalchemy import Select, select

from banksia.modules.certificates.models import LineUpgrade


def upgrades_of(organisation_id: uuid.UUID, order_ids: Collection[uuid.UUID]) -> Select[LineUpgrade]:
    """The upgrades that were asked for in some orders, the oldest first."""
    return (
        select(LineUpgrade)
        .where(LineUpgrade.organisation_id == organisation_id, LineUpgrade.order_id.in_(order_ids))
        .order_by(LineUpgrade.id)
    )


def upgrade_with_id(organisation_id: uuid.UUID, upgrade_id: uuid.UUID) -> Select[LineUpgrade]:
    """One upgrade."""
    return select(LineUpgrade).where(LineUpgrade.organisation_id == organisation_id, LineUpgrade.id == upgrade_id)

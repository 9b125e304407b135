"""Teams of the council."""

import uuid

from sqlalchemy import Select, func, select

from banksia.modules.certificates.models import Team


def teams_of(organisation_id: uuid.UUID) -> Select[Team]:
    """Every team of the council, by name."""
    return select(Team).where(Team.organisation_id == organisation_id).order_by(func.lower(Team.name), Team.id)

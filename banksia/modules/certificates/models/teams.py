"""Teams: who prepares which certificates."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from banksia.kit.models import Base, OrganisationOwned


class Team(OrganisationOwned, Base):
    """Officers who share a queue: that of some products."""

    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    name: Mapped[str]
    products: Mapped[list[str]]
    """Codes of what it prepares; a product is one team's, or everybody's."""
    member_ids: Mapped[list[str]]
    """Ids of its officers. Who prepares no certificates any more is passed over."""

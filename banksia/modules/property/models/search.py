"""What search reads: made anew from the truth, never edited."""

import uuid

from sqlalchemy import Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base
from banksia.modules.property.models.columns import in_c_order


class SearchEntry(Base):
    """One property and address as search reads it, its answer written out; made anew from the truth, never edited.

    A range of numbers has a second row (`place` 1) for its other end, and an address with a building's name another
    (`place` 2), whose `street_key` is a tilde and that name. `address_id` is all zeros where there is none. `rank` is 0
    for a street address and 1 for a unit of one, 2 and 3 for the same of a property that has become historic.
    """

    __tablename__ = "search_entries"
    __table_args__ = (
        Index("ix_search_entries_street", "organisation_id", "rank", "street_key", "number", "suffix", "unit_order"),
        Index(
            "ix_search_entries_number",
            *("organisation_id", "rank", "number", "street_key", "suffix", "number_last", "unit_order"),
        ),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    property_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    address_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    rank: Mapped[int] = mapped_column(SmallInteger)
    street_key: Mapped[str] = in_c_order()
    number: Mapped[int]
    suffix: Mapped[str] = in_c_order()
    number_last: Mapped[str] = in_c_order()
    unit_order: Mapped[int]
    unit_code: Mapped[str]
    unit_type: Mapped[str]
    result: Mapped[str]


class Gazetteer(Base):
    """Which import changed a council last: processes that keep its streets in memory read them again then."""

    __tablename__ = "gazetteers"

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    generation: Mapped[uuid.UUID]

"""What search reads: made anew from the truth, never edited."""

import uuid

from sqlalchemy import Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base
from banksia.modules.property.models.columns import in_c_order


class SearchEntry(Base):
    """One property and address as search reads it, its answer written out; made anew from the truth, never edited.

    A range of numbers has a second row (`place` 1) for its other end. `address_id` is all zeros where there is none.
    """

    __tablename__ = "search_entries"
    __table_args__ = (
        Index("ix_search_entries_street", "organisation_id", "is_unit", "street_key", "number", "suffix", "unit_order"),
        Index(
            "ix_search_entries_number",
            *("organisation_id", "is_unit", "number", "street_key", "suffix", "number_last", "unit_order"),
        ),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    property_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    address_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    is_unit: Mapped[bool]
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

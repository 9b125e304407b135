"""What the land of a property was before: a document stays on the parcel of its day, and children see it."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.modules.files.models import Document
from banksia.modules.files.queries import Scope
from banksia.modules.files.schemas import AncestorRead
from banksia.modules.property.public import PropertyRead, ancestors_of


class Family(NamedTuple):
    """The parcels that a property's land was before, the nearest first."""

    ancestors: tuple[AncestorRead, ...]

    def scope(self, property_id: UUID) -> Scope:
        """Whose documents the property's file shows."""
        return Scope(
            property_id,
            tuple({each.property_id for each in self.ancestors}),
            tuple({each.parcel for each in self.ancestors}),
        )

    def origin_of(self, document: Document) -> AncestorRead | None:
        """The former parcel that a document comes from."""
        return next(
            (
                each
                for each in self.ancestors
                if each.property_id == document.property_id and document.parcel in {None, each.parcel}
            ),
            None,
        )


def family_of(session: Session, found: PropertyRead, *, as_at_on: date | None = None) -> Family:
    """What the land of a property was before, or had been by a day."""
    parcels = [parcel.id for parcel in found.parcels if parcel.status != "historic"]
    own = {parcel.text for parcel in found.parcels}
    relatives = ancestors_of(session, parcels or [parcel.id for parcel in found.parcels])
    return Family(
        tuple(
            AncestorRead(property_id=each.property_id, parcel=each.text, title=each.title, until_on=each.occurred_on)
            for each in relatives
            if each.property_id not in {None, found.id}
            and each.text not in own
            and (as_at_on is None or each.occurred_on <= as_at_on)
        )
    )

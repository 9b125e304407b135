"""What the land of a property was before: a document stays on the parcel of its day, and children see it."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.modules.files.models import Document
from banksia.modules.files.queries import Descent, Scope
from banksia.modules.files.schemas import AncestorRead
from banksia.modules.property.public import (
    PropertyRead,
    Relative,
    ancestors_of,
    ancestors_of_each,
    properties_with_ids,
    successors_of,
)


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

    def descents(self, property_id: UUID) -> list[Descent]:
        """The same as rows: the property, a former one, and a parcel."""
        scope = self.scope(property_id)
        return [
            Descent(property_id, ancestor_id, parcel)
            for ancestor_id in scope.ancestor_ids
            for parcel in scope.ancestor_parcels
        ]

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
    return _family(found, ancestors_of(session, _parcels_of(found)), as_at_on)


def families_of(session: Session, property_ids: Collection[UUID]) -> dict[UUID, Family]:
    """What the land of several properties was before, in a constant number of statements."""
    found = properties_with_ids(session, property_ids)
    relatives = ancestors_of_each(session, {each.id: _parcels_of(each) for each in found.values()})
    return {each.id: _family(each, relatives[each.id], None) for each in found.values()}


def heirs_of(session: Session, property_ids: Collection[UUID]) -> set[UUID]:
    """The properties that lie on land which these properties' parcels became."""
    parcels = [parcel.id for each in properties_with_ids(session, property_ids).values() for parcel in each.parcels]
    return {each.property_id for each in successors_of(session, parcels) if each.property_id is not None}


def _parcels_of(found: PropertyRead) -> list[UUID]:
    """Of a property that has parcels still those alone."""
    parcels = [parcel.id for parcel in found.parcels if parcel.status != "historic"]
    return parcels or [parcel.id for parcel in found.parcels]


def _family(found: PropertyRead, relatives: Iterable[Relative], as_at_on: date | None) -> Family:
    own = {parcel.text for parcel in found.parcels}
    return Family(
        tuple(
            AncestorRead(property_id=each.property_id, parcel=each.text, title=each.title, until_on=each.occurred_on)
            for each in relatives
            if each.property_id not in {None, found.id}
            and each.text not in own
            and (as_at_on is None or each.occurred_on <= as_at_on)
        )
    )

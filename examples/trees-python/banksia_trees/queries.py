"""Every SELECT of trees, scoped to one organisation."""

import datetime
import uuid

from sqlalchemy import Select, func, or_, select

from banksia_trees.models import Tree


def trees_of(organisation_id: uuid.UUID) -> Select[Tree]:
    """All trees that a council ever had in its register."""
    return select(Tree).where(Tree.organisation_id == organisation_id)


def standing_trees_of(organisation_id: uuid.UUID) -> Select[Tree]:
    """The trees that stand today."""
    return trees_of(organisation_id).where(Tree.valid_to_on.is_(None))


def trees_on_property(
    organisation_id: uuid.UUID, property_id: uuid.UUID, as_at_on: datetime.date | None
) -> Select[Tree]:
    """The trees of a property that stand, or stood on a day, the oldest entry first."""
    if as_at_on is None:
        found = standing_trees_of(organisation_id)
    else:
        found = trees_of(organisation_id).where(
            Tree.valid_from_on <= as_at_on, or_(Tree.valid_to_on.is_(None), Tree.valid_to_on > as_at_on)
        )
    return found.where(Tree.property_id == property_id).order_by(Tree.id)


def counts_of(organisation_id: uuid.UUID) -> Select[int, int, int]:
    """How many trees stand, how many of them are protected, and how many have no place on the map."""
    counts = (
        func.count(),
        func.count().filter(Tree.protection != "none"),
        func.count().filter(Tree.longitude.is_(None)),
    )
    return select(*counts).where(Tree.organisation_id == organisation_id, Tree.valid_to_on.is_(None))

"""Every SELECT of trees, scoped to one organisation."""

import uuid

from sqlalchemy import Select, select

from banksia_trees.models import Tree


def trees_of(organisation_id: uuid.UUID) -> Select[Tree]:
    """All trees that a council ever had in its register."""
    return select(Tree).where(Tree.organisation_id == organisation_id)


def standing_trees_of(organisation_id: uuid.UUID) -> Select[Tree]:
    """The trees that stand today."""
    return trees_of(organisation_id).where(Tree.valid_to_on.is_(None))

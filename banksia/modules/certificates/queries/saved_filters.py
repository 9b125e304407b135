"""Filters that people keep."""

import uuid

from sqlalchemy import Select, func, or_, select

from banksia.modules.certificates.models import FilterPlace, SavedFilter


def filters_of(organisation_id: uuid.UUID) -> Select[SavedFilter]:
    """Every saved filter of the council."""
    return select(SavedFilter).where(SavedFilter.organisation_id == organisation_id)


def filters_seen_by(organisation_id: uuid.UUID, owner_id: uuid.UUID | None, place: FilterPlace) -> Select[SavedFilter]:
    """A person's own filters of a list and those that are shared, by name."""
    return (
        filters_of(organisation_id)
        .where(SavedFilter.place == place, or_(SavedFilter.owner_id == owner_id, SavedFilter.is_shared))
        .order_by(func.lower(SavedFilter.name), SavedFilter.id)
    )


def filters_owned_by(organisation_id: uuid.UUID, owner_id: uuid.UUID, place: FilterPlace) -> Select[SavedFilter]:
    """A person's own filters of a list."""
    return filters_of(organisation_id).where(SavedFilter.owner_id == owner_id, SavedFilter.place == place)

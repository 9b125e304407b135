"""Saved filters: keep what a list shows under a name, share it, rename it, delete it."""

import uuid

from sqlalchemy import Select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.models import new_id
from banksia.modules.certificates.errors.saved_filters import (
    FilterNameTaken,
    FilterNotFound,
    FilterNotYours,
    PersonNeeded,
    TooManyFilters,
)
from banksia.modules.certificates.models import FilterPlace, SavedFilter
from banksia.modules.certificates.permissions import FILTERS_SHARE
from banksia.modules.certificates.queries.saved_filters import filters_of, filters_owned_by, filters_seen_by
from banksia.modules.certificates.schemas.saved_filters import (
    SavedFilterCreate,
    SavedFilterList,
    SavedFilterRead,
    SavedFilterUpdate,
)

MOST_OF_ONE_PERSON = 50
MOST_SHOWN = 500


def list_filters(session: Session, actor: Actor, *, place: FilterPlace) -> SavedFilterList:
    """Return one's own filters of a list and those that are shared."""
    found = session.scalars(filters_seen_by(actor.organisation_id, actor.user_id, place).limit(MOST_SHOWN))
    return SavedFilterList(filters=[_read(actor, each) for each in found], may_share=actor.may(FILTERS_SHARE))


def save_filter(session: Session, actor: Actor, *, created: SavedFilterCreate) -> SavedFilterRead:
    """Keep a filter under a name; raises FilterNameTaken, TooManyFilters, PersonNeeded, and PermissionMissing."""
    if actor.user_id is None:
        raise PersonNeeded
    if created.is_shared:
        actor.require(FILTERS_SHARE)
    search = created.search.model_dump(mode="json", exclude_none=True)
    place: FilterPlace = created.search.place
    _expect_room(session, filters_owned_by(actor.organisation_id, actor.user_id, place))
    kept = SavedFilter(
        id=new_id(),
        organisation_id=actor.organisation_id,
        place=place,
        name=created.name,
        search=search,
        owner_id=actor.user_id,
        owner_name=actor.name,
        is_shared=created.is_shared,
    )
    session.add(kept)
    _flush(session, kept.name)
    detail = {"name": kept.name, "place": place, "shared": kept.is_shared, "search": search}
    audit.record(session, actor, "certificates.filter_saved", subject=kept, detail=detail)
    return _read(actor, kept)


def update_filter(
    session: Session, actor: Actor, *, filter_id: uuid.UUID, changes: SavedFilterUpdate
) -> SavedFilterRead:
    """Rename a filter, share it or take it back; raises FilterNotFound, FilterNotYours and FilterNameTaken."""
    kept = _changeable(session, actor, filter_id)
    if changes.is_shared and not kept.is_shared:
        actor.require(FILTERS_SHARE)
    before = {"name": kept.name, "shared": kept.is_shared}
    after = {"name": changes.name, "shared": changes.is_shared}
    if before != after:
        kept.name, kept.is_shared = changes.name, changes.is_shared
        _flush(session, kept.name)
        detail = {"before": before, "after": after}
        audit.record(session, actor, "certificates.filter_changed", subject=kept, detail=detail)
    return _read(actor, kept)


def delete_filter(session: Session, actor: Actor, *, filter_id: uuid.UUID) -> None:
    """Delete a filter; raises FilterNotFound and FilterNotYours."""
    kept = _changeable(session, actor, filter_id)
    detail = {"name": kept.name, "place": kept.place, "search": kept.search}
    audit.record(session, actor, "certificates.filter_deleted", subject=kept, detail=detail)
    session.delete(kept)


def _expect_room(session: Session, owned: Select[SavedFilter]) -> None:
    if len(session.scalars(owned).all()) >= MOST_OF_ONE_PERSON:
        raise TooManyFilters(MOST_OF_ONE_PERSON)


def _flush(session: Session, name: str) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if "uq_saved_filters" in str(error.orig):
            raise FilterNameTaken(name) from error
        raise


def _changeable(session: Session, actor: Actor, filter_id: uuid.UUID) -> SavedFilter:
    statement = filters_of(actor.organisation_id).where(SavedFilter.id == filter_id).with_for_update()
    kept = session.scalars(statement).one_or_none()
    if kept is None or not (kept.is_shared or kept.owner_id == actor.user_id):
        raise FilterNotFound
    if not _may_change(actor, kept):
        raise FilterNotYours(kept.owner_name)
    return kept


def _may_change(actor: Actor, kept: SavedFilter) -> bool:
    return kept.owner_id == actor.user_id or (kept.is_shared and actor.may(FILTERS_SHARE))


def _read(actor: Actor, kept: SavedFilter) -> SavedFilterRead:
    mine = kept.owner_id == actor.user_id
    return SavedFilterRead.of(kept, is_mine=mine, may_change=_may_change(actor, kept))

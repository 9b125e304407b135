"""The council's counters and their tills, as an administrator keeps them."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments.errors.counter import (
    LocationNotFound,
    NameTaken,
    TillInUse,
    TillNotFound,
)
from banksia.foundation.payments.models import Location, Till, TillSession
from banksia.foundation.payments.queries import tills as queries
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id


def add_location(session: Session, actor: Actor, *, name: str) -> Location:
    """Add a counter. Raises NameTaken."""
    organisation_id = organisation_id_of(session)
    if session.scalar(queries.locations_of(organisation_id).where(Location.name == name)) is not None:
        raise NameTaken(name)
    location = Location(id=new_id(), organisation_id=organisation_id, name=name)
    session.add(location)
    session.flush()
    audit.record(session, actor, "payments.location_added", subject=location, detail={"name": name})
    return location


def update_location(
    session: Session, actor: Actor, *, location_id: uuid.UUID, name: str | None = None, closed: bool | None = None
) -> Location:
    """Rename a counter, take it out of use or bring it back. Raises LocationNotFound, NameTaken, TillInUse."""
    location = locked_location(session, location_id)
    if name is not None and name != location.name:
        others = queries.locations_of(location.organisation_id).where(Location.name == name)
        if session.scalar(others) is not None:
            raise NameTaken(name)
        location.name = name
    if closed is not None and closed != (location.closed_at is not None):
        if closed:
            _check_none_open(session, Till.location_id == location.id)
        location.closed_at = utc_now() if closed else None
    detail = {"name": location.name, "closed": location.closed_at is not None}
    audit.record(session, actor, "payments.location_changed", subject=location, detail=detail)
    session.flush()
    return location


def add_till(session: Session, actor: Actor, *, location_id: uuid.UUID, name: str) -> Till:
    """Add a till to a counter. Raises LocationNotFound, NameTaken."""
    location = locked_location(session, location_id)
    _check_name(session, location.id, name)
    till = Till(id=new_id(), organisation_id=location.organisation_id, location_id=location.id, name=name)
    session.add(till)
    session.flush()
    audit.record(session, actor, "payments.till_added", subject=till, detail={"name": name, "location": location.name})
    return till


def update_till(
    session: Session, actor: Actor, *, till_id: uuid.UUID, name: str | None = None, closed: bool | None = None
) -> Till:
    """Rename a till, take it out of use or bring it back. Raises TillNotFound, NameTaken, TillInUse."""
    till = locked_till(session, till_id)
    if name is not None and name != till.name:
        _check_name(session, till.location_id, name)
        till.name = name
    if closed is not None and closed != (till.closed_at is not None):
        if closed:
            _check_none_open(session, Till.id == till.id)
        till.closed_at = utc_now() if closed else None
    detail = {"name": till.name, "closed": till.closed_at is not None}
    audit.record(session, actor, "payments.till_changed", subject=till, detail=detail)
    session.flush()
    return till


def locked_location(session: Session, location_id: uuid.UUID) -> Location:
    """The counter, locked until the transaction ends. Raises LocationNotFound."""
    statement = queries.locations_of(organisation_id_of(session)).where(Location.id == location_id)
    location = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if location is None:
        raise LocationNotFound
    return location


def locked_till(session: Session, till_id: uuid.UUID) -> Till:
    """The till, locked after its counter until the transaction ends. Raises TillNotFound."""
    statement = queries.tills_of(organisation_id_of(session)).where(Till.id == till_id)
    till = session.scalar(statement)
    if till is None:
        raise TillNotFound
    locked_location(session, till.location_id)
    return session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one()


def _check_name(session: Session, location_id: uuid.UUID, name: str) -> None:
    same = queries.tills_of(organisation_id_of(session)).where(Till.location_id == location_id, Till.name == name)
    if session.scalar(same) is not None:
        raise NameTaken(name)


def _check_none_open(session: Session, of: object) -> None:
    """Refuse to take away what a clerk has open; opening takes the same locks."""
    statement = (
        queries.open_sessions(organisation_id_of(session)).join(Till, Till.id == TillSession.till_id).where(of)  # type: ignore[arg-type]
    )
    found = session.scalar(statement.limit(1))
    if found is None:
        return
    till = session.scalars(queries.tills_of(found.organisation_id).where(Till.id == found.till_id)).one()
    raise TillInUse(till.name, found.cashier_name)

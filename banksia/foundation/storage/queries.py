"""Every SELECT on stored objects, scoped to one organisation."""

import uuid

from sqlalchemy import Select, select

from banksia.foundation.storage.models import StoredObject, Sweep


def objects_of(organisation_id: uuid.UUID) -> Select[StoredObject]:
    """The stored objects of a council."""
    return select(StoredObject).where(StoredObject.organisation_id == organisation_id)


def sweeps_of(organisation_id: uuid.UUID) -> Select[Sweep]:
    """The sweeps of a council's objects."""
    return select(Sweep).where(Sweep.organisation_id == organisation_id)

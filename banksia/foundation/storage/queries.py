"""Every SELECT on stored objects, scoped to one organisation."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Exists,
    ScalarSelect,
    Select,
    Uuid,
    case,
    cast,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlalchemy.schema import Column, Table

from banksia.foundation.storage.models import Purge, ResumableUpload, StoredObject, Sweep, Verification
from banksia.kit.models import Base


def objects_of(organisation_id: uuid.UUID) -> Select[StoredObject]:
    """The stored objects of a council."""
    return select(StoredObject).where(StoredObject.organisation_id == organisation_id)


def count_of_objects(organisation_id: uuid.UUID) -> Select[int]:
    """How many objects a council has that were not given up."""
    return (
        select(func.count())
        .select_from(StoredObject)
        .where(StoredObject.organisation_id == organisation_id, is_there())
    )


def sweeps_of(organisation_id: uuid.UUID) -> Select[Sweep]:
    """The sweeps of a council's objects."""
    return select(Sweep).where(Sweep.organisation_id == organisation_id)


def uploads_of(organisation_id: uuid.UUID) -> Select[ResumableUpload]:
    """The uploads of a council that can be resumed."""
    return select(ResumableUpload).where(ResumableUpload.organisation_id == organisation_id)


def verifications_of(organisation_id: uuid.UUID) -> Select[Verification]:
    """When a council's objects were last read again."""
    return select(Verification).where(Verification.organisation_id == organisation_id)


def lock_bytes(organisation_id: uuid.UUID, sha256: str) -> Select[Any]:
    """Hold these bytes of a council until the transaction ends: recording them and giving them up take turns."""
    return select(func.pg_advisory_xact_lock(func.hashtextextended(f"{organisation_id.hex}/{sha256}", 0)))


def is_gone(organisation_id: uuid.UUID, object_id: uuid.UUID) -> Select[bool]:
    """Whether an object's bytes were given up and have not come again."""
    return select(_times_purged(literal(organisation_id, Uuid()), literal(object_id, Uuid())) > 0)


def is_there() -> ColumnElement[bool]:
    """For a query of objects: those that were not given up."""
    return _times_purged(StoredObject.organisation_id, StoredObject.id) == 0


def _times_purged(organisation_id: Any, object_id: Any) -> ScalarSelect[Any]:
    """How much more often an object was purged than it returned; the two take turns, so it is 1 or 0."""
    counted = func.coalesce(func.sum(case((Purge.step == "purged", 1), else_=-1)), 0)
    return (
        select(counted)
        .where(Purge.organisation_id == organisation_id, Purge.object_id == object_id)
        .correlate(StoredObject)
        .scalar_subquery()
    )


# Read again


def _with_verification(organisation_id: uuid.UUID) -> Select[Any]:
    return (
        select(StoredObject)
        .outerjoin(
            Verification,
            (Verification.organisation_id == StoredObject.organisation_id)
            & (Verification.object_id == StoredObject.id),
        )
        .where(StoredObject.organisation_id == organisation_id, is_there())
    )


def due_for_verification(organisation_id: uuid.UUID, *, before: datetime) -> Select[StoredObject]:
    """Objects that were not read again since: never verified first, then the oldest."""
    due = Verification.verified_at.is_(None) | (Verification.verified_at < before)
    return (
        _with_verification(organisation_id).where(due).order_by(Verification.verified_at.nulls_first(), StoredObject.id)
    )


def failed_objects(organisation_id: uuid.UUID) -> Select[StoredObject, Verification]:
    """Objects whose bytes were damaged or missing when they were last read, the first found first."""
    return (
        _with_verification(organisation_id)
        .add_columns(Verification)
        .where(Verification.verdict != "whole")
        .order_by(Verification.id)
    )


def overdue_objects(organisation_id: uuid.UUID, *, before: datetime) -> Select[StoredObject]:
    """Objects that are older than the period and were not read again within it."""
    late = func.coalesce(Verification.verified_at, StoredObject.created_at) < before
    return _with_verification(organisation_id).where(late).order_by(StoredObject.id)


def fixity_figures(organisation_id: uuid.UUID, *, since: datetime) -> Select[int, int, int, int, datetime]:
    """Objects, bytes, objects read again within the period, objects never read again, and the oldest reading."""
    figures = _with_verification(organisation_id).with_only_columns(
        func.count(),
        func.coalesce(func.sum(StoredObject.size), 0),
        func.count().filter(Verification.verified_at >= since),
        func.count().filter(Verification.id.is_(None)),
        func.min(Verification.verified_at),
    )
    return figures.order_by(None)


# Who refers to an object


def columns_of_objects(*, in_json: bool = True) -> Iterator[Column[Any]]:
    """Every column of any module that may name a stored object, found in the models and never in a list kept by hand.

    Those with a foreign key; those without one that are called `object_id`; and JSON, which may hold such a key, unless
    its model says that it never does (`NAMES_NO_OBJECT`).
    """
    for table in Base.metadata.sorted_tables:
        if table.schema not in ("storage", "audit") and "organisation_id" in table.columns:
            yield from (column for column in table.columns if _may_name_an_object(column, in_json=in_json))


def _may_name_an_object(column: Column[Any], *, in_json: bool) -> bool:
    if any(key.target_fullname == "storage.objects.id" for key in column.foreign_keys):
        return True
    if isinstance(column.type, Uuid):
        return column.name == "object_id" or column.name.endswith("_object_id")
    return in_json and isinstance(column.type, JSONB) and not column.info.get("names_no_object")


def name_of_column(column: Column[Any]) -> str:
    """`files.document_versions.object_id`."""
    return f"{column.table.schema}.{column.table.name}.{column.name}"


def is_named_by(column: Column[Any], organisation_id: uuid.UUID, object_id: uuid.UUID) -> Select[bool]:
    """Whether any row of the council names the object in this column."""
    return select(_named(column, organisation_id, object_id))


def _named(column: Column[Any], organisation_id: uuid.UUID, object_id: uuid.UUID) -> Exists:
    table = column.table
    assert isinstance(table, Table)  # noqa: S101  (a column of the models has no other owner)
    if isinstance(column.type, JSONB):
        path = cast(f'$.**.object_id ? (@ == "{object_id}")', JSONPATH)
        names: ColumnElement[bool] = func.jsonb_path_exists(column, path)
    else:
        names = column == object_id
    return exists().where(table.c.organisation_id == organisation_id, names)


def purges_among(organisation_id: uuid.UUID, object_ids: Iterable[uuid.UUID]) -> Select[Purge]:
    """What was given up and came again, of some objects."""
    return select(Purge).where(Purge.organisation_id == organisation_id, Purge.object_id.in_(object_ids))

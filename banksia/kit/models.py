"""The declarative base of every table, and the columns that every organisation's rows share."""

import datetime
import uuid
from typing import Any, ClassVar, Final

from sqlalchemy import DateTime, ForeignKey, MetaData, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid_utils.compat import uuid7

from banksia.kit.clock import utc_now

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


NAMES_NO_OBJECT: Final = {"names_no_object": True}
"""`mapped_column(info=...)` of a JSON column that never holds the `object_id` of a stored file, and is long.

Before the bytes of a file are given up, every other JSON column is searched for it.
"""


def new_id() -> uuid.UUID:
    """A UUIDv7: it sorts by time, so new rows lie together in every index."""
    return uuid7()


def module_of(python_name: str) -> str:
    """The module a Python path belongs to: `banksia.modules.certificates.models.orders` is `certificates`."""
    parts = python_name.split(".")
    if parts[0] == "banksia":
        return parts[2] if len(parts) > 2 and parts[1] in ("foundation", "modules") else parts[1]
    return parts[0].removeprefix("banksia_")


class Base(DeclarativeBase):
    """All tables share one MetaData, so that foreign keys between modules resolve by name.

    A table's schema is its module's name, taken from the Python path: nothing is configured twice.
    """

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar = {
        datetime.datetime: DateTime(timezone=True),
        str: Text(),
        dict[str, Any]: JSONB(),
        list[str]: JSONB(),
        list[dict[str, Any]]: JSONB(),
    }

    def __init_subclass__(cls, *, append_only: bool = False, **kwargs: Any) -> None:
        """Put the table into its module's schema and note whether the application may only insert."""
        if "__tablename__" in cls.__dict__:
            given = cls.__dict__.get("__table_args__", ())
            parts = (given,) if isinstance(given, dict) else given
            positional, options = (parts[:-1], parts[-1]) if parts and isinstance(parts[-1], dict) else (parts, {})
            info = {**options.get("info", {}), "append_only": append_only}
            cls.__table_args__ = (*positional, {"schema": module_of(cls.__module__), **options, "info": info})
        super().__init_subclass__(**kwargs)


class Identified:
    """A row with an identity of its own."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    created_at: Mapped[datetime.datetime] = mapped_column(default=utc_now)


class OrganisationOwned(Identified):
    """A row of one organisation; PostgreSQL's row-level security hides it from every other."""

    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.organisations.id"), index=False, sort_order=-1
    )

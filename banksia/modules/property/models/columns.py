"""Columns that the tables of the truth share."""

import datetime
import uuid
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.clock import utc_now
from banksia.kit.models import Identified

STATUSES = ("proposed", "current", "historic")


def in_c_order(**options: Any) -> Any:
    """Text compared byte by byte: only so are prefixes ranges that row-level security lets an index answer."""
    return mapped_column(Text(collation="C"), **options)


class OwnedInBulk(Identified):
    """A row of one organisation whose table grows by millions at once.

    There is no foreign key to the organisation: row-level security admits no id but the current one, and checking the
    key of each row would take a tenth of an import.
    """

    organisation_id: Mapped[uuid.UUID] = mapped_column(sort_order=-1)


class Sourced:
    """Provenance and validity; `source_line` is the line of the imported file, null when a person wrote it.

    A record belongs to the import that wrote it last. `valid_from` and `valid_to` are when it holds, by the source's
    own dates where it has them; a record whose two are equal never held: its import was reverted.
    """

    import_run_id: Mapped[uuid.UUID | None]
    source_line: Mapped[int | None]
    valid_from: Mapped[datetime.datetime] = mapped_column(default=utc_now)
    valid_to: Mapped[datetime.datetime | None]

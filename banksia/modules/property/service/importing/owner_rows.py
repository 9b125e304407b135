"""Owners of a file become part of the truth, all of them at once; a change of any part ends one and begins another."""

import uuid
from collections.abc import Iterable, Iterator

from psycopg.types.json import Jsonb
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.events.public import emit
from banksia.kit.models import new_id
from banksia.modules.property.events import RECORDS_PER_EVENT, OwnerChanged
from banksia.modules.property.queries import owner_rows as queries
from banksia.modules.property.service.importing.keyed_rows import Columns, KeyedRows
from banksia.modules.property.service.importing.rows import ReadOwner
from banksia.modules.property.service.parsing import ParcelParts
from banksia.modules.property.service.searching.owner_names import words_of_name


def apply_owners(session: Session, run_id: uuid.UUID, actor_name: str, rows: Iterable[ReadOwner]) -> dict[str, int]:
    """Place the owners, end those that are no longer listed, and answer the counts; the same again changes nothing.

    Of a property that the file names, the owners from the same source are those that it lists; when the source's files
    are complete, so are those of every other property. Rows that name no known property go to the work list.
    """
    work = KeyedRows(session, run_id, actor_name, kind="owner")
    work.execute(queries.CREATE_STAGE)
    work.stage(queries.COPY_STAGE, _staged(rows))
    for statement in (queries.CREATE_PLACED, queries.CREATE_WANTED, queries.CREATE_FRESH):
        work.execute(statement)
    counts = {
        "owners_ended": work.touched(queries.END_OWNERS),
        "owners_new": work.execute(queries.INSERT_OWNERS),
        "owners_unmatched": work.list_unmatched(),
    }
    work.execute(queries.INSERT_WORDS)
    ids = list(session.scalars(text(queries.TOUCHED), work.parameters))
    for start in range(0, len(ids), RECORDS_PER_EVENT):
        emit(session, OwnerChanged(property_ids=ids[start : start + RECORDS_PER_EVENT]))
    work.finish()
    return counts


def _staged(rows: Iterable[ReadOwner]) -> Iterator[tuple[Columns, tuple[ParcelParts, ...]]]:
    for row in rows:
        since = row.owned_since_on.isoformat() if row.owned_since_on else None
        cells = {"name": row.name, "postal_address": row.postal_address, "email": row.email, "owned_since_on": since}
        yield (
            (
                row.line, row.assessment, row.key_text, Jsonb(cells), new_id(), row.name, row.postal_address, row.email,
                row.owned_since_on, words_of_name(row.name),
            ),
            row.key_parcels,
        )  # fmt: skip

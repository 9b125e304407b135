"""Attributes of a file become part of the truth, all of them at once; a change ends one value and begins another."""

import uuid
from collections.abc import Callable, Iterable, Iterator

from psycopg.types.json import Jsonb
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.models import new_id
from banksia.modules.property.models import AttributeDefinition
from banksia.modules.property.queries import attribute_rows as queries
from banksia.modules.property.queries.attributes import definitions_of
from banksia.modules.property.service.attributes.values import BadValue, read_value
from banksia.modules.property.service.importing.keyed_rows import Columns, KeyedRows
from banksia.modules.property.service.importing.options import Rejected
from banksia.modules.property.service.importing.rows import ReadAttribute
from banksia.modules.property.service.parsing import ParcelParts

Reject = Callable[[Rejected], None]


def apply_attributes(
    session: Session,
    run_id: uuid.UUID,
    actor_name: str,
    rows: Iterable[ReadAttribute],
    *,
    reject: Reject = lambda _verdict: None,
) -> dict[str, int]:
    """Place the values and answer the counts; the same again changes nothing.

    `reject` hears of rows that name no attribute of the catalogue or hold a value that does not fit it. A value that
    speaks of an earlier day than the one that holds is left out. Rows that name nothing known go to the work list.
    """
    work = KeyedRows(session, run_id, actor_name, kind="attribute")
    work.execute(queries.CREATE_STAGE)
    staged = _Staged(session, work, reject)
    work.stage(queries.COPY_STAGE, staged.of(rows))
    for statement in (queries.CREATE_PLACED, queries.CREATE_WANTED, queries.CREATE_FRESH):
        work.execute(statement)
    found = work.row(queries.COUNT_FRESH) or {}
    repeated = session.execute(text(queries.COUNT_REPEATED)).scalar_one()
    work.touched(queries.END_REPLACED)
    ended = work.touched(queries.END_MISSING) if work.parameters["is_complete"] else 0
    work.execute(queries.INSERT_VALUES)
    counts = {
        "attributes_new": int(found["new"]),
        "attributes_changed": int(found["changed"]),
        "attributes_ended": ended,
        "attributes_older": int(found["older"]),
        "attributes_repeated": int(repeated),
        "attributes_unmatched": work.list_unmatched(),
        "attributes_rejected": staged.rejected,
    }
    work.finish()
    return counts


class _Staged:
    """Rows against the catalogue: each with its definition, its value as it is kept."""

    def __init__(self, session: Session, work: KeyedRows, reject: Reject) -> None:
        self.reject, self.rejected = reject, 0
        self.definitions: dict[str, AttributeDefinition] = {}
        for row in session.scalars(definitions_of(work.parameters["organisation"])):
            self.definitions.setdefault(_folded(row.title), row)
            self.definitions[_folded(row.code)] = row

    def of(self, rows: Iterable[ReadAttribute]) -> Iterator[tuple[Columns, tuple[ParcelParts, ...]]]:
        """Those that can be kept."""
        for row in rows:
            try:
                yield self._columns(row), row.parcels
            except BadValue as verdict:
                self.rejected += 1
                self.reject(Rejected(row.line, str(verdict), f"{row.code}: {row.value_text}"[:300]))

    def _columns(self, row: ReadAttribute) -> Columns:
        definition = self.definitions.get(_folded(row.code))
        if definition is None:
            raise BadValue(
                "The council's catalogue has no such attribute. Add it there first, or leave the column out."
            )
        if definition.retired_at is not None:
            raise BadValue("The attribute is retired and takes no new values.")
        read = read_value(definition.kind, definition.choices, row.value_text)
        detail = ", ".join(filter(None, (read.detail, row.detail)))
        cells = {"attribute": definition.code, "value": row.value_text, "detail": row.detail, "source": row.source}
        return (
            row.line, row.assessment, row.key_text, Jsonb(cells), new_id(), definition.id,
            definition.subject == "parcel", read.value, detail, row.source, row.as_at_on,
        )  # fmt: skip


def _folded(name: str) -> str:
    """`Bush fire prone` and `bush_fire_prone` are one name."""
    return " ".join(name.replace("_", " ").casefold().split())

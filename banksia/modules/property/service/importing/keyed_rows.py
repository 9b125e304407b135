"""Rows about properties that are known already: staged, placed, and listed where nobody can place them."""

import uuid
from collections.abc import Iterable
from typing import Any, Literal

from psycopg import Connection as PsycopgConnection
from psycopg.types.json import Jsonb
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.property.queries import journaling, linking
from banksia.modules.property.queries import keyed_rows as queries
from banksia.modules.property.service.parsing import ParcelParts

Columns = tuple[Any, ...]


class KeyedRows:
    """One file of owners or attributes in the session's transaction."""

    def __init__(
        self, session: Session, run_id: uuid.UUID, actor_name: str, *, kind: Literal["owner", "attribute"]
    ) -> None:
        """Find the run's source, and whether its files are complete."""
        self.session = session
        self.parameters: dict[str, Any] = {
            "organisation": organisation_id_of(session),
            "run": run_id,
            "now": utc_now(),
            "act": "import",
            "actor": actor_name,
            "kind": kind,
            "id_prefix": str(new_id())[:15],
        }
        source = self.row(queries.SOURCE_OF_RUN) or {"source_id": None, "is_complete": False}
        self.parameters |= {"source": source["source_id"], "is_complete": source["is_complete"]}
        for statement in (queries.DROP_TEMPORARY, journaling.CREATE_NUMBERS):
            self.execute(statement)

    def execute(self, statement: str) -> int:
        """Run one statement; answers how many rows it changed."""
        result: Any = self.session.execute(text(statement), self.parameters)
        return max(int(result.rowcount), 0)

    def row(self, statement: str) -> dict[str, Any] | None:
        """The first row that a statement answers."""
        found = self.session.execute(text(statement), self.parameters).mappings().first()
        return dict(found) if found else None

    def touched(self, journaled: str) -> int:
        """Run a journaling statement; answers how many records it touched."""
        found = self.row(journaled)
        return int(found["touched"]) if found else 0

    def stage(self, statement: str, rows: Iterable[tuple[Columns, Iterable[ParcelParts]]]) -> None:
        """Send rows with the parcels that they name to their table; they are not kept in memory."""
        connection: Any = self.session.connection().connection.driver_connection
        assert isinstance(connection, PsycopgConnection)  # noqa: S101  (the one driver we use)
        n = 0
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for n, (columns, parcels) in enumerate(rows, start=1):
                copy.write_row((n, Jsonb([_key(parcel) for parcel in parcels]), *columns))
        for each in (queries.CREATE_KEYS, queries.ANALYZE, queries.RESOLVE_BARE_PLANS):
            self.execute(each)
        if n >= linking.WHOLE_TABLES_FROM:
            self.execute(linking.JOIN_WHOLE_TABLES)

    def list_unmatched(self) -> int:
        """Keep the rows that have no place in a work list; what earlier files left there is settled."""
        self.execute(queries.RESOLVE_EARLIER)
        return self.execute(queries.INSERT_UNMATCHED)

    def finish(self) -> None:
        """Leave nothing behind but what is true."""
        self.execute(linking.JOIN_AS_PLANNED)
        self.execute(queries.DROP_TEMPORARY)


def _key(parcel: ParcelParts) -> dict[str, Any]:
    return {
        "plan": parcel.plan,
        "lot": parcel.lot or "",
        "section": parcel.section or "",
        "plan_type": parcel.plan_type,
        "is_bare": parcel.bare,
    }

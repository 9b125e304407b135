"""Makes staged rows part of the truth, all of them at once."""

from collections.abc import Iterable
from typing import Any

from psycopg import Connection as PsycopgConnection
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.property.queries import entries, linking, staging
from banksia.modules.property.service.importing.rows import StagedRow

WHOLE_TABLES_FROM = 1_000
"""A file of fewer rows looks each of them up in the indexes."""


class Applying:
    """One import in the session's transaction; another of the same council waits for its end."""

    def __init__(self, session: Session) -> None:
        """Take the import lock and make the staging table."""
        self.session = session
        self.run_id = new_id()
        self.staged = 0
        self.started_at = utc_now()
        self.parameters = {"organisation": organisation_id_of(session), "run": self.run_id, "now": self.started_at}
        self.execute(linking.LOCK_IMPORTS)
        self.execute(staging.DROP_TEMPORARY)
        self.execute(staging.CREATE_STAGE)

    def execute(self, statement: str) -> int:
        """Run one statement; answers how many rows it changed."""
        result: Any = self.session.execute(text(statement), self.parameters)
        return max(int(result.rowcount), 0)

    def stage(self, rows: Iterable[StagedRow]) -> None:
        """Send rows to the staging table; they are not kept in memory."""
        connection: Any = self.session.connection().connection.driver_connection
        assert isinstance(connection, PsycopgConnection)  # noqa: S101  (the one driver we use)
        with connection.cursor() as cursor, cursor.copy(staging.COPY_STAGE) as copy:
            for self.staged, row in enumerate(rows, start=1):
                copy.write_row(row)

    def apply(self) -> dict[str, int]:
        """Streets, addresses, parcels and assessments, then properties, then search; answers the counts."""
        self.execute(staging.ANALYZE_STAGE)
        if self.staged >= WHOLE_TABLES_FROM:
            self.execute(linking.JOIN_WHOLE_TABLES)
        repeated = self.session.execute(text(staging.COUNT_REPEATED)).scalar_one()
        self.execute(staging.RESOLVE_BARE_PLANS)
        counts = {
            "addresses_repeated": repeated,
            "streets_new": self._insert_missing(staging.MISSING_STREETS, staging.INSERT_STREET),
            "addresses_new": self.execute(staging.INSERT_ADDRESSES),
            "addresses_changed": self.execute(staging.UPDATE_ADDRESSES),
            "parcels_new": self.execute(staging.INSERT_PARCELS),
            "parcels_changed": self.execute(staging.UPDATE_PARCELS),
            "assessments_new": self._insert_missing(staging.MISSING_ASSESSMENTS, staging.INSERT_ASSESSMENT),
        }
        self.execute(staging.CREATE_LINKED)
        self.execute(staging.ANALYZE_LINKED)
        counts |= self._link()
        if any(counts.values()):
            self._refresh_search()
        self.execute(staging.DROP_TEMPORARY)
        self.execute(linking.JOIN_AS_PLANNED)
        return counts

    def _insert_missing(self, missing: str, insert: str) -> int:
        rows = [{**row, **self.parameters, "id": new_id()} for row in self._rows(missing)]
        if rows:
            self.session.execute(text(insert), rows)
        return len(rows)

    def _rows(self, statement: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self.session.execute(text(statement), self.parameters).mappings()]

    def _link(self) -> dict[str, int]:
        links = self.execute(linking.INSERT_PARCEL_ADDRESSES)
        properties_changed = self.execute(linking.ADOPT_BY_ASSESSMENT)
        properties = self.execute(linking.INSERT_ASSESSMENT_PROPERTIES)
        links += self.execute(linking.INSERT_ASSESSMENT_PARCELS)
        properties_changed += self.execute(linking.ADOPT_BY_PARCEL)
        properties += self.execute(linking.INSERT_PARCEL_PROPERTIES)
        links += self.execute(linking.INSERT_ASSESSMENT_ADDRESSES)
        properties += self.execute(linking.INSERT_ADDRESS_PROPERTIES)
        self.execute(linking.END_PROPERTY_ADDRESSES)
        return {
            "links_new": links,
            "properties_new": properties,
            "properties_changed": properties_changed,
            "properties_ended": self.execute(linking.END_PROPERTIES),
        }

    def _refresh_search(self) -> None:
        self.execute(entries.CREATE_TOUCHED)
        self.execute(entries.ANALYZE_TOUCHED)
        self.execute(entries.UPDATE_STATUSES)
        self.execute(entries.CREATE_LABELLED)
        self.execute(entries.CREATE_STANDING)
        self.execute(entries.ANALYZE_FOUND)
        self.execute(entries.DELETE_ENTRIES)
        self.execute(entries.INSERT_ENTRIES)
        self.execute(entries.MOVE_GENERATION)

"""Makes staged rows part of the truth, all of them at once."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from psycopg import Connection as PsycopgConnection
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.actor import SYSTEM_NAME
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.property.queries import binding, ending, entries, homing, journaling, linking, recording, staging
from banksia.modules.property.service.importing.options import has_changed
from banksia.modules.property.service.importing.rows import StagedRow

OnStep = Callable[[str], None]


@dataclass(frozen=True)
class FromSource:
    """The source of a file as far as applying it goes; `is_complete` ends what the file no longer lists."""

    id: uuid.UUID | None = None
    is_complete: bool = False
    ended_percent_limit: int = 5


def _silent(_step: str) -> None:
    """Nobody asked for the progress."""


class Applying:
    """One import in the session's transaction; another of the same council waits for its end."""

    def __init__(
        self,
        session: Session,
        *,
        run_id: uuid.UUID | None = None,
        source: FromSource | None = None,
        actor_name: str = SYSTEM_NAME,
        on_step: OnStep = _silent,
    ) -> None:
        """Take the import lock and make the staging table."""
        self.session = session
        self.run_id = run_id or new_id()
        self.source = source or FromSource()
        self.on_step = on_step
        self.staged = 0
        self.owned = 0
        """How many records the source had before, when the file is the whole of it."""
        self.started_at = utc_now()
        self.parameters = {
            "organisation": organisation_id_of(session),
            "run": self.run_id,
            "source": self.source.id,
            "now": self.started_at,
            "act": "import",
            "actor": actor_name,
            "id_prefix": id_prefix(),
        }
        lock_imports(session, on_step)
        self.started_at = self.parameters["now"] = utc_now()
        self.execute(staging.DROP_TEMPORARY)
        self.execute(journaling.CREATE_NUMBERS)
        self.execute(staging.CREATE_STAGE)

    def execute(self, statement: str) -> int:
        """Run one statement; answers how many rows it changed."""
        result: Any = self.session.execute(text(statement), self.parameters)
        return max(int(result.rowcount), 0)

    def rows(self, statement: str) -> list[dict[str, Any]]:
        """What a statement answers."""
        return [dict(row) for row in self.session.execute(text(statement), self.parameters).mappings()]

    def _change(self, statement: str) -> dict[str, int]:
        """Run a journaled statement; answers how many records it touched, ended and reopened."""
        return {name: int(count) for name, count in self.rows(statement)[0].items()}

    def stage(self, rows: Iterable[StagedRow]) -> None:
        """Send rows to the staging table; they are not kept in memory."""
        connection: Any = self.session.connection().connection.driver_connection
        assert isinstance(connection, PsycopgConnection)  # noqa: S101  (the one driver we use)
        with connection.cursor() as cursor, cursor.copy(staging.COPY_STAGE) as copy:
            for row in rows:
                copy.write_row(row)
                self.staged += 1

    def apply(self, *, refresh: bool = True) -> dict[str, int]:
        """Make the staged rows part of the truth; answers the counts. Without `refresh` search is left as it was."""
        self.on_step("Comparing with what is there")
        self.execute(staging.ANALYZE_STAGE)
        if self.staged >= linking.WHOLE_TABLES_FROM:
            self.execute(linking.JOIN_WHOLE_TABLES)
        repeated = self.session.execute(text(staging.COUNT_REPEATED)).scalar_one()
        self._prepare()
        counts = {"addresses_repeated": repeated, **self._record()}
        self.on_step("Linking addresses, parcels and properties")
        ended = self._end_unlisted() if self.source.is_complete and self.source.id else {}
        counts |= {name: counts.get(name, 0) + count for name, count in ended.items()}
        linked = self._link()
        linked["links_ended"] += counts.get("links_ended", 0)
        counts |= linked | self._note_conflicts()
        if has_changed(counts):
            self._follow(refresh=refresh)
        self.execute(linking.JOIN_AS_PLANNED)
        return counts

    def finish(self) -> None:
        """Drop what only this import needed."""
        self.execute(staging.DROP_TEMPORARY)

    def _prepare(self) -> None:
        """Tell the rows apart by what the truth knows already."""
        self.execute(staging.RESOLVE_NUMBERED_PARCELS)
        self.execute(staging.RESOLVE_BARE_PLANS)
        self.execute(binding.CREATE_BOUND)
        self.execute(binding.CREATE_SAID)
        self.execute(binding.LEAD_TO_CORRECTED)
        self.execute(staging.CREATE_STAGED_ADDRESSES)
        self.execute(staging.CREATE_STAGED_PARCELS)
        self.execute(staging.CREATE_STAGED_ASSESSMENTS)
        self.execute(staging.CREATE_LINKED)
        self.execute(staging.ANALYZE_STAGED)

    def _record(self) -> dict[str, int]:
        """Streets, addresses, parcels with their shapes, and assessments."""
        self._change(recording.REOPEN_STREETS)
        counts = {
            "streets_new": self.execute(recording.INSERT_STREETS),
            "addresses_new": self.execute(recording.INSERT_ADDRESSES),
            "parcels_new": self.execute(recording.INSERT_PARCELS),
            "assessments_new": self.execute(recording.INSERT_ASSESSMENTS),
            "shapes_new": self.execute(recording.INSERT_SHAPES),
        }
        for name, statement in (
            ("addresses", recording.UPDATE_ADDRESSES),
            ("parcels", recording.UPDATE_PARCELS),
            ("assessments", recording.REOPEN_ASSESSMENTS),
            ("shapes", recording.UPDATE_SHAPES),
        ):
            found = self._change(statement)
            counts |= {
                f"{name}_changed": found["touched"] - found["ended"] - found["reopened"],
                f"{name}_ended": found["ended"],
                f"{name}_reopened": found["reopened"],
            }
        del counts["assessments_changed"], counts["shapes_ended"]
        return counts

    def _end_unlisted(self) -> dict[str, int]:
        """End what the source no longer lists; answers how much."""
        self.execute(ending.CREATE_OWNED)
        self.owned = self.session.execute(text(ending.COUNT_OWNED), self.parameters).scalar_one()
        self.execute(ending.SAY_ENDED)
        counts = {
            "addresses_ended": self._change(ending.END_ADDRESSES)["ended"],
            "parcels_ended": self._change(ending.END_PARCELS)["ended"],
            "assessments_ended": self._change(ending.END_ASSESSMENTS)["ended"],
        }
        links = [ending.END_PARCEL_ADDRESSES, ending.END_ASSESSMENT_PARCELS, ending.END_DIRECT_ADDRESSES]
        counts["links_ended"] = sum(self._change(statement)["ended"] for statement in links)
        return counts

    def _link(self) -> dict[str, int]:
        links_ended = sum(self._change(statement)["ended"] for statement in ending.LEAVE_ENDED_ADDRESSES)
        reopened, links_reopened = 0, self._change(linking.REOPEN_PARCEL_ADDRESSES)["touched"]
        links = self.execute(linking.INSERT_PARCEL_ADDRESSES)
        changed = self._change(linking.ADOPT_BY_ASSESSMENT)["touched"]
        reopened += self._change(linking.REOPEN_ASSESSMENT_PROPERTIES)["touched"]
        properties = self.execute(linking.INSERT_ASSESSMENT_PROPERTIES)
        links_reopened += self._change(linking.REOPEN_ASSESSMENT_PARCELS)["touched"]
        links += self.execute(linking.INSERT_ASSESSMENT_PARCELS)
        changed += self.execute(linking.ADOPT_BY_PARCEL)
        links_reopened += self._change(homing.REOPEN_PARCEL_LINKS)["touched"]
        reopened += self._change(homing.REOPEN_PARCEL_PROPERTIES)["touched"]
        properties += self.execute(homing.INSERT_PARCEL_PROPERTIES)
        links_reopened += self._change(homing.REOPEN_ASSESSMENT_ADDRESSES)["touched"]
        links += self.execute(homing.INSERT_ASSESSMENT_ADDRESSES)
        reopened += self._change(homing.REOPEN_ADDRESS_PROPERTIES)["touched"]
        links_reopened += self._change(homing.REOPEN_ADDRESS_LINKS)["touched"]
        properties += self.execute(homing.INSERT_ADDRESS_PROPERTIES)
        links_ended += self._change(homing.END_PROPERTY_ADDRESSES)["ended"]
        return {
            "links_new": links,
            "links_reopened": links_reopened,
            "links_ended": links_ended,
            "properties_new": properties,
            "properties_changed": changed,
            "properties_reopened": reopened,
            "properties_ended": self._change(homing.END_PROPERTIES)["ended"],
        }

    def _note_conflicts(self) -> dict[str, int]:
        """Ask people about what the file says against corrections."""
        self.execute(binding.INSERT_SAID)
        noted = self.execute(binding.INSERT_CONFLICTS) + self.execute(binding.CLOSE_CONFLICTS)
        said: int = self.session.execute(text(binding.COUNT_CONFLICTS)).scalar_one()
        return {"conflicts": said, "conflicts_changed": noted}

    def _follow(self, *, refresh: bool) -> None:
        """Let properties follow their parcels, and search follow the properties."""
        self.on_step("Preparing the search")
        self.execute(entries.CREATE_TOUCHED)
        self.execute(entries.INSERT_TOUCHED_BY_CHANGES)
        self.execute(entries.ANALYZE_TOUCHED)
        self.execute(homing.CREATE_SETTLED)
        self.execute(homing.SETTLE_NEW)
        self._change(homing.SETTLE_KNOWN)
        if refresh:
            for statement in entries.REFRESH:
                self.execute(statement)


def id_prefix() -> str:
    """The first half of a UUIDv7 of this moment: records made in SQL get the rest there."""
    return str(new_id())[:15]


def lock_imports(session: Session, on_step: OnStep = _silent) -> None:
    """Wait for another import of the council to end, and keep others out until this transaction does."""
    given = {"organisation": organisation_id_of(session)}
    if not session.execute(text(linking.TRY_LOCK_IMPORTS), given).scalar_one():
        on_step("Waiting for another import to end")
        session.execute(text(linking.LOCK_IMPORTS), given)

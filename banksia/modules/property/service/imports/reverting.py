"""An applied import is taken back as a unit, while nothing later depends on it."""

import uuid
from dataclasses import replace
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit, enqueue
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id
from banksia.modules.property.errors import ImportDependedOn
from banksia.modules.property.events import RECORDS_PER_EVENT, AddressChanged
from banksia.modules.property.models import ImportRun
from banksia.modules.property.queries import entries, journaling, linking
from banksia.modules.property.queries import reverting as queries
from banksia.modules.property.schemas.imports import ImportRunDetail
from banksia.modules.property.service.importing.applying import id_prefix, lock_imports
from banksia.modules.property.service.importing.working import FEW_RECORDS
from banksia.modules.property.service.imports.progress import ProgressNotes
from banksia.modules.property.service.imports.quality import queue_review
from banksia.modules.property.service.imports.reading import describe_run, get_run
from banksia.modules.property.service.imports.reviewing import require_state
from banksia.modules.property.service.imports.running import failing
from banksia.modules.property.service.searching.owner_names import words_of_name

_ACTS = {"correction": "corrections", "lineage": "recorded subdivisions or consolidations"}


def revert_import(session: Session, actor: Actor, *, run_id: uuid.UUID) -> ImportRunDetail:
    """Have an applied import taken back; raises ImportNotFound, ImportNotNow and ImportDependedOn."""
    run = get_run(session, actor, run_id, lock=True)
    require_state(run, ("applied",), "reverted")
    reverting = Reverting(session, actor, run)
    reverting.refuse_if_depended_on()
    reverting.finish()
    run.state, run.failure, run.reverted_by_name = "reverting", None, actor.name
    session.flush()
    audit.record(session, actor, "property.import_revert_started", subject=run, detail={"file": run.file_name})
    enqueue(session, "property.revert_import", run_id=run.id)
    return describe_run(session, actor, run)


def run_revert(transactions: Transactions, *, run_id: uuid.UUID) -> None:
    """Take the import back in one transaction; done again, it changes nothing."""
    notes = ProgressNotes(transactions, run_id)
    with failing(transactions, run_id, "reverting", "applied"), transactions() as session:
        lock_imports(session, notes.step)
        run = get_run(session, transactions.actor, run_id, lock=True)
        if run.state == "reverting":
            notes.step("Taking the import back")
            revert_now(session, replace(transactions.actor, name=run.reverted_by_name or ""), run)
            reach("property.import_reverted")


def revert_now(session: Session, actor: Actor, run: ImportRun) -> None:
    """Take an import back in the session's transaction; raises ImportDependedOn."""
    reverting = Reverting(session, actor, run)
    reverting.refuse_if_depended_on()
    reverting.take_back()
    reverting.finish()
    run.state, run.reverted_at, run.reverted_by_name, run.failure = "reverted", utc_now(), actor.name, None
    audit.record(session, actor, "property.import_reverted", subject=run, detail={"file": run.file_name})
    queue_review(session)
    session.flush()


class Reverting:
    """One import on its way back."""

    def __init__(self, session: Session, actor: Actor, run: ImportRun) -> None:
        """Find what the import made, and what else it wrote."""
        self.session = session
        self.parameters: dict[str, Any] = {
            "organisation": run.organisation_id,
            "run": run.id,
            "applied_at": run.finished_at,
            "now": utc_now(),
            "act": "revert",
            "actor": actor.name,
            "id_prefix": id_prefix(),
        }
        self._execute(queries.DROP_TEMPORARY)
        self._execute(journaling.CREATE_NUMBERS)
        self._execute(linking.JOIN_WHOLE_TABLES)
        self._execute(queries.CREATE_TAKEN)
        self._execute(queries.ANALYZE_TAKEN)
        self._execute(queries.CREATE_MADE)
        for table in queries.TABLES:
            self._execute(queries.insert_made(table))
        self._execute(queries.CREATE_WRITTEN)
        self._execute(queries.ANALYZE_WRITTEN)

    def _execute(self, statement: str, **more: Any) -> None:
        self.session.execute(text(statement), self.parameters | more)

    def _rows(self, statement: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self.session.execute(text(statement), self.parameters).mappings()]

    def _count(self, statement: str) -> int:
        return int(self.session.execute(text(statement), self.parameters).scalar_one())

    def refuse_if_depended_on(self) -> None:
        """Raise ImportDependedOn with a sentence for each thing that depends on the import."""
        depends = [*self._later_writes(), *self._later_records(), *self._elsewhere()]
        if depends:
            message = f"{' '.join(depends)} Undo that first, the latest first, or correct the records instead."
            raise ImportDependedOn(message, depends=depends)

    def _later_writes(self) -> list[str]:
        found = []
        for row in self._rows(queries.LATER_CHANGES):
            if row["act"] == "import":
                found.append(f"“{row['file_name']}”, imported later, changed {row['count']:,} of its records.")
            else:
                found.append(
                    f"{row['count']:,} of its records were changed later by {_ACTS.get(row['act'], 'people')}."
                )
        found += [
            f"“{row['file_name']}”, imported later, joined {row['count']:,} records to its own."
            if row["file_name"]
            else f"{row['count']:,} records were joined to its own later."
            for row in self._rows(queries.LATER_LINKS)
        ]
        return found

    def _later_records(self) -> list[str]:
        counted = (
            (queries.CORRECTIONS, "{} corrections of its records wait or are in force."),
            (queries.LINEAGE, "{} subdivisions or consolidations name its parcels."),
            (queries.LATER_ATTRIBUTES, "{} attribute values are recorded for its parcels and properties."),
            (queries.LATER_OWNERS, "{} owners are recorded for its properties."),
        )
        found = [(self._count(query), words) for query, words in counted]
        return [words.format(f"{count:,}") for count, words in found if count]

    def _elsewhere(self) -> list[str]:
        """What other modules hold about properties that the import made: their foreign keys tell."""
        references = self._rows(queries.OTHER_SCHEMAS)
        counts: dict[str, int] = {}
        for row in self._rows(queries.used_elsewhere(references)) if references else ():
            counts[row["schema"]] = counts.get(row["schema"], 0) + row["count"]
        return [f"{count:,} records of “{name}” are about its properties." for name, count in counts.items() if count]

    def take_back(self) -> None:
        """Put back what was changed, let what was made never have held, and make search follow."""
        for table in queries.TABLES:
            self._execute(queries.restore(table))
        self._execute(queries.DELETE_WORDS)
        for table in reversed(queries.TABLES):
            self._execute(queries.unmake(table))
        words = [
            {**self.parameters, "id": row["id"], "word": word}
            for row in self._rows(queries.RESTORED_OWNERS)
            for word in words_of_name(row["name"])
        ]
        if words:
            self.session.execute(text(queries.INSERT_WORD), words)
        self._execute(queries.CLOSE_CONFLICTS)
        self._execute(queries.RESOLVE_UNMATCHED)
        self._execute(queries.CREATE_TOUCHED)
        self._execute(entries.INSERT_TOUCHED_BY_CHANGES)
        self._execute(entries.ANALYZE_TOUCHED)
        for statement in entries.REFRESH:
            self._execute(statement, run=new_id())
        self._tell()

    def _tell(self) -> None:
        ids = [row["id"] for row in self._rows(f"SELECT id FROM touched LIMIT {FEW_RECORDS}")]  # noqa: S608  (a number)
        for start in range(0, len(ids), RECORDS_PER_EVENT):
            emit(self.session, AddressChanged(property_ids=ids[start : start + RECORDS_PER_EVENT]))

    def finish(self) -> None:
        """Leave nothing behind but what is true."""
        self._execute(queries.DROP_TEMPORARY)
        self._execute(linking.JOIN_AS_PLANNED)


def revert_at_once(session: Session, actor: Actor, *, run_id: uuid.UUID) -> None:
    """Take an import back in the session's transaction, as the command line does.

    Raises ImportNotFound, ImportNotNow and ImportDependedOn.
    """
    lock_imports(session)
    run = get_run(session, actor, run_id, lock=True)
    require_state(run, ("applied",), "reverted")
    revert_now(session, actor, run)

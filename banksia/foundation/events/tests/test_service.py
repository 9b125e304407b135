"""The outbox: written with its cause, run once, retried, and in the end shown to a person."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.events.errors import UnknownWork
from banksia.foundation.events.public import enqueue
from banksia.kit.platform import Platform


def statuses(session: Session) -> list[tuple[str, str]]:
    return [tuple(row) for row in session.execute(text("SELECT name, status FROM events.outbox ORDER BY id"))]


class TestEnqueue:
    def test_refuses_a_task_that_nobody_registers(self, session: Session) -> None:
        with pytest.raises(UnknownWork):
            enqueue(session, "audit.no_such_task")

    def test_keeps_one_waiting_row_per_key(self, session: Session) -> None:
        enqueue(session, "audit.verify_chain", key="tonight")
        enqueue(session, "audit.verify_chain", key="tonight")
        assert statuses(session) == [("audit.verify_chain", "pending")]

    def test_rings_only_after_the_commit(self, platform: Platform, organisation: object) -> None:
        rung: list[object] = []
        platform.bell = lambda _organisation_id, row_id: rung.append(row_id)
        with platform.database.session(organisation.id) as session:
            enqueue(session, "audit.verify_chain")
            assert rung == []
        assert len(rung) == 1


class TestRunRow:
    def test_runs_and_marks_done(self, session: Session, platform: Platform, run_outbox: Callable[[], int]) -> None:
        enqueue(session, "audit.verify_chain")
        session.commit()
        assert run_outbox() == 1
        assert statuses(session) == [("audit.verify_chain", "done")]
        assert run_outbox() == 0

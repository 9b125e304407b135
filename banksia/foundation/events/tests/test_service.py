"""The outbox: written with its cause, run once, retried, and in the end shown to a person."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.events import service
from banksia.foundation.events.errors import UnknownWork
from banksia.foundation.events.public import emit, enqueue, ring_waiting, run_row
from banksia.foundation.organisations.public import Council
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.events import Event
from banksia.kit.module import Module, Modules
from banksia.kit.platform import Platform
from banksia.kit.tasks import task


class ThingHappened(Event):
    thing: str


def note(session: Session, what: str) -> None:
    """Any table that the application may write to keeps the notes of these tests."""
    organisation_id = session.info["organisation_id"]
    session.execute(
        text(
            "INSERT INTO auth.rate_counts"
            " (id, organisation_id, name, subject_hash, window_starts_at, count, created_at)"
            " VALUES (:id, :organisation_id, 'tests', :what, clock_timestamp(), 1, now())"
        ),
        {"id": uuid.uuid4(), "organisation_id": organisation_id, "what": what},
    )


def notes(session: Session) -> list[str]:
    found = "SELECT subject_hash FROM auth.rate_counts WHERE name = 'tests' ORDER BY subject_hash"
    return list(session.scalars(text(found)))


@task()
def work(session: Session, *, what: str) -> None:
    note(session, what)


@task(max_attempts=3)
def fail(session: Session, *, what: str) -> None:
    note(session, what)
    raise RuntimeError(f"{what} does not work\x00")


@task()
def collide(session: Session, *, what: str) -> None:
    """Break a rule of the database with somebody's address."""
    for _ in range(2):
        session.execute(
            text(
                "INSERT INTO auth.rate_counts"
                " (id, organisation_id, name, subject_hash, window_starts_at, count, created_at)"
                " VALUES (:id, :organisation_id, 'tests', :what, '2026-11-30', 1, now())"
            ),
            {"id": uuid.uuid4(), "organisation_id": session.info["organisation_id"], "what": what},
        )


@task(transactions=True)
def work_in_steps(transactions: Transactions, *, what: str) -> None:
    for step in (1, 2):
        with transactions() as session:
            note(session, f"{what} {step}")


def hear(session: Session, event: ThingHappened) -> None:
    note(session, f"heard {event.thing}")


def hear_badly(session: Session, event: ThingHappened) -> None:
    note(session, f"heard {event.thing} badly")
    raise RuntimeError("deaf")


def hear_later(session: Session, event: ThingHappened) -> None:
    note(session, f"heard {event.thing} later")


def speaking(platform: Platform) -> Platform:
    """The platform with tasks, an event and three listeners, one of them in a module that is switched off."""
    own = replace(
        platform.modules["events"],
        tasks=(*platform.modules["events"].tasks, work, fail, collide, work_in_steps),
        events=(ThingHappened,),
    )
    listeners = [
        Module(name="good", title="Good", version="1", kind="foundation", listens={ThingHappened.name: hear}),
        Module(name="bad", title="Bad", version="1", kind="foundation", listens={ThingHappened.name: hear_badly}),
        Module(name="off", title="Off", version="1", kind="workflow", listens={ThingHappened.name: hear_later}),
    ]
    others = [module for module in platform.modules if module.name != "events"]
    platform.modules = Modules([*others, own, *listeners])
    return platform


@pytest.fixture(autouse=True)
def made_up(platform: Platform) -> Platform:
    return speaking(platform)


def rows(session: Session) -> list[tuple[str, str]]:
    return [tuple(row) for row in session.execute(text("SELECT name, status FROM events.outbox ORDER BY name, id"))]


def let_pass(session: Session, seconds: int) -> None:
    """Move everything that waits into the past, as if time had passed."""
    session.execute(
        text(
            "UPDATE events.outbox SET available_at = available_at - make_interval(secs => :seconds),"
            " claimed_until = claimed_until - make_interval(secs => :seconds)"
        ),
        {"seconds": seconds},
    )


class TestEnqueue:
    def test_refuses_a_task_that_nobody_registers(self, session: Session) -> None:
        with pytest.raises(UnknownWork, match=r"audit\.no_such_task"):
            enqueue(session, "audit.no_such_task")

    def test_keeps_one_waiting_row_per_key(self, session: Session) -> None:
        for _ in range(2):
            enqueue(session, "events.work", key="tonight", what="a")
        enqueue(session, "events.work", key="tomorrow", what="a")
        assert rows(session) == [("events.work", "pending")] * 2

    def test_a_row_that_runs_already_does_not_keep_new_work_away(self, session: Session) -> None:
        enqueue(session, "events.work", key="tonight", what="a")
        session.execute(text("UPDATE events.outbox SET claimed_until = now() + interval '1 hour'"))
        enqueue(session, "events.work", key="tonight", what="a")
        assert rows(session) == [("events.work", "pending")] * 2

    def test_rings_only_after_the_commit_and_never_for_what_was_undone(
        self, platform: Platform, organisation: Council
    ) -> None:
        rung: list[uuid.UUID] = []
        platform.bell = lambda _organisation_id, row_id: rung.append(row_id)
        with platform.database.session(organisation.id) as session:
            enqueue(session, "events.work", what="a")
            enqueue(session, "events.work", what="later", not_before=utc_now() + timedelta(hours=1))
            assert rung == []
        assert len(rung) == 1
        with platform.database.session(organisation.id) as session:
            enqueue(session, "events.work", what="b")
            session.rollback()
        assert len(rung) == 1


class TestEmit:
    def test_refuses_an_event_that_nobody_registers(self, session: Session) -> None:
        class Unheard(Event):
            """An event of no module."""

        with pytest.raises(UnknownWork, match=r"events\.unheard"):
            emit(session, Unheard())

    def test_tells_each_listener_once_and_none_of_a_module_that_is_off(
        self, session: Session, run_outbox: Callable[[], int]
    ) -> None:
        emit(session, ThingHappened(thing="fire"))
        run_outbox()
        assert notes(session) == ["heard fire"]
        assert rows(session) == [
            ("events.thing_happened", "done"),
            ("events.thing_happened>bad", "pending"),
            ("events.thing_happened>good", "done"),
            ("events.thing_happened>off", "pending"),
        ]

    def test_a_module_that_was_off_hears_what_it_missed_in_its_order_once_it_is_on(
        self, session: Session, platform: Platform, organisation: Council, run_outbox: Callable[[], int]
    ) -> None:
        rung: list[uuid.UUID] = []
        for thing in ("fire", "flood"):
            emit(session, ThingHappened(thing=thing))
            run_outbox()
        platform.bell = lambda _organisation_id, row_id: rung.append(row_id)
        let_be_on = "UPDATE organisations.organisations SET enabled_modules = enabled_modules || '[\"off\"]'"
        ring_waiting(platform, organisation.id)
        run_outbox()
        assert notes(session) == ["heard fire", "heard flood"]
        session.execute(text(let_be_on))
        rung.clear()
        ring_waiting(platform, organisation.id)
        kept = session.execute(text("SELECT id, payload ->> 'thing' AS it FROM events.outbox WHERE name LIKE '%>off'"))
        things = {row.id: row.it for row in kept}
        assert [things[row_id] for row_id in rung if row_id in things] == ["fire", "flood"]
        run_outbox()
        assert notes(session) == ["heard fire", "heard fire later", "heard flood", "heard flood later"]

    def test_a_second_fan_out_tells_nobody_again(self, session: Session, run_outbox: Callable[[], int]) -> None:
        emit(session, ThingHappened(thing="fire"))
        run_outbox()
        session.execute(text("UPDATE events.outbox SET status = 'pending' WHERE kind = 'event'"))
        run_outbox()
        assert notes(session) == ["heard fire"]


class TestRunRow:
    def test_runs_and_marks_done_in_one_transaction(self, session: Session, run_outbox: Callable[[], int]) -> None:
        enqueue(session, "events.work", what="a")
        assert (run_outbox(), run_outbox()) == (1, 0)
        assert (notes(session), rows(session)) == (["a"], [("events.work", "done")])

    def test_work_in_steps_keeps_each_step(self, session: Session, run_outbox: Callable[[], int]) -> None:
        enqueue(session, "events.work_in_steps", what="a")
        run_outbox()
        assert notes(session) == ["a 1", "a 2"]

    def test_waits_longer_after_each_failure_and_undoes_what_it_did(
        self, session: Session, run_outbox: Callable[[], int]
    ) -> None:
        enqueue(session, "events.fail", what="a")
        waits = []
        for _ in range(2):
            assert run_outbox() == 1
            waits.append(
                session.scalar(text("SELECT extract(epoch FROM available_at - clock_timestamp()) FROM events.outbox"))
            )
            assert run_outbox() == 0
            let_pass(session, 60)
        assert waits == [pytest.approx(5, abs=2.5), pytest.approx(10, abs=2.5)]
        assert notes(session) == []
        assert rows(session) == [("events.fail", "pending")]

    def test_gives_up_after_its_last_attempt_and_a_person_starts_it_again(
        self, session: Session, run_outbox: Callable[[], int], signed_in_as: Callable[..., TestClient]
    ) -> None:
        enqueue(session, "events.fail", what="a", key="only")
        for _ in range(5):
            run_outbox()
            let_pass(session, 3600)
        assert rows(session) == [("events.fail", "dead")]
        browser = signed_in_as("administrator")
        (letter,) = browser.get("/api/events/dead-letters").json()["results"]
        assert (letter["attempts"], letter["last_error"]) == (3, "RuntimeError: a does not work")
        enqueue(session, "events.fail", what="a", key="only")
        assert browser.post(f"/api/events/dead-letters/{letter['id']}/replay").status_code == 200
        assert browser.get("/api/events/dead-letters").json()["results"] == []
        assert browser.post(f"/api/events/dead-letters/{letter['id']}/replay").status_code == 404
        assert rows(session) == [("events.fail", "pending")] * 2
        assert run_outbox() == 2

    def test_work_that_kills_its_worker_is_given_up_and_a_person_starts_it_again(
        self,
        session: Session,
        platform: Platform,
        organisation: Council,
        run_outbox: Callable[[], int],
        signed_in_as: Callable[..., TestClient],
    ) -> None:
        enqueue(session, "events.fail", what="a")
        died = "UPDATE events.outbox SET attempts = :tried, claimed_until = clock_timestamp() - interval '1 second'"
        session.execute(text(died), {"tried": 3})
        row_id = session.scalars(text("SELECT id FROM events.outbox")).one()
        assert not run_row(platform, organisation.id, row_id)
        assert rows(session) == [("events.fail", "dead")]
        browser = signed_in_as("administrator")
        (letter,) = browser.get("/api/events/dead-letters").json()["results"]
        assert letter["attempts"] == 3
        assert letter["last_error"].startswith("Its worker died")
        assert browser.post(f"/api/events/dead-letters/{letter['id']}/replay").status_code == 200
        assert run_outbox() == 1
        assert rows(session) == [("events.fail", "pending")]

    def test_what_staff_see_of_an_error_of_the_database_tells_nobody_s_data(
        self, session: Session, run_outbox: Callable[[], int], capsys: pytest.CaptureFixture[str]
    ) -> None:
        enqueue(session, "events.collide", what="kim@example.com")
        run_outbox()
        last_error = session.scalar(text("SELECT last_error FROM events.outbox")) or ""
        assert last_error.startswith("IntegrityError")
        logged = capsys.readouterr()
        assert "IntegrityError" in logged.out + logged.err
        assert "kim@example.com" not in last_error + logged.out + logged.err

    def test_a_failure_joins_the_same_work_that_waits(self, session: Session, run_outbox: Callable[[], int]) -> None:
        enqueue(session, "events.fail", what="a", key="only")
        session.execute(text("UPDATE events.outbox SET claimed_until = clock_timestamp() - interval '1 second'"))
        enqueue(session, "events.fail", what="a", key="only", not_before=utc_now() + timedelta(hours=1))
        row_id = session.scalar(text("SELECT id FROM events.outbox ORDER BY id LIMIT 1"))
        run_row(session.info["platform"], session.info["organisation_id"], row_id)
        assert rows(session) == [("events.fail", "done"), ("events.fail", "pending")]
        assert run_outbox() == 0

    @pytest.mark.parametrize("name", ["events.gone", "gone.thing_happened", "events.thing_happened>gone"])
    def test_work_of_a_module_that_was_removed_is_kept_and_tried_again(
        self, session: Session, run_outbox: Callable[[], int], name: str
    ) -> None:
        enqueue(session, "events.work", what="a")
        kind = "listener" if ">" in name else "event" if "thing" in name else "task"
        changed = 'UPDATE events.outbox SET name = :name, kind = :kind, payload = \'{"thing": "x"}\''
        session.execute(text(changed), {"name": name, "kind": kind})
        run_outbox()
        assert rows(session) == [(name, "pending")]
        assert "UnknownWork" in (session.scalar(text("SELECT last_error FROM events.outbox")) or "")

    def test_an_unknown_row_or_one_of_another_council_is_no_work(
        self, session: Session, platform: Platform, organisation: Council, other_organisation: Council
    ) -> None:
        enqueue(session, "events.work", what="a")
        row_id = session.scalars(text("SELECT id FROM events.outbox")).one()
        assert not run_row(platform, organisation.id, uuid.uuid4())
        assert not run_row(platform, other_organisation.id, row_id)


class TestClaims:
    """With real commits, threads and a real lock."""

    @pytest.fixture
    def live(self, live_platform: Platform) -> Platform:
        return speaking(live_platform)

    def waiting_row(self, live: Platform, council: Council, *, what: str) -> uuid.UUID:
        with live.database.session(council.id) as session:
            enqueue(session, "events.work", what=what)
        with live.database.session(council.id) as session:
            found = "SELECT id FROM events.outbox WHERE status = 'pending' ORDER BY id DESC LIMIT 1"
            return uuid.UUID(str(session.scalars(text(found)).one()))

    def notes_in(self, live: Platform, council: Council) -> list[str]:
        with live.database.session(council.id) as session:
            return notes(session)

    def test_of_many_workers_exactly_one_does_it(self, live: Platform, live_organisation: Council) -> None:
        for round_number in range(5):
            row_id = self.waiting_row(live, live_organisation, what=f"round {round_number}")
            with ThreadPoolExecutor(6) as pool:
                ran = list(pool.map(lambda _, row_id=row_id: run_row(live, live_organisation.id, row_id), range(6)))
            assert sum(ran) == 1
        assert self.notes_in(live, live_organisation) == [f"round {number}" for number in range(5)]

    def test_a_lost_bell_is_rung_again(self, live: Platform, live_organisation: Council) -> None:
        row_id = self.waiting_row(live, live_organisation, what="a")
        rung: list[uuid.UUID] = []
        live.bell = lambda _organisation_id, row_id: rung.append(row_id)
        ring_waiting(live, live_organisation.id)
        assert row_id in rung

    def test_work_of_a_worker_that_died_is_done_once_its_claim_has_expired(
        self, live: Platform, live_organisation: Council
    ) -> None:
        row_id = self.waiting_row(live, live_organisation, what="a")
        with live.database.session(live_organisation.id) as session:
            session.execute(text("UPDATE events.outbox SET claimed_until = now() + interval '1 hour', attempts = 1"))
        assert not run_row(live, live_organisation.id, row_id)
        with live.database.session(live_organisation.id) as session:
            let_pass(session, 3601)
        assert run_row(live, live_organisation.id, row_id)
        assert self.notes_in(live, live_organisation) == ["a"]

    def test_a_worker_that_was_too_slow_does_nothing_twice(
        self, live: Platform, live_organisation: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row_id = self.waiting_row(live, live_organisation, what="a")
        again: list[bool] = []

        def overtaken(point: str) -> None:
            """Between claim and work the claim expires and another worker does the work."""
            if point == "events.claimed" and not again:
                again.append(True)
                with live.database.session(live_organisation.id) as session:
                    let_pass(session, 3600)
                again.append(run_row(live, live_organisation.id, row_id))

        monkeypatch.setattr("banksia.foundation.events.service.running.reach", overtaken)
        run_row(live, live_organisation.id, row_id)
        assert again == [True, True]
        assert self.notes_in(live, live_organisation) == ["a"]


class TestForgetDone:
    def test_removes_what_was_done_long_ago_and_nothing_else(
        self, session: Session, run_outbox: Callable[[], int]
    ) -> None:
        for what in ("old", "new"):
            enqueue(session, "events.work", what=what)
        run_outbox()
        enqueue(session, "events.fail", what="dead")
        session.execute(
            text(
                "UPDATE events.outbox SET status = CASE WHEN name = 'events.fail' THEN 'dead' ELSE status END,"
                " finished_at = now() - CASE WHEN payload ->> 'what' = 'new' THEN interval '29 days'"
                " ELSE interval '31 days' END"
            )
        )
        service.forget_done(session)
        assert rows(session) == [("events.fail", "dead"), ("events.work", "done")]

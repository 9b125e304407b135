"""Transactions: one organisation each, committed once, with what must come last done last."""

import traceback
import uuid
from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.database import (
    Last,
    Transactions,
    after_commit,
    before_commit,
    finish,
    leave_out_values,
    organisation_id_of,
)
from banksia.kit.errors import Conflict
from banksia.kit.platform import Platform

SETTING = text("SELECT current_setting('banksia.organisation_id', true)")
NOBODY = uuid.UUID(int=7)


class Refused(Conflict):
    """A refusal that undoes what was written before it."""


class Counted(Conflict):
    """A refusal that keeps what was written before it."""

    keeps_transaction = True


@pytest.fixture
def ledger(live_platform: Platform) -> Callable[[], list[int]]:
    """A table of one column in a database that really commits, and what is in it."""
    with psycopg.connect(live_platform.settings.database_owner_url) as connection:
        connection.execute("CREATE TABLE public.ledger (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        connection.execute("GRANT ALL ON public.ledger TO banksia_app")

    def read() -> list[int]:
        with live_platform.database.session(None) as session:
            return list(session.scalars(text("SELECT n FROM public.ledger ORDER BY n")))

    return read


def write(session: Session, number: int) -> None:
    session.execute(text("INSERT INTO public.ledger VALUES (:n)"), {"n": number})


def work(platform: Platform, *numbers: int, told: list[str] | None = None, error: BaseException | None = None) -> None:
    """One transaction that writes numbers, would tell of its commit, and may end in an error."""
    with platform.database.session(NOBODY) as session:
        if told is not None:
            after_commit(session, lambda: told.append("committed"))
        for number in numbers:
            write(session, number)
        if error is not None:
            raise error


class TestSession:
    def test_works_for_one_organisation(self, live_platform: Platform) -> None:
        with live_platform.database.session(NOBODY) as session:
            assert session.scalar(SETTING) == str(NOBODY)
            assert organisation_id_of(session) == NOBODY

    def test_a_connection_that_is_used_again_carries_nothing_over(self, live_platform: Platform) -> None:
        with live_platform.database.session(NOBODY) as session:
            process = session.scalar(text("SELECT pg_backend_pid()"))
        with live_platform.database.session(None) as session:
            assert session.scalar(text("SELECT pg_backend_pid()")) == process
            assert not session.scalar(SETTING)

    def test_commits_once_at_the_end(self, live_platform: Platform, ledger: Callable[[], list[int]]) -> None:
        with live_platform.database.session(NOBODY) as session:
            write(session, 1)
            assert ledger() == []
        assert ledger() == [1]

    @pytest.mark.parametrize("error", [RuntimeError, Refused, KeyboardInterrupt, SystemExit])
    def test_an_error_undoes_everything(
        self, live_platform: Platform, ledger: Callable[[], list[int]], error: type[BaseException]
    ) -> None:
        told: list[str] = []
        with pytest.raises(error):
            work(live_platform, 1, told=told, error=error())
        assert (ledger(), told) == ([], [])

    def test_a_refusal_may_keep_what_it_counted(self, live_platform: Platform, ledger: Callable[[], list[int]]) -> None:
        with pytest.raises(Counted):
            work(live_platform, 1, error=Counted())
        assert ledger() == [1]

    def test_a_commit_that_fails_is_an_error_and_is_told_to_nobody(
        self, live_platform: Platform, ledger: Callable[[], list[int]]
    ) -> None:
        told: list[str] = []
        with pytest.raises(IntegrityError):
            work(live_platform, 1, 1, told=told)
        assert (ledger(), told) == ([], [])


class TestBeforeCommit:
    def test_comes_last_in_one_order_and_once(self, live_platform: Platform, ledger: Callable[[], list[int]]) -> None:
        done: list[str] = []

        def number(session: Session) -> None:
            write(session, 2)
            done.append("number")

        def chain(_session: Session) -> None:
            done.append("chain")

        with live_platform.database.session(NOBODY) as session:
            before_commit(session, Last.AUDIT_CHAIN, chain)
            before_commit(session, Last.RECEIPT_NUMBERS, number)
            before_commit(session, Last.AUDIT_CHAIN, chain)
            write(session, 1)
            assert done == []
        assert done == ["number", "chain"]
        assert ledger() == [1, 2]

    def test_is_not_done_for_a_savepoint(self, live_platform: Platform) -> None:
        done: list[str] = []
        with live_platform.database.session(NOBODY) as session:
            before_commit(session, Last.AUDIT_CHAIN, lambda _: done.append("chain"))
            with session.begin_nested():
                session.execute(text("SELECT 1"))
            assert done == []
        assert done == ["chain"]

    def test_is_forgotten_with_the_transaction(self, live_platform: Platform) -> None:
        done: list[str] = []
        with live_platform.database.session(NOBODY) as session:
            before_commit(session, Last.AUDIT_CHAIN, lambda _: done.append("chain"))
            session.execute(text("SELECT 1"))
            session.rollback()
        assert done == []

    def test_what_it_registers_is_done_as_well(self, live_platform: Platform) -> None:
        done: list[str] = []
        with live_platform.database.session(NOBODY) as session:
            first = lambda each: before_commit(each, Last.AUDIT_CHAIN, lambda _: done.append("chain"))  # noqa: E731  (one line in a test)
            before_commit(session, Last.RECEIPT_NUMBERS, first)
            finish(session)
        assert done == ["chain"]


class TestAfterCommit:
    def test_hears_only_of_what_is_committed(self, live_platform: Platform) -> None:
        heard: list[int] = []
        with live_platform.database.session(NOBODY) as session:
            after_commit(session, lambda: heard.append(1))
            with session.begin_nested():
                session.execute(text("SELECT 1"))
            assert heard == []
        assert heard == [1]


class TestTransactions:
    def test_each_stands_for_itself(self, live_platform: Platform, ledger: Callable[[], list[int]]) -> None:
        transactions = Transactions(live_platform, Actor.system(NOBODY))

        def write_and_refuse() -> None:
            with transactions() as session:
                write(session, 2)
                raise Refused

        with transactions() as session:
            write(session, 1)
        with pytest.raises(Refused):
            write_and_refuse()
        assert ledger() == [1]


class TestErrors:
    """What is logged, or shown to staff, when the database refuses something."""

    @pytest.mark.usefixtures("ledger")
    def test_tell_neither_parameters_nor_the_values_that_postgresql_repeats(self, live_platform: Platform) -> None:
        number = 47 * 100 + 11
        with pytest.raises(IntegrityError) as refused:
            work(live_platform, number, number)
        with pytest.raises(DBAPIError) as too_large:
            work(live_platform, number * 10**9)
        told = "".join(line for each in (refused, too_large) for line in traceback.format_exception(each.value))
        assert "duplicate key value violates unique constraint" in told
        assert "out of range" in told
        assert str(number) not in told

    @pytest.mark.usefixtures("ledger")
    def test_nor_do_those_of_the_driver_when_they_are_told_to_leave_it_out(self, live_platform: Platform) -> None:
        word = "kim@" + "example.com"

        def take_list() -> None:
            with psycopg.connect(live_platform.settings.database_url) as connection:
                try:
                    with connection.cursor().copy("COPY public.ledger FROM STDIN") as copy:
                        copy.write_row(["7", word])
                except psycopg.Error as error:
                    raise RuntimeError("The list was not taken.") from error

        with pytest.raises(RuntimeError) as failed:
            take_list()
        assert word in "".join(traceback.format_exception(failed.value))
        leave_out_values(failed.value)
        told = "".join(traceback.format_exception(failed.value))
        assert word not in told
        assert "extra data after last expected column" in told

"""Real races: two imports at once, searches meanwhile, on a PostgreSQL that commits."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.public import put_bytes
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.models import new_id
from banksia.kit.platform import Platform
from banksia.modules.property.errors import LandBusy
from banksia.modules.property.models import ImportRun, Source
from banksia.modules.property.service.importing import ImportOptions, import_addresses
from banksia.modules.property.service.importing.applying import lock_imports
from banksia.modules.property.service.imports import running
from banksia.modules.property.service.imports.receiving import options_of
from banksia.modules.property.service.searching import find_properties
from banksia.modules.property.service.statuses import lock_land

HEADER = "address,lot,plan,assessment\n"


@pytest.fixture
def transactions(live_platform: Platform, live_organisation: Council) -> Transactions:
    return Transactions(live_platform, Actor.system(live_organisation.id))


def approved(transactions: Transactions, name: str, content: str) -> uuid.UUID:
    """An import that is about to be applied."""
    stored = put_bytes(transactions, (HEADER + content).encode())
    with transactions() as session:
        source = Source(organisation_id=transactions.actor.organisation_id, name=name, format="csv")
        session.add(source)
        session.flush()
        run = ImportRun(
            id=new_id(), organisation_id=source.organisation_id, source_id=source.id, state="applying", format="csv",
            file_name=f"{name}.csv", sha256=stored.sha256, object_id=stored.id,
            options=options_of(source) | {"confirm_suspicious": True}, counts={}, report={}, started_at=utc_now(),
        )  # fmt: skip
        session.add(run)
        return run.id


def rows(street: str, count: int = 400) -> str:
    return "".join(f"{n} {street} STREET LITHGOW,{n},DP9,{n}\n" for n in range(1, count + 1))


class TestTwoImportsAtOnce:
    def test_wait_for_each_other_and_both_are_whole(self, transactions: Transactions) -> None:
        runs = [approved(transactions, name, rows(name)) for name in ("MAIN", "HIGH", "PARK", "LOFTUS")]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda run_id: running.run_apply(transactions, run_id=run_id), runs))
        with transactions() as session:
            states = session.scalars(text("SELECT state FROM property.import_runs")).all()
            assert states == ["applied"] * 4
            counted = "SELECT count(*), count(DISTINCT assessment_id) FROM property.properties WHERE valid_to IS NULL"
            assert tuple(session.execute(text(counted)).one()) == (400, 400)
            assert len(find_properties(session, "400 main")) == len(find_properties(session, "400 high")) == 1

    def test_of_the_same_run_apply_it_once(self, transactions: Transactions) -> None:
        run_id = approved(transactions, "MAIN", rows("MAIN"))
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda _: running.run_apply(transactions, run_id=run_id), range(3)))
        with transactions() as session:
            applied = "SELECT count(*) FROM audit.entries WHERE action = 'property.import_applied'"
            assert session.scalar(text(applied)) == 1

    def test_of_the_same_file_from_the_command_line_change_nothing_twice(
        self, transactions: Transactions, tmp_path: Path
    ) -> None:
        path = tmp_path / "register.csv"
        path.write_text(HEADER + rows("MAIN"), "utf-8")

        def take(_: int) -> bool:
            with transactions() as session:
                return import_addresses(session, transactions.actor, path, ImportOptions()).changed

        with ThreadPoolExecutor(3) as pool:
            assert sorted(pool.map(take, range(3))) == [False, False, True]


class TestMeanwhile:
    def test_people_search_the_old_truth_and_are_told_to_wait_with_changes(self, transactions: Transactions) -> None:
        running.run_apply(transactions, run_id=approved(transactions, "MAIN", rows("MAIN")))
        held, let_go = threading.Event(), threading.Event()

        def hold() -> None:
            with transactions() as session:
                lock_imports(session)
                held.set()
                let_go.wait(30)

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(30)
        run_id = approved(transactions, "HIGH", rows("HIGH"))
        worker = threading.Thread(target=lambda: running.run_apply(transactions, run_id=run_id))
        worker.start()
        try:
            step = "SELECT step FROM property.import_progress WHERE import_run_id = :run"
            for _ in range(300):
                with transactions() as session:
                    if session.scalar(text(step), {"run": run_id}) == "Waiting for another import to end":
                        break
                time.sleep(0.05)
            else:
                pytest.fail("the second import never said that it waits")
            with transactions() as session:
                assert len(find_properties(session, "400 main")) == 1
                assert find_properties(session, "400 high") == []
                with pytest.raises(LandBusy):
                    lock_land(session)
        finally:
            let_go.set()
            holder.join()
            worker.join()
        with transactions() as session:
            assert len(find_properties(session, "400 high")) == 1

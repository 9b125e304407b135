"""What goes away comes back, and nothing was lost: the database under running processes, the messages of the broker."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2 as httpx
import pytest
from live import Live, ask_for_mail, expect_mail, live

from banksia.kit.embedded_postgres import postgres
from banksia.kit.module import Modules
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import eventually

pytestmark = pytest.mark.slow
PROBLEM = "application/problem+json"


class TestDatabaseAway:
    @pytest.fixture
    def folder(self) -> Iterator[Path]:
        """A short path: the server's socket must be at the same place when it comes back."""
        with tempfile.TemporaryDirectory(prefix="bk-", dir="/tmp") as folder:
            yield Path(folder)

    @pytest.mark.timeout(240)  # a server is set up, stopped and started again
    def test_is_told_as_a_problem_and_heals_without_a_restart(
        self, folder: Path, modules: Modules, tmp_path: Path
    ) -> None:
        with ExitStack() as stack:
            server = stack.enter_context(ExitStack())
            databases = server.enter_context(TestDatabases.running(folder, modules))
            here = stack.enter_context(live(databases, modules, tmp_path))
            here.start("api", "worker", "beat")
            clerk = here.browser("administrator")
            expect_mail(here, ask_for_mail(clerk))
            processes = {name: process.pid for name, process in here.processes.processes.items()}

            server.close()
            self.expect_told(here, clerk)

            stack.enter_context(postgres(folder, durable=False))
            eventually(lambda: clerk.get("/api/auth/me").status_code == 200, "the API works again", seconds=15)
            assert here.readiness()["status"] == "ok"
            here.query("DELETE FROM notifications.messages")
            for mail in (tmp_path / "mail").glob("*.eml"):
                mail.unlink()
            expect_mail(here, ask_for_mail(clerk))
            assert {name: process.pid for name, process in here.processes.processes.items()} == processes
            assert all(here.processes.is_running(name) for name in processes)

    def expect_told(self, here: Live, clerk: httpx.Client) -> None:
        """Every kind of request gets a sentence for a person, and nothing of a stack."""
        with here.browser() as guest:
            for answer in (
                guest.get("/api/organisations/current"),
                clerk.get("/api/auth/me"),
                guest.post("/api/auth/login", json={"email": "a@example.org", "password": "a long password"}),
            ):
                assert (answer.status_code, answer.headers["content-type"]) == (503, PROBLEM), answer.text
                assert answer.headers["retry-after"]
                assert answer.json()["type"] == "urn:banksia:kit:unavailable"
                assert "again" in answer.json()["detail"]
                assert "psycopg" not in answer.text
            assert guest.get("/healthz").status_code == 200
            ready = guest.get("/readyz")
        assert ready.status_code == 503
        assert {name for name, state in ready.json()["parts"].items() if state != "ok"} == {"database"}


class TestBrokerMessagesLost:
    @pytest.fixture
    def here(self, databases: TestDatabases, modules: Modules, tmp_path: Path) -> Iterator[Live]:
        with live(databases, modules, tmp_path) as here:
            yield here

    def messages(self, here: Live) -> Path:
        data_dir: Path = here.platform.settings.data_dir
        return data_dir / "broker" / "messages"

    def test_the_sweeper_finds_all_of_the_work(self, here: Live) -> None:
        here.start("api")
        clerks = [here.browser("administrator") for _ in range(3)]
        addresses = [ask_for_mail(clerk) for clerk in clerks]
        lost = list(self.messages(here).iterdir())
        assert len(lost) >= len(addresses), "there was nothing to lose"
        for message in lost:
            message.unlink()
        here.start("worker", "beat")
        expect_mail(here, *addresses)
        eventually(lambda: here.waiting() == 0, "the outbox is empty")

    def test_a_broker_that_is_away_stops_no_request(self, here: Live) -> None:
        here.start("api")
        clerk = here.browser("administrator")
        folder = self.messages(here)
        shutil.rmtree(folder)
        folder.write_text("not a folder")
        address = ask_for_mail(clerk)
        told = here.readiness()
        assert told["status"] == "unavailable"
        assert {name for name, state in told["parts"].items() if state != "ok"} == {"broker"}
        folder.unlink()
        folder.mkdir()
        assert here.readiness()["status"] == "ok"
        here.start("worker", "beat")
        expect_mail(here, address)

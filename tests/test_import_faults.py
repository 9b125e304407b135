"""An import whose process is killed: the old truth stays, the work is done again, and in the end it is done once."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2 as httpx
import pytest
from live import Live, live

from banksia.foundation.audit.public import verify
from banksia.kit.kill_points import IMPORT_KILL_POINTS
from banksia.kit.module import Modules
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import eventually

pytestmark = pytest.mark.slow
ROWS = 3_000


def register(street: str, rows: int = ROWS) -> bytes:
    lines = [f"{number} {street} LITHGOW,{number},DP{len(street)}77" for number in range(1, rows + 1)]
    return ("address,lot,plan\n" + "\n".join(lines) + "\n").encode()


@dataclass
class Office:
    """The council, its administrator, and the file that is imported."""

    here: Live
    browser: httpx.Client
    street: str
    point: str
    revived: bool = False

    def ask(self, method: str, path: str, **content: Any) -> httpx.Response:
        try:
            return self.browser.request(method, path, **content)
        except httpx.TransportError:
            assert self.revive(), self.here.processes.tail("api")
            return self.browser.request(method, path, **content)

    def restart(self, **variables: str) -> None:
        for name in ("api", "worker"):
            if name in self.here.processes.processes:
                self.here.processes.kill(name)
            self.here.processes.log_of(name).unlink(missing_ok=True)
        self.here.start("api", "worker", **variables)

    def revive(self) -> bool:
        logs = [self.here.processes.log_of(name) for name in ("api", "worker")]
        said = any(f"kill point {self.point} reached" in log.read_text("utf-8") for log in logs if log.exists())
        if self.revived or not said:
            return False
        # Nobody has seen anything of an import whose transaction died, and all of one that was committed.
        if self.point == "property.import_written":
            assert self.found() == 0
        if self.point == "property.import_applied":
            assert self.found() == ROWS
        self.revived = True
        self.restart()
        return True

    def found(self) -> int:
        rows = self.here.query(
            "SELECT count(*) FROM property.addresses WHERE text LIKE %s AND valid_to IS NULL", f"%{self.street}%"
        )
        return int(rows[0][0])

    def upload(self, source_id: str) -> str:
        content = register(self.street)
        for _ in range(2):  # the upload that died is sent again
            answer = self.ask(
                "POST",
                "/api/property/imports",
                params={"source_id": source_id, "file_name": "july.csv"},
                headers={"X-Content-SHA256": hashlib.sha256(content).hexdigest()},
                content=content,
            )
            if answer.status_code == 201:
                return str(answer.json()["id"])
        raise AssertionError(answer.text)

    def until(self, run_id: str, state: str) -> dict[str, Any]:
        run: dict[str, Any] = {}

        def reached() -> bool:
            self.revive()
            run.update(self.ask("GET", f"/api/property/imports/{run_id}").json())
            assert run["state"] != "failed", run["failure"]
            return bool(run["state"] == state)

        eventually(
            reached, f"{self.point}: {state}", seconds=90, every=0.1, why_not=lambda: self.here.processes.tail("worker")
        )
        return run

    def do(self, run_id: str, action: str, state: str, **wish: Any) -> dict[str, Any]:
        answer = self.ask("POST", f"/api/property/imports/{run_id}/{action}", json=wish)
        assert answer.status_code == 200, answer.text
        return self.until(run_id, state)


@pytest.fixture(scope="module")
def town(databases: TestDatabases, modules: Modules, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(databases, modules, tmp_path_factory.mktemp("imports")) as here:
        here.start("beat")
        yield here


def office_of(town: Live, point: str) -> Office:
    name = point.rsplit(".", 1)[-1].replace("_", " ").upper()
    return Office(town, town.browser("administrator"), f"{name} STREET", point)


@pytest.mark.parametrize("point", IMPORT_KILL_POINTS)
def test_a_process_killed_there_leaves_the_old_truth_and_the_import_is_done_once(town: Live, point: str) -> None:
    office = office_of(town, point)
    office.restart(BANKSIA_KILL_POINT=point)
    made = office.ask("POST", "/api/property/sources", json={"name": office.street, "format": "csv"})
    assert made.status_code == 201, made.text
    run_id = office.upload(made.json()["id"])
    assert office.do(run_id, "check", "checked")["counts"]["addresses_new"] == ROWS
    assert office.found() == 0
    run = office.do(run_id, "apply", "applied")
    assert (run["counts"]["addresses_new"], office.found()) == (ROWS, ROWS)
    office.do(run_id, "revert", "reverted")
    assert office.found() == 0
    assert office.revived, f"nothing ever reached {point}"
    eventually(lambda: town.waiting() == 0, "the outbox is empty", seconds=60)
    assert town.query("SELECT name, last_error FROM events.outbox WHERE status = 'dead'") == []
    done = "SELECT action, count(*) FROM audit.entries WHERE subject_id = %s GROUP BY action HAVING count(*) > 1"
    assert town.query(done, run_id) == []
    with town.platform.database.session(town.organisation_id) as session:
        assert verify(session, town.organisation_id).broken_at is None


def test_a_worker_killed_somewhere_in_the_middle_leaves_the_old_truth(town: Live) -> None:
    office = office_of(town, "in the middle")
    office.restart()
    made = office.ask("POST", "/api/property/sources", json={"name": office.street, "format": "csv"})
    run_id = office.upload(made.json()["id"])
    office.do(run_id, "check", "checked")
    answer = office.ask("POST", f"/api/property/imports/{run_id}/apply", json={})
    assert answer.status_code == 200, answer.text
    progress = "SELECT step FROM property.import_progress WHERE import_run_id = %s AND step LIKE %s"
    eventually(lambda: bool(town.query(progress, run_id, "Linking%")), "the import is in its midst", every=0.01)
    town.processes.kill("worker")
    assert office.found() in (0, ROWS)  # all or nothing, whichever was faster
    town.start("worker")
    office.until(run_id, "applied")
    assert office.found() == ROWS

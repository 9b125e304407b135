"""Conformance: every built-in module and both examples keep the contract, and what breaks it is told what to do."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import typer

from banksia.cli.conformance import check_one
from banksia.cli.new_module.writing import words_for, write
from banksia.kit.module import Module, Modules, discover
from banksia.kit.ports import free_port
from banksia.kit.tether import dies_with_parent
from banksia.testing.conformance import CHECKS, Ground, Report, StandInCouncil, check_installed, check_remote
from banksia.testing.conformance.ground import proving_ground
from banksia.testing.conformance.pages import Browser, node_of_this_machine
from banksia.testing.conformance.stage import Answer, Asked, served
from banksia.testing.conformance.targets import running_module
from banksia.testing.databases import LENT, TestDatabases

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
ENVIRONMENT_OF_TESTS = ("BANKSIA_", "PYTEST_")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ground(modules: Modules, databases: TestDatabases) -> Iterator[Ground]:
    with proving_ground(modules, databases) as ground:
        yield ground


@pytest.fixture(scope="module")
def browser() -> Browser:
    return Browser.find()


@pytest.fixture(scope="module")
def shell_browser(browser: Browser) -> Browser:
    """The browser, when the built pages of Banksia are as new as what they are built from."""
    built = ROOT / "web" / "dist" / "index.html"
    sources = (path for folder in ("web/shell", "web/kit", "banksia") for path in (ROOT / folder).rglob("*.ts*"))
    newest = max(path.stat().st_mtime for path in sources if "node_modules" not in path.parts)
    if built.is_file() and built.stat().st_mtime < newest:
        return Browser.none("The built pages are older than their sources. Run `make build`.")
    return browser


@dataclass
class Checked:
    """What `banksia check` said."""

    status: int
    said: str

    def lines(self, check: str) -> list[str]:
        return re.findall(rf"^✗ {check}: (.*)$", self.said, re.MULTILINE)


def banksia_check(databases: TestDatabases, *arguments: str, cwd: Path = ROOT) -> Checked:
    """Run the command in a process of its own, which borrows our database server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ENVIRONMENT_OF_TESTS)}
    ran = subprocess.run(
        [sys.executable, "-m", "banksia", "check", *arguments],
        env=kept
        | {LENT: str(databases.server.socket_dir), "BANKSIA_DATA_DIR": str(cwd / ".banksia"), "COLUMNS": "200"},
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=110,
        check=False,
    )
    return Checked(ran.returncode, ran.stdout)


class TestBuiltIn:
    @pytest.mark.parametrize("module", list(discover()), ids=lambda module: module.name)
    def test_keeps_the_contract(self, ground: Ground, shell_browser: Browser, module: Module) -> None:
        report = check_installed(ground, module, shell_browser)
        assert report.failures == []
        assert list(dict.fromkeys(each.check for each in report.findings)) == list(CHECKS)


class TestExamples:
    def test_the_one_in_python_keeps_the_contract(self, databases: TestDatabases, tmp_path: Path) -> None:
        checked = banksia_check(databases, str(EXAMPLES / "trees-python"), cwd=tmp_path)
        assert checked.status == 0, checked.said
        assert "✓ identity" in checked.said

    def test_the_one_in_node_keeps_the_contract(self, modules: Modules, browser: Browser) -> None:
        with running_module(EXAMPLES / "bookings-node") as running:
            report = check_remote(modules, running.url, running.council, browser)
        assert report.failures == []
        assert list(dict.fromkeys(each.check for each in report.findings)) == list(CHECKS)


PAGE = """
export const contract = 1
export function mount(element, context) {
  element.innerHTML = '<h1>Rude</h1><img src="data:,"><input>'
  context.onPathChange(() => undefined)
  return { unmount() { throw new Error('never') } }
}
"""
STAFF = {"audience": "staff", "permission": "rude.things.read"}


@dataclass
class Rude:
    """A remote module that lets everybody in, counts events twice, and leaves its page lying about."""

    manifest: dict[str, Any] = field(
        default_factory=lambda: {
            "protocol": 1,
            "id": "rude",
            "title": "Rude",
            "version": "1.0.0",
            "kind": "workflow",
            "publisher": {"name": "Nobody"},
            "requires": [{"module": "property", "version": ">=9"}, {"module": "unicorns"}],
            "permissions": [{"name": "rude.things.read", "title": "Read things", "roles": ["administrator"]}],
            "routes": [
                {"path": "/things", "methods": ["GET"], **STAFF},
                {"path": "/none", "methods": ["GET"], **STAFF},
            ],
            "pages": {"script": "/page.js", "navigation": [{"label": "Rude", "to": "/rude/staff"}]},
            "events": {"hears": ["property.address_changed", "property.never_said"]},
        }
    )
    events: int = 0

    def __call__(self, asked: Asked) -> Answer:
        found = {
            "/rude/.well-known/banksia/meta.json": json.dumps(self.manifest),
            "/rude/pages/page.js": PAGE,
            "/rude/api/things": json.dumps({"events": self.events}),
        }
        if asked.path == "/rude/events":
            self.events += 1
            return Answer(200)
        if asked.path not in found:
            return Answer(500)
        kind = "text/javascript" if asked.path.endswith(".js") else "application/json"
        return Answer(200, found[asked.path].encode(), {"Content-Type": kind})


class TestBrokenRemote:
    def check(self, modules: Modules, module: Rude, browser: Browser | None = None) -> dict[str, list[str]]:
        """The failures by check."""
        council = StandInCouncil.for_module("rude")
        with served(module) as url, council.publishing():
            report = check_remote(modules, f"{url}/rude", council, browser)
        return failures_of(report)

    def test_is_told_all_that_is_wrong_and_what_to_do(self, modules: Modules, browser: Browser) -> None:
        found = self.check(modules, Rude(), browser)
        said = {check: " ".join(problems) for check, problems in found.items()}
        assert "Install that, or widen the range." in said["dependencies"]
        assert "unicorns, which is not installed here. Install it" in said["dependencies"]
        assert "property.never_said, which property does not emit" in said["dependencies"]
        assert "GET /none is declared and answers 500. Serve it" in said["routes"]
        for stranger in (
            "no token",
            "expired",
            "another module",
            "another key signed",
            "nobody signed",
            "changed after",
        ):
            assert stranger in said["identity"], stranger
        assert "without a signature. Answer 401." in said["events"]
        assert "an hour's delay" in said["events"]
        assert "changed more when it came a second time. Keep each webhook-id" in said["events"]
        assert "Answer 200 there while all is well" in said["health"]
        if not browser.missing:
            assert "unmount() threw" in said["pages"]
            assert "something of it is left" in said["pages"]
            assert "it still listens" in said["pages"]
            assert "image-alt" in said["accessibility"]

    def test_with_names_of_others_is_refused_by_its_manifest(self, modules: Modules) -> None:
        module = Rude()
        module.manifest["permissions"].append({"name": "property.mine.read", "title": "Mine", "roles": []})
        assert "must begin with" in self.check(modules, module)["names"][0]

    def test_with_a_route_for_staff_and_no_permission_is_refused(self, modules: Modules) -> None:
        module = Rude()
        module.manifest["routes"][0].pop("permission")
        [problem] = self.check(modules, module)["manifest"]
        assert problem == "routes: /things is for staff and names no permission. Give it one."

    def test_that_does_not_answer_is_told_to_start(self, modules: Modules) -> None:
        report = check_remote(modules, f"http://127.0.0.1:{free_port()}/rude")
        assert "Start the module, and check its address." in failures_of(report)["manifest"][0]


def failures_of(report: Report) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in report.findings:
        if each.outcome == "failed":
            found.setdefault(each.check, []).append(each.text)
    return found


class TestBrokenPython:
    """A generated module after somebody has been at it."""

    def break_it(self, folder: Path) -> None:
        write(folder, ("python", "truth"), words_for("ferns", "Ferns", "truth"))
        package = folder / "banksia_ferns"
        [migration] = package.joinpath("migrations").glob("*.py")
        change(
            migration,
            "    op.create_index(",
            '    op.execute("CREATE TABLE property.ferns (id integer)")\n    op.create_index(',
            1,
        )
        change(migration, 'op.f("ix_records_organisation_id_id")', 'op.f("ix_records_of_another_name")', 1)
        change(package / "permissions.py", '"ferns.records.keep"', '"fern.records.keep"', 1)
        change(package / "routes.py", '    """Put a record into the register."""\n', "", 1)
        change(package / "module.py", "    permissions=permissions.ALL,", "    permissions=permissions.ALL[:1],", 1)
        change(package / "module.py", 'description="Ferns: what', 'description="Ferns, what', 1)
        change(package / "module.py", 'and from where.",', 'and from where",', 1)
        change(package / "web" / "page.js", "      sheet.remove()\n", "", 1)
        change(package / "web" / "page.js", "make('h1', {}, 'Ferns'),", "make('h1', {}, 'Ferns'), make('img'),", 1)

    def test_is_told_all_that_is_wrong(self, databases: TestDatabases, browser: Browser, tmp_path: Path) -> None:
        self.break_it(tmp_path)
        checked = banksia_check(databases, ".", cwd=tmp_path)
        assert checked.status == 1, checked.said
        assert "Give it a description" in checked.lines("manifest")[0], checked.said
        assert any("fern.records.keep, which no module registers" in each for each in checked.lines("routes"))
        assert any("says nothing of itself" in each for each in checked.lines("routes"))
        outside, *drift = checked.lines("migrations")
        assert "touch the table ferns in the schema “property”" in outside
        assert any("index" in each for each in drift)
        if not browser.missing:
            assert "something of it is left" in checked.lines("pages")[0]
            assert "image-alt" in checked.lines("accessibility")[0]


def change(path: Path, old: str, new: str, times: int) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, times), "utf-8")


class TestCommand:
    def test_plays_a_council_that_a_running_module_reads(
        self, modules: Modules, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write(tmp_path, ("remote",), words_for("signs", "Signs", "truth"))
        councils, port = tmp_path / "check.json", free_port()
        with pytest.raises(typer.Exit):
            check_one(modules, f"http://127.0.0.1:{port}/signs", councils)
        assert "Let the module read it, and check again." in " ".join(capsys.readouterr().out.split())
        node = node_of_this_machine()
        assert node is not None
        variables = {"PORT": str(port), "BANKSIA_COUNCILS": str(councils), "DATA_DIR": str(tmp_path / "data")}
        with subprocess.Popen(  # it ends with the block, and with us
            [node, "server.js"],
            cwd=tmp_path,
            env=os.environ | variables,
            stdout=subprocess.PIPE,
            preexec_fn=dies_with_parent(signal.SIGKILL),  # noqa: PLW1509  (a run ended by force leaves none)
        ) as process:
            assert process.stdout is not None
            assert b"Signs" in process.stdout.readline()
            assert check_one(modules, f"http://127.0.0.1:{port}/signs", councils)
            assert "✓ identity: It refuses 10 kinds of false identity." in capsys.readouterr().out
            assert check_one(modules, f"http://127.0.0.1:{port}/signs", None)
            assert "– events: It was asked as nobody" in capsys.readouterr().out
            process.terminate()

    def test_says_what_is_no_module(self, modules: Modules, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for target, words in ((str(tmp_path), "is no module"), ("nowhere", "There is no folder nowhere")):
            with pytest.raises(typer.Exit):
                check_one(modules, target, None)
            assert words in " ".join(capsys.readouterr().out.split())

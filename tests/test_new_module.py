"""A module that `banksia new-module` wrote works at once; the guide's commands take a newcomer to an installed one."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from live import HOST
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from banksia.app import create_platform
from banksia.cli.building import build
from banksia.foundation.auth.public import create_user
from banksia.foundation.organisations.public import create_organisation
from banksia.kit.actor import Actor
from banksia.kit.module import Modules
from banksia.kit.ports import free_port
from banksia.kit.settings import Settings
from banksia.testing.databases import LENT, TestDatabases
from banksia.testing.processes import installation, variables_of

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "guides" / "write-a-module.md"
ADMINISTRATOR, PASSWORD = "admin@bluehills.example", "banksia-demo"
SECONDS = 240
pytestmark = [pytest.mark.slow, pytest.mark.timeout(2 * SECONDS)]


@dataclass
class Newcomer:
    """A Python environment of its own that sees all of ours, so that what is installed there does not stay here."""

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> "Newcomer":
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
        ours, newcomer = sysconfig.get_path("purelib"), cls(folder)
        newcomer.site.joinpath("checkout.pth").write_text(f"import site; site.addsitedir({ours!r})\n", "utf-8")
        command = folder / "venv" / "bin" / "banksia"
        command.write_text('#!/bin/sh\nexec python -m banksia "$@"\n', "utf-8")
        command.chmod(0o755)
        return newcomer

    @property
    def site(self) -> Path:
        [found] = self.folder.glob("venv/lib/python*/site-packages")
        return found

    def run(self, script: str, **variables: str) -> str:
        """Run commands as somebody types them; each must succeed. What goes on in the background is ended."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("BANKSIA_", "PYTEST_"))}
        path = os.pathsep.join((str(self.folder / "venv" / "bin"), kept["PATH"]))
        quiet = {"PIP_ROOT_USER_ACTION": "ignore", "PIP_NO_INDEX": "1", "COLUMNS": "200"}
        process = subprocess.Popen(
            [shutil.which("bash") or "bash", "-euo", "pipefail", "-c", script],
            cwd=self.folder,
            env=kept | quiet | variables | {"PATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            said, _ = process.communicate(timeout=SECONDS)
        finally:
            with contextlib.suppress(ProcessLookupError):  # a server that the script left in the background
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        assert process.returncode == 0, said[-6000:]
        return said


@dataclass
class Council:
    """A council that was there before the module, on a database of its own."""

    settings: Settings
    port: int

    @property
    def url(self) -> str:
        return self.settings.public_url


@pytest.fixture
def council(databases: TestDatabases, modules: Modules, tmp_path: Path) -> Iterator[Council]:
    name, port = databases.create(), free_port()
    settings = databases.settings(tmp_path, name).model_copy(update={"public_url": f"http://{HOST}:{port}"})
    platform = create_platform(settings, modules)
    platform.bell = lambda _organisation_id, _outbox_id: None
    organisation_id = create_organisation(platform, slug="bluehills", name="Blue Hills", hosts=[HOST])
    with platform.database.session(organisation_id) as session:
        create_user(
            session,
            Actor.system(organisation_id),
            email=ADMINISTRATOR,
            name="Administrator",
            kind="staff",
            roles=["administrator"],
            password=PASSWORD,
            verified=True,
        )
    assert isinstance(platform.database.bind, Engine)
    platform.database.bind.dispose()
    yield Council(settings, port)
    databases.drop(name)


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    return Newcomer.at(tmp_path)


def lent(databases: TestDatabases) -> dict[str, str]:
    """Let the tests and checks of a generated module borrow our database server."""
    return {LENT: str(databases.server.socket_dir)}


def commands_of(section: str) -> list[str]:
    """The blocks of commands in a section of the guide."""
    [text] = re.findall(rf"^## {section}$(.*?)(?=^## )", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    found: list[str] = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return found


class TestGuide:
    def test_its_commands_lead_to_two_installed_modules(
        self, newcomer: Newcomer, council: Council, databases: TestDatabases
    ) -> None:
        *making, migrating, connecting = commands_of("In Python")
        variables, remote_port = variables_of(council.settings), str(free_port())
        said = newcomer.run("\n".join((*making, migrating)), **variables, **lent(databases))
        assert "8 passed" in said
        assert "trees: nothing wrong" in said
        assert "banksia_trees" in said
        script = "\n".join((f"cd {newcomer.folder / 'trees'}", connecting, *commands_of("In Node")))
        for known, ours in (("http://localhost:8000", council.url), ("8090", remote_port)):
            assert known in script
            script = script.replace(known, ours)
        with installation(newcomer.folder, council.settings, newcomer.site, newcomer.folder / "trees") as processes:
            processes.serve(council.port)
            said = newcomer.run(script, PORT=remote_port, **variables, **lent(databases))
        # As Node 20 counts into a pipe, or as those after 22 do.
        assert re.search(r"^[#\u2139] fail 0$", said, re.MULTILINE), said
        assert "signs: nothing wrong" in said
        assert said.endswith('{"results":[]}'), said
        assert '{"results":[],"next_cursor":null}' in said


class TestWorkflow:
    def test_passes_its_tests_and_the_check_at_once(self, newcomer: Newcomer, databases: TestDatabases) -> None:
        commands = "banksia new-module hall_keys; cd hall_keys; make test; banksia check ."
        said = newcomer.run(commands, BANKSIA_DATA_DIR=str(newcomer.folder), **lent(databases))
        assert "9 passed" in said
        assert "hall_keys: nothing wrong" in said


class TestNewModule:
    @pytest.fixture
    def command(self, modules: Modules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
        monkeypatch.chdir(tmp_path)
        root, runner = build(modules), CliRunner()
        return lambda *arguments: runner.invoke(root, ["new-module", *arguments])

    @pytest.mark.parametrize("kind", ["truth", "workflow"])
    def test_writes_python_that_the_linter_has_nothing_against(
        self, command: Callable[..., Result], kind: str, tmp_path: Path
    ) -> None:
        assert command("trees", "--kind", kind, "--title", "Children's trees").exit_code == 0
        assert "@" not in (tmp_path / "trees" / "banksia_trees" / "module.py").read_text("utf-8")
        for arguments in (["check"], ["format", "--check"]):
            ran = subprocess.run(
                [sys.executable, "-m", "ruff", *arguments, "trees"], capture_output=True, text=True, check=False
            )
            assert ran.returncode == 0, ran.stdout

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("Trees",), "cannot be a module's name"),
            (("9trees",), "cannot be a module's name"),
            (("api",), "is reserved"),
            (("pg_trees",), "is reserved"),
            (("property",), "is installed here already"),
            (("trees", "--title", 'The "old" ones'), "without quotation marks"),
        ],
    )
    def test_refuses_what_could_not_work(
        self, command: Callable[..., Result], arguments: tuple[str, ...], words: str, tmp_path: Path
    ) -> None:
        refused = command(*arguments)
        assert refused.exit_code == 2
        assert words in " ".join(refused.output.split())
        assert list(tmp_path.iterdir()) == []

    def test_writes_over_nothing(self, command: Callable[..., Result], tmp_path: Path) -> None:
        kept = tmp_path / "trees" / "mine.txt"
        kept.parent.mkdir()
        kept.write_text("mine", "utf-8")
        assert command("trees", "--remote").exit_code == 2
        assert list(kept.parent.iterdir()) == [kept]


class TestWheel:
    def test_holds_the_templates_and_what_the_check_runs(self, tmp_path: Path) -> None:
        build_it = "import sys, poetry.core.masonry.api as api; print(api.build_wheel(sys.argv[1]))"
        ran = subprocess.run(
            [sys.executable, "-c", build_it, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        [wheel] = tmp_path.glob("*.whl")
        held = set(zipfile.ZipFile(wheel).namelist())
        folders = (ROOT / "banksia" / "cli" / "new_module" / "templates", ROOT / "banksia" / "testing" / "conformance")
        needed = {
            str(path.relative_to(ROOT))
            for folder in folders
            for path in folder.rglob("*")
            if path.suffix in (".tmpl", ".js", ".mjs")
        }
        assert len(needed) > 40
        assert needed - held == set()

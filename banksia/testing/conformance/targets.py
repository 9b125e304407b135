"""What `banksia check` was given: an installed module's name, the folder of one, or the address of a remote one."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2 as httpx

from banksia.kit.manifest import PATH
from banksia.kit.module import ENTRY_POINT_GROUP, Module, Modules, load
from banksia.kit.ports import free_port
from banksia.kit.tether import dies_with_parent
from banksia.testing.conformance.council import StandInCouncil
from banksia.testing.conformance.pages import node_of_this_machine
from banksia.testing.processes import eventually


class NotAModule(Exception):  # noqa: N818  (it is told to the developer)
    """There is no module where we were told to look; the text says what to do."""


@dataclass(frozen=True)
class Running:
    """A remote module that runs for the check, and the council that it knows."""

    url: str
    council: StandInCouncil


def module_in(folder: Path, modules: Modules) -> Module:
    """The Python module of a folder, installed or not; raises NotAModule and BrokenModule."""
    name, value = _entry_of(folder)
    package = value.partition(":")[0].partition(".")[0]
    installed = modules.get(name)
    if installed is not None and not _lies_in(installed, folder):
        message = f"A module called “{name}” is installed from elsewhere. Uninstall it, or give this one another name."
        raise NotAModule(message)
    if installed is not None:
        return installed
    if not folder.joinpath(package).is_dir():
        message = f"{folder} has no package {package}, which pyproject.toml names. Correct the entry point “{name}”."
        raise NotAModule(message)
    sys.path.insert(0, str(folder.resolve()))
    return load(EntryPoint(name, value, ENTRY_POINT_GROUP))


def _entry_of(folder: Path) -> tuple[str, str]:
    project = folder / "pyproject.toml"
    entries = tomllib.loads(project.read_text("utf-8")).get("project", {}).get("entry-points", {})
    found: dict[str, str] = entries.get(ENTRY_POINT_GROUP, {})
    if len(found) != 1:
        message = f'{project} names {len(found)} modules. Name one under [project.entry-points."{ENTRY_POINT_GROUP}"].'
        raise NotAModule(message)
    return next(iter(found.items()))


def _lies_in(module: Module, folder: Path) -> bool:
    return Path(str(module.folder(""))).resolve().is_relative_to(folder.resolve())


def is_remote(folder: Path) -> bool:
    """Whether a folder holds a remote module; raises NotAModule when it holds none at all."""
    if folder.joinpath("pyproject.toml").is_file():
        return False
    if folder.joinpath("package.json").is_file() and folder.joinpath("manifest.json").is_file():
        return True
    message = (
        f"{folder} is no module: it has neither pyproject.toml nor package.json with manifest.json. Name the folder of"
        " one, an installed module, or the address of a remote one that runs."
    )
    raise NotAModule(message)


@contextmanager
def running_module(folder: Path) -> Iterator[Running]:
    """Start the remote module of a folder for a council of its own, with its data in a folder that is thrown away.

    The script `conformance` of package.json starts it, else `start`, with the variables below; raises NotAModule.
    """
    manifest = json.loads(folder.joinpath("manifest.json").read_text("utf-8"))
    scripts = json.loads(folder.joinpath("package.json").read_text("utf-8")).get("scripts", {})
    script = scripts.get("conformance") or scripts.get("start")
    node = node_of_this_machine()
    if not script or node is None:
        message = (
            "package.json has no script “start”. Add one."
            if node
            else "There is no Node here. Install Node 20 or later."
        )
        raise NotAModule(message)
    name = str(manifest.get("id", ""))
    council, port = StandInCouncil.for_module(name), free_port()
    with TemporaryDirectory(prefix="banksia-conformance-", ignore_cleanup_errors=True) as data, council.publishing():
        variables = _variables(Path(data), port, council)
        path = os.pathsep.join((str(Path(node).parent), os.environ.get("PATH", "")))
        log = Path(data) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                ["/bin/sh", "-c", script],
                cwd=folder,
                env=os.environ | variables | {"PATH": path},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509  (a check ended by force leaves no server)
            )
        try:
            url = f"http://127.0.0.1:{port}/{name}"
            _wait(url, process, log)
            yield Running(url, council)
        finally:
            _end(process)


def _variables(data: Path, port: int, council: StandInCouncil) -> dict[str, str]:
    """What a module's start is told: where to listen, where to keep things, and of which council."""
    councils = data / "councils.json"
    councils.write_text(json.dumps([council.configuration]), encoding="utf-8")
    own = {f"BANKSIA_{name.upper()}": value for name, value in council.configuration.items()}
    return {
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "DATA_DIR": str(data / "data"),
        "BANKSIA_COUNCILS": str(councils),
        **own,
    }


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    def answers() -> bool:
        if process.poll() is not None:
            said = log.read_text("utf-8", errors="replace").strip()[-1000:]
            message = f"The module ended instead of starting. It must listen on the port in PORT. It said: {said}"
            raise NotAModule(message)
        try:
            return httpx.get(url + PATH, timeout=5, trust_env=False).status_code > 0
        except httpx.TransportError:
            return False

    try:
        eventually(answers, f"{url} answers", seconds=20)
    except AssertionError:
        message = f"The module does not answer at {url}. It must listen on the port in PORT, on HOST."
        raise NotAModule(message) from None


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=10)
    except ProcessLookupError:
        process.wait()
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

"""How long the API takes from its start to its first answer, and what each page asks first, with 30 more modules."""

import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2 as httpx

from banksia.cli.new_module.writing import words_for, write
from banksia.foundation.connections.tests.gateway_factories import make_connection
from banksia.foundation.organisations.public import create_organisation
from banksia.kit.platform import Platform
from banksia.kit.ports import free_port
from banksia.testing.processes import Installation, installation
from bench.measuring import Bench, Row, timed
from bench.own_database import own_database

TITLE = "Starting"
MODULES, QUICK_MODULES = 30, 3
STARTS, QUICK_STARTS, ASKED = 5, 2, 200
LIST = "/api/modules"


def measure(bench: Bench) -> Iterator[Row]:
    """Start by start in turn, so that a slow minute falls on all alike."""
    modules, starts = (QUICK_MODULES, QUICK_STARTS) if bench.quick else (MODULES, STARTS)
    with _installations(bench, modules) as ways:
        seconds: dict[str, list[float]] = {what: [] for what in ways}
        asked: dict[str, list[float]] = {}
        for number in range(starts + 1):
            for what, running in ways.items():
                began = time.perf_counter()
                url = running.serve(free_port())
                if number:  # the first writes what Python keeps of its sources
                    seconds[what].append(time.perf_counter() - began)
                if number == starts:
                    asked[what] = _asked(url)
                running.kill("api")
    for what in ways:
        yield Row.of_samples(f"from its start to its first answer, {what}", seconds[what], size=f"{starts} starts")
        yield Row.of_samples(f"GET {LIST} of a guest, {what}", asked[what], size="one client")


def _asked(url: str) -> list[float]:
    with httpx.Client(base_url=url, trust_env=False) as client:
        return timed(lambda: client.get(LIST).raise_for_status(), ASKED)


@contextmanager
def _installations(bench: Bench, modules: int) -> Iterator[dict[str, Installation]]:
    """The same product three times: alone, with modules installed beside it, and with modules connected to it."""
    with ExitStack() as stack:
        ways = {}
        for name, what in (
            ("alone", "built-in modules alone"),
            ("installed", f"{modules} Python modules installed"),
            ("connected", f"{modules} modules connected"),
        ):
            platform = stack.enter_context(own_database(bench, f"banksia_starting_{name}"))
            council = create_organisation(platform, slug="bluehills", name="Blue Hills", hosts=["127.0.0.1"])
            folder = bench.folder / f"starting-{name}"
            folder.mkdir()
            paths = (_site(folder / "site", modules),) if name == "installed" else ()
            running = stack.enter_context(installation(folder, platform.settings, *paths))
            if name == "installed":
                _migrate(running)
            if name == "connected":
                _connect(platform, council, modules)
            ways[what] = running
        yield ways


def _site(site: Path, modules: int) -> Path:
    """A folder of modules as `pip` leaves it, each what `banksia new-module` writes."""
    for number in range(modules):
        name = f"bench_{number}"
        write(site, ("python", "workflow"), words_for(name, f"Bench {number}", "workflow"))
        about = site / f"banksia_{name}-0.1.0.dist-info"
        about.mkdir()
        about.joinpath("METADATA").write_text(f"Metadata-Version: 2.1\nName: banksia-{name}\nVersion: 0.1.0\n", "utf-8")
        entry = f"[banksia.modules]\n{name} = banksia_{name}.module:module\n"
        about.joinpath("entry_points.txt").write_text(entry, "utf-8")
    return site


def _migrate(running: Installation) -> None:
    done = running.run("migrate")
    if done.returncode:
        raise RuntimeError(done.stdout)


def _connect(platform: Platform, council: uuid.UUID, modules: int) -> None:
    with platform.database.session(council) as session:
        for number in range(modules):
            name = f"bench_{number}"
            make_connection(session, "http://127.0.0.1:9", id=name, title=f"Bench {number}", permissions=[], routes=[])

"""`python -m bench [--quick] [--only PART,PART]`: measures everything in one run and prints one table."""

import argparse
import importlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from rich.console import Console

from banksia.app import create_platform
from banksia.foundation.organisations.public import create_organisation
from banksia.kit.module import discover
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import installation
from bench.machine import describe_machine
from bench.measuring import Bench, Row
from bench.report import PAGE, show, write_page

PARTS = (
    "property_import",
    "property_quality",
    "property_search",
    "orders",
    "certificates",
    "memory",
    "starting",
    "pages",
    "rush",
    "payments",
    "gateway",
    "connections_events",
    "files_upload",
    "files_reading",
    "files_loading",
    "files_browser",
    "files_scale",
    "certificates_scale",
    "property_scale",
)


def main() -> None:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, for a look in a minute; writes no page")
    parser.add_argument("--only", default="", help=f"some of {', '.join(PARTS)}; the page keeps the others")
    given = parser.parse_args()
    wanted = [name for name in given.only.split(",") if name] or list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"there is no part called {', '.join(sorted(unknown))}")
    console = Console(width=None if sys.stdout.isatty() else 160)
    rows: list[tuple[str, Row]] = []
    titles = [load(name).TITLE for name in PARTS]
    measured: set[str] = set()
    failed = False
    with running(quick=given.quick) as bench:
        machine = list(describe_machine(bench.server))
        for name in wanted:
            part = load(name)
            measured.add(part.TITLE)
            try:
                for found in _measure(part, bench, console):
                    rows.append(found)
                    # After each row: the whole takes an hour, and what was measured stands when it is interrupted.
                    if not given.quick:
                        write_page(rows, machine, parts=titles, measured=measured)
            except Exception:  # noqa: BLE001  (the other parts can be measured all the same)
                console.print_exception()
                failed = True
    show(console, rows)
    if not given.quick:
        console.print(f"\nWritten to {PAGE.relative_to(PAGE.parents[2])}.")
    if failed:
        sys.exit("A part could not be measured to its end; see above.")


def load(name: str) -> ModuleType:
    """One part of the bench."""
    if find_spec(f"bench.{name}") is None:
        message = f"bench/{name}.py is missing."
        raise SystemExit(message)
    return importlib.import_module(f"bench.{name}")


def _measure(part: ModuleType, bench: Bench, console: Console) -> Iterator[tuple[str, Row]]:
    with console.status(f"{part.TITLE} …"):
        for row in part.measure(bench):
            yield part.TITLE, row
    for name in list(bench.installation.processes):
        bench.installation.kill(name)


@contextmanager
def running(*, quick: bool) -> Iterator[Bench]:
    """PostgreSQL as it is set up in production, durable, with one council; all of it is removed at the end."""
    data = os.environ.get("BANKSIA_BENCH_DATA")
    modules = discover()
    with tempfile.TemporaryDirectory(prefix="banksia-bench-") as name:
        folder = Path(name)
        with TestDatabases.running(folder / "postgres", modules, durable=True) as databases:
            settings = databases.settings(folder, databases.create("banksia_bench"))
            platform = create_platform(settings, modules)
            platform.bell = lambda _organisation_id, _outbox_id: None
            council = create_organisation(
                platform, slug="bluehills", name="Blue Hills", hosts=["127.0.0.1", "localhost"]
            )
            with installation(folder, settings) as processes:
                yield Bench(
                    quick,
                    folder,
                    databases.server,
                    settings,
                    platform,
                    council,
                    processes,
                    Path(data) if data else None,
                )


if __name__ == "__main__":
    main()

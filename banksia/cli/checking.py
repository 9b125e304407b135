"""`banksia check`: the installation's modules against their contract, or one module's conformance."""

import logging
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console

from banksia.app import create_app
from banksia.demo.embedded import embedded_default
from banksia.kit import checks
from banksia.kit.database import make_engine
from banksia.kit.platform import Platform, make_platform
from banksia.kit.settings import Settings

console = Console()
Target = Annotated[
    str | None, typer.Argument(metavar="[PATH-or-URL]", help="A module: its folder, its address, or its name.")
]
Council = Annotated[
    Path | None,
    typer.Option(
        help="For an address: a file of councils that the module reads too. The first is played by the check."
    ),
]


def check(context: typer.Context, target: Target = None, council: Council = None) -> None:
    """Check every module against the contract, or one module in every way; exits with 1 and says what is wrong."""
    if target is None:
        context.with_resource(embedded_default())
        _check_all(make_platform(Settings(), context.obj.modules))
        return
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        from banksia.cli import conformance  # noqa: PLC0415  (it needs the tools of tests)
    except ModuleNotFoundError as missing:
        console.print(f"This check needs the package {missing.name}. Install it, and check again.", markup=False)
        raise typer.Exit(2) from missing
    if not conformance.check_one(context.obj.modules, target, council):
        raise typer.Exit(1)


def _check_all(platform: Platform) -> None:
    problems = checks.check(platform.modules, create_app(platform=platform))
    engine = make_engine(platform.settings, owner=True)
    differing, behind = checks.compare(engine, platform.modules)
    engine.dispose()
    for problem in (*problems, *differing):
        console.print(f"[bold red]✗[/] {problem}", soft_wrap=True)
    if problems or differing:
        raise typer.Exit(1)
    if behind:
        console.print(f"Not migrated yet, so their tables were not compared: {', '.join(behind)}.")
    console.print(f"{sum(1 for _ in platform.modules)} modules checked, nothing wrong.")

"""`banksia demo`: the supervisor, and the parts of it that only a demo has."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from banksia.demo import run
from banksia.demo.embedded import default_data_dir

demo = typer.Typer(help="Run everything on this machine with the demo's two councils.", invoke_without_command=True)


@demo.callback()
def run_demo(
    context: typer.Context,
    port: Annotated[int, typer.Option(envvar="BANKSIA_PORT", max=65535, help="The port; 0 takes any free one.")] = 8000,
    data_dir: Annotated[
        Path | None, typer.Option(envvar="BANKSIA_DATA_DIR", help="Where the embedded parts keep their data.")
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Throw the demo's data away first.")] = False,
    stop_with_parent: Annotated[bool, typer.Option("--stop-with-parent", hidden=True)] = False,
) -> None:
    """Start PostgreSQL, the payment page, the API, the worker and the clock, and print where they are."""
    if context.invoked_subcommand is None:
        folder = data_dir or default_data_dir()
        sys.exit(run.run(port=port, data_dir=folder, reset=reset, stop_with_parent=stop_with_parent))


@demo.command()
def prepare() -> None:
    """Migrate the database and bring the demo's councils when they are missing."""
    from banksia.demo.seeding import prepare_demo  # noqa: PLC0415  (all modules, which the supervisor does without)

    prepare_demo()


@demo.command("fake-stripe")
def fake_stripe(port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]) -> None:
    """Serve the demo's payment page."""
    Granian(
        "banksia.demo.fake_stripe:create_app",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        websockets=False,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    ).serve()

"""`banksia connections ...`."""

from typing import Annotated

import typer
from rich.console import Console

from banksia.foundation.connections.service.rotating import rotate_keys
from banksia.kit.platform import Platform

commands = typer.Typer(name="connections", help="Modules that run elsewhere.", no_args_is_help=True)


@commands.callback()
def connections() -> None:
    """Keep `rotate-keys` a command of its own while it is the only one."""


@commands.command("rotate-keys")
def rotate(
    context: typer.Context,
    council: Annotated[str, typer.Option(help="The short name of one council; all of them when it is not given.")] = "",
) -> None:
    """Sign with new keys who sends a request to a module; the old ones are believed for ten minutes more."""
    platform: Platform = context.obj
    console = Console()
    rotated = rotate_keys(platform, council)
    if council and not rotated:
        console.print(f"There is no council called “{council}”.")
        raise typer.Exit(1)
    for slug, kid in rotated.items():
        console.print(f"{slug} signs with {kid} from now on.")

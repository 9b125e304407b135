"""`banksia organisation ...`."""

from typing import Annotated

import typer
from rich.console import Console

from banksia.foundation.organisations import service
from banksia.foundation.organisations.errors import SlugTaken
from banksia.kit.platform import Platform

commands = typer.Typer(name="organisation", help="Councils of this installation.", no_args_is_help=True)


@commands.callback()
def organisation() -> None:
    """Keep `create` a command of its own while it is the only one."""


@commands.command()
def create(
    context: typer.Context,
    slug: Annotated[str, typer.Argument(help="Short name: small letters, digits and hyphens.")],
    name: Annotated[str, typer.Option(help="The council's full name.")],
    host: Annotated[list[str] | None, typer.Option(help="A host name it answers at; may be repeated.")] = None,
) -> None:
    """Make a council with every installed module switched on."""
    platform: Platform = context.obj
    console = Console()
    if not slug.replace("-", "").isalnum() or slug != slug.lower() or not slug.isascii():
        console.print("A slug has small letters, digits and hyphens only.")
        raise typer.Exit(2)
    try:
        service.create_organisation(platform, slug=slug, name=name, hosts=host or [f"{slug}.localhost"])
    except SlugTaken as taken:
        console.print(taken.detail)
        raise typer.Exit(1) from taken
    console.print(f"{name} is ready at {', '.join(host or [f'{slug}.localhost'])}.")

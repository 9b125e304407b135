"""`banksia organisation ...`."""

from typing import Annotated

import typer
from rich.console import Console

from banksia.foundation.organisations import service
from banksia.foundation.organisations.errors import HostInvalid, HostTaken, SlugTaken
from banksia.kit.actor import Actor
from banksia.kit.choosing import chosen_councils
from banksia.kit.platform import Platform

commands = typer.Typer(name="organisation", help="Councils of this installation.", no_args_is_help=True)
console = Console(soft_wrap=True)


@commands.command()
def create(
    context: typer.Context,
    slug: Annotated[str, typer.Argument(help="Short name: small letters, digits and hyphens.")],
    name: Annotated[str, typer.Option(help="The council's full name.")],
    host: Annotated[
        list[str] | None,
        typer.Option(help="A host name it answers at; may be repeated; SLUG.localhost when omitted."),
    ] = None,
) -> None:
    """Make a council with every installed module switched on."""
    platform: Platform = context.obj
    if not slug.replace("-", "").isalnum() or slug != slug.lower() or not slug.isascii():
        console.print("A slug has small letters, digits and hyphens only.")
        raise typer.Exit(2)
    hosts = host or [f"{slug}.localhost"]
    try:
        service.create_organisation(platform, slug=slug, name=name, hosts=hosts)
    except (SlugTaken, HostInvalid) as refused:
        console.print(refused.detail, markup=False)
        raise typer.Exit(1) from refused
    console.print(f"{name} is ready at {', '.join(hosts)}.", markup=False)


@commands.command("hosts")
def change_hosts(
    context: typer.Context,
    slug: Annotated[str, typer.Argument(help="The council's short name.")],
    hosts: Annotated[
        list[str], typer.Argument(help="Every host name it shall answer at; links in mail take the first.")
    ],
) -> None:
    """Change the host names that a council answers at: those that are named replace those it had."""
    platform: Platform = context.obj
    actor = Actor.system(chosen_councils(platform, slug, console)[slug])
    try:
        with platform.database.session(actor.organisation_id) as session:
            kept = service.change_hosts(session, actor, hosts=hosts)
    except (HostTaken, HostInvalid) as refused:
        console.print(refused.detail, markup=False)
        raise typer.Exit(1) from refused
    console.print(f"{slug} answers at {', '.join(kept)}.", markup=False)

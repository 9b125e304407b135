"""`banksia audit ...`."""

from typing import Annotated

import typer
from rich.console import Console

from banksia.foundation.audit import service
from banksia.kit.database import organisation_slugs
from banksia.kit.platform import Platform

commands = typer.Typer(help="The audit log.", no_args_is_help=True)


@commands.callback()
def audit() -> None:
    """Keep `verify` a command of its own while it is the only one."""


@commands.command()
def verify(
    context: typer.Context,
    organisation: Annotated[str | None, typer.Option(help="The slug of one council; all when omitted.")] = None,
) -> None:
    """Prove that no entry of the audit log was changed, removed or inserted; exits with 1 if one was."""
    platform: Platform = context.obj
    console, broken = Console(), 0
    with platform.database.session(None) as session:
        councils = organisation_slugs(session)
    if organisation is not None and organisation not in councils:
        console.print(f"There is no organisation “{organisation}”. There are: {', '.join(councils) or 'none'}.")
        raise typer.Exit(2)
    for slug, organisation_id in councils.items():
        if organisation in (None, slug):
            with platform.database.session(organisation_id) as session:
                result = service.verify(session, organisation_id)
                broken += result.broken_at is not None
                verdict = result.problem or "the chain holds"
                console.print(f"{slug}: {result.entries} entries, {verdict}")
    raise typer.Exit(1 if broken else 0)

"""`banksia audit ...`."""

from typing import Annotated

import typer
from rich.console import Console

from banksia.foundation.audit import service
from banksia.kit.choosing import chosen_councils
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
    for slug, organisation_id in chosen_councils(platform, organisation, console).items():
        with platform.database.session(organisation_id) as session:
            result = service.verify(session, organisation_id)
            broken += result.broken_at is not None
            verdict = result.problem or "the chain holds"
            console.print(f"{slug}: {result.entries} entries, {verdict}")
    raise typer.Exit(1 if broken else 0)

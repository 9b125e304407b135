"""The councils that a command is about, by the slug that its operator wrote."""

import uuid

import typer
from rich.console import Console

from banksia.kit.database import organisation_slugs
from banksia.kit.platform import Platform


def chosen_councils(platform: Platform, slug: str | None, console: Console) -> dict[str, uuid.UUID]:
    """The ids of the council with that slug, or of all, by their slugs; exits with 2 when there is none such."""
    with platform.database.session(None) as session:
        councils = organisation_slugs(session)
    if slug is None:
        return councils
    if slug not in councils:
        names = ", ".join(councils) or "none"
        console.print(f"There is no organisation “{slug}”. There are: {names}.", markup=False, soft_wrap=True)
        raise typer.Exit(2)
    return {slug: councils[slug]}

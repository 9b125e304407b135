"""`banksia property ...`: import, parse and search from the command line."""

import json
import sys
import uuid
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from banksia.kit.actor import Actor
from banksia.kit.database import organisation_slugs
from banksia.kit.errors import Problem
from banksia.kit.platform import Platform
from banksia.modules.property import service
from banksia.modules.property.service.importing import ImportOptions, ImportReport
from banksia.modules.property.service.parsing import parse as parse_text

commands = typer.Typer(help="Parcels, addresses and assessments.", no_args_is_help=True)
console = Console(stderr=True)
FROM_STANDARD_INPUT = "-"

OrganisationOption = Annotated[str, typer.Option(help="The slug of the council.")]
TextArgument = Annotated[str, typer.Argument(help="What a person types; - reads one text a line from standard input.")]


class Format(StrEnum):
    """The formats that can be imported."""

    CSV = "csv"


@commands.command()
def parse(text: TextArgument) -> None:
    """Read a text as parcels, as an address, or as both; one JSON object out for each text."""
    for each in _texts(text):
        typer.echo(json.dumps(parse_text(each), ensure_ascii=False))


@commands.command()
def search(
    context: typer.Context,
    text: TextArgument,
    organisation: Annotated[str | None, typer.Option(help="The slug of the council.")] = None,
    everywhere: Annotated[bool, typer.Option("--all", help="Search every council of the installation.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many results at most.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="The JSON of the search endpoint.")] = False,
) -> None:
    """Find properties as the search box does."""
    platform: Platform = context.obj
    if everywhere == bool(organisation):
        console.print("Say --organisation SLUG for one council, or --all for every one.", markup=False)
        raise typer.Exit(2)
    organisation_id = _organisation(platform, organisation) if organisation else None
    for each in _texts(text):
        if organisation_id is None:
            found = service.find_at_all_councils(platform, each, limit=limit).model_dump(mode="json")
        else:
            with platform.database.session(organisation_id) as session:
                found = {"results": service.find_properties(session, each, limit=limit)}
        if as_json or text == FROM_STANDARD_INPUT:
            typer.echo(json.dumps(found, ensure_ascii=False))
        else:
            Console().print(_table(found["results"]))


@commands.command("import")
def import_file(
    context: typer.Context,
    organisation: OrganisationOption,
    path: Annotated[Path, typer.Argument(help="The file.")],
    file_format: Annotated[Format, typer.Option("--format", help="What the file is.")],
    mapping: Annotated[Path | None, typer.Option(help='JSON that names columns: {"address": "Site address"}.')] = None,
    crs: Annotated[str | None, typer.Option(help="Reference system of X and Y, for example EPSG:7855.")] = None,
    synthesise_parcels: Annotated[bool, typer.Option(help="Invent parcels for addresses without one.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Say what would change, and change nothing.")] = False,
) -> None:
    """Import parcels and addresses; a second run of the same file changes nothing."""
    platform: Platform = context.obj
    organisation_id = _organisation(platform, organisation)
    options = ImportOptions(
        format=file_format.value,
        mapping=_mapping(mapping),
        crs=crs,
        synthesise_parcels=synthesise_parcels,
        dry_run=dry_run,
    )
    try:
        _print(_import(platform, organisation_id, path, options), options)
    except Problem as problem:
        console.print(problem.detail, markup=False)
        raise typer.Exit(1) from problem


def _import(platform: Platform, organisation_id: uuid.UUID, path: Path, options: ImportOptions) -> ImportReport:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("Reading the file", total=None)

        def show(done: int, total: int) -> None:
            description = "Reading the file" if done < total else "Comparing with what is there"
            progress.update(bar, completed=done, total=total, description=description)

        with platform.database.session(organisation_id) as session:
            return service.import_addresses(session, Actor.system(organisation_id), path, options, on_progress=show)


def _print(report: ImportReport, options: ImportOptions) -> None:
    table = Table("", "", show_header=False, box=None)
    for name, count in report.counts.items():
        table.add_row(name.replace("_", " ").capitalize(), f"{count:,}")
    out = Console()
    out.print(table)
    rows = report.counts["rows"]
    out.print(f"{rows:,} rows in {report.seconds:.1f} seconds, {rows / max(report.seconds, 0.001):,.0f} rows a second.")
    if report.report:
        out.print(f"Rejected rows, with the reason: {report.report}", markup=False)
    if options.dry_run:
        out.print("This was a dry run. Nothing was changed.")
    elif not report.changed:
        out.print("Nothing changed: everything in the file is there already.")


def _texts(text: str) -> Iterator[str]:
    if text != FROM_STANDARD_INPUT:
        yield text
        return
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _organisation(platform: Platform, slug: str) -> uuid.UUID:
    with platform.database.session(None) as session:
        councils = organisation_slugs(session)
    if slug not in councils:
        console.print(f"There is no organisation “{slug}”. There are: {', '.join(councils) or 'none'}.", markup=False)
        raise typer.Exit(2)
    return councils[slug]


def _mapping(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        console.print(f"The mapping {path} cannot be read as JSON: {error}", markup=False)
        raise typer.Exit(2) from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        console.print(f'The mapping {path} must be an object such as {{"address": "Site address"}}.', markup=False)
        raise typer.Exit(2)
    return found


def _table(results: list[dict[str, Any]]) -> Table:
    table = Table("Address", "Parcels", "Assessment", "Status", "Found by")
    for result in results:
        parcels = ", ".join(result["parcels"])
        council = f"{result['council']['name']}, " if "council" in result else ""
        why = f"{council}{result['match']['by']}, {result['match']['how']}"
        table.add_row(result["address"] or "", parcels, result["assessment"] or "", result["status"], why)
    return table

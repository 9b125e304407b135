"""`banksia property ...`: import, parse and search from the command line."""

import json
import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.choosing import chosen_councils
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
    GNAF = "gnaf"
    GNAF_CORE = "gnaf-core"
    NSW_LOTS = "nsw-lots"
    OWNERS = "owners"
    ATTRIBUTES = "attributes"


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
def import_file(  # noqa: PLR0913, PLR0917  (each is an option of the command)
    context: typer.Context,
    organisation: OrganisationOption,
    path: Annotated[Path, typer.Argument(help="The file; of a G-NAF release also its folder or zip.")],
    file_format: Annotated[Format, typer.Option("--format", help="What the file is.")],
    mapping: Annotated[Path | None, typer.Option(help='JSON that names columns: {"address": "Site address"}.')] = None,
    crs: Annotated[str | None, typer.Option(help="Reference system of X and Y, for example EPSG:7855.")] = None,
    locality: Annotated[list[str] | None, typer.Option(help="Take this locality only; can be repeated.")] = None,
    synthesise_parcels: Annotated[bool, typer.Option(help="Invent parcels for addresses without one.")] = False,
    source: Annotated[str | None, typer.Option(help="The source that the file comes from, by name.")] = None,
    complete: Annotated[bool, typer.Option(help="What the file leaves out of its source has ended.")] = False,
    confirm_suspicious: Annotated[bool, typer.Option(help="Import even if too much would end.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Say what would change, and change nothing.")] = False,
) -> None:
    """Import parcels and addresses, owners or attributes; a second run of the same file changes nothing."""
    platform: Platform = context.obj
    organisation_id = _organisation(platform, organisation)
    if complete and source is None:
        console.print("Name the source with --source: only what comes from it can end.", markup=False)
        raise typer.Exit(2)
    options = ImportOptions(
        format=file_format.value,
        mapping=_mapping(mapping),
        crs=crs,
        synthesise_parcels=synthesise_parcels,
        localities=tuple(locality or ()),
        dry_run=dry_run,
        report=_rejected_rows_of(path),
    )
    with _told(), platform.database.session(organisation_id) as session:
        actor = Actor.system(organisation_id)
        given = service.source_for_command(session, actor, source, options, is_complete=complete) if source else None
        options = service.options_with(given, options) if given else options
        confirmed = confirm_suspicious or not (given and given.is_complete)
        report = _import(session, actor, path, options, {"source": given, "confirm_suspicious": confirmed})
    _print(report, options)


def _rejected_rows_of(path: Path) -> Path:
    """Beside the file; where nobody may write there, in the folder that the command is given in."""
    report = path.parent / f"{path.name.split('.', 1)[0]}.rejected.csv"
    return report if os.access(path.parent, os.W_OK) else Path(report.name)


@contextmanager
def _told() -> Iterator[None]:
    """Say what is refused as a sentence."""
    try:
        yield
    except Problem as problem:
        console.print(problem.detail, markup=False)
        raise typer.Exit(1) from problem


def _import(session: Session, actor: Actor, path: Path, options: ImportOptions, about: dict[str, Any]) -> ImportReport:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("Reading the file", total=None)

        def show(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        def name(step: str) -> None:
            progress.update(bar, description=step)

        return service.import_addresses(session, actor, path, options, on_progress=show, on_step=name, **about)


@commands.command()
def imports(
    context: typer.Context,
    organisation: OrganisationOption,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many imports at most.")] = 20,
) -> None:
    """List the imports of a council, the newest first."""
    platform: Platform = context.obj
    organisation_id = _organisation(platform, organisation)
    with platform.database.session(organisation_id) as session:
        actor = Actor.system(organisation_id)
        rows, _ = service.list_imports(session, actor, source_id=None, state=None, limit=limit, cursor=None)
    for row in rows:
        of = f" of {row.source.name}" if row.source else ""
        typer.echo(f"{row.id}  {row.started_at:%Y-%m-%d %H:%M}  {row.state}  {row.format}  {row.file_name}{of}")
    if not rows:
        typer.echo("Nothing has been imported yet.")


@commands.command()
def revert(
    context: typer.Context,
    organisation: OrganisationOption,
    run: Annotated[uuid.UUID, typer.Argument(help="The import, as `banksia property imports` lists it.")],
) -> None:
    """Take an import back as a unit, while nothing later depends on it."""
    platform: Platform = context.obj
    organisation_id = _organisation(platform, organisation)
    with _told(), platform.database.session(organisation_id) as session, console.status("Taking the import back"):
        service.revert_at_once(session, Actor.system(organisation_id), run_id=run)
    typer.echo("The import was taken back: the records are as they were before it.")


def _print(report: ImportReport, options: ImportOptions) -> None:
    table = Table("", "", show_header=False, box=None)
    for name, count in report.counts.items():
        table.add_row(name.replace("_", " ").capitalize(), f"{count:,}")
    out = Console()
    out.print(table)
    rows = report.counts["rows"]
    out.print(f"{rows:,} rows in {report.seconds:.1f} seconds, {rows / max(report.seconds, 0.001):,.0f} rows a second.")
    for finding in report.findings:
        out.print(f"Suspicious: {finding['message']}", markup=False)
    if report.report:
        out.print(f"Rejected rows, with the reason: {report.report}", markup=False, soft_wrap=True)
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
    return chosen_councils(platform, slug, console)[slug]


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

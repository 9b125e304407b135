"""`banksia files ...`: prove that what was kept is there, and load scanned shelves."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from psycopg.errors import UndefinedTable
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.exc import OperationalError, ProgrammingError

from banksia.foundation.storage.public import Findings, compare_objects, count_objects, verify_bytes
from banksia.kit.actor import Actor
from banksia.kit.choosing import chosen_councils
from banksia.kit.database import Transactions
from banksia.kit.errors import Problem
from banksia.kit.platform import Platform
from banksia.modules.files import service
from banksia.modules.files.models import Batch

commands = typer.Typer(help="Property files and their bytes.", no_args_is_help=True)
SHOWN = 20
VERDICTS = {
    "ready": "ready to load", "rejected": "rejected", "failed": "failed", "already_here": "already here",
    "loaded": "loaded", "undone": "taken back", "kept": "not taken back",
}  # fmt: skip


@commands.command()
def verify(
    context: typer.Context,
    organisation: Annotated[str | None, typer.Option(help="The slug of one council; all when omitted.")] = None,
    deep: Annotated[bool, typer.Option("--deep", help="Read every file again and compare its hash.")] = False,
) -> None:
    """Compare stored bytes with their rows, both ways; exits with 1 on any difference, with 2 if it cannot tell."""
    platform: Platform = context.obj
    console = Console()
    with _explaining(console, otherwise=2):  # the store or the database does not answer: nothing was found out
        chosen = chosen_councils(platform, organisation, console)
        found = {slug: _verify(platform, slug, council, deep=deep) for slug, council in chosen.items()}
    console.print(_table(found, deep=deep))
    for slug, findings in found.items():
        _list_examples(console, slug, findings)
    raise typer.Exit(0 if all(findings.is_clean for findings in found.values()) else 1)


def _verify(platform: Platform, slug: str, organisation_id: uuid.UUID, *, deep: bool) -> Findings:
    transactions = Transactions(platform, Actor.system(organisation_id))
    with transactions() as session:
        total = count_objects(session)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(f"{slug}: comparing", total=total)
        findings = compare_objects(transactions, on_object=lambda: progress.advance(bar))
        if deep:
            progress.reset(bar, total=total, description=f"{slug}: reading")
            verify_bytes(transactions, findings, on_object=lambda: progress.advance(bar))
    return findings


def _table(found: dict[str, Findings], *, deep: bool) -> Table:
    heads = ("council", "files", "rows without bytes", "bytes without a row", "damaged", "verdict")
    table = Table(*heads, box=None, header_style="bold", pad_edge=False)
    for slug, findings in found.items():
        counts = (findings.objects_seen, findings.rows_without_bytes, findings.bytes_without_row)
        damaged = f"{findings.objects_damaged:,}" if deep else "not read"
        verdict = "in order" if findings.is_clean else "[red]differs[/red]"
        table.add_row(slug, *(f"{count:,}" for count in counts), damaged, verdict)
    return table


def _list_examples(console: Console, slug: str, findings: Findings) -> None:
    for what, hashes in (
        ("missing or cut short", findings.missing),
        ("damaged", findings.damaged),
        ("without a row", findings.unclaimed),
    ):
        for sha256 in hashes[:SHOWN]:
            console.print(f"{slug}: {sha256} {what}", soft_wrap=True)


@commands.command()
def load(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="A folder, or s3://bucket/prefix, with files and a manifest.csv.")],
    organisation: Annotated[str, typer.Option(help="The slug of the council.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only judge each line of the manifest.")] = False,
) -> None:
    """Load a scanned shelf; lines that cannot be loaded say why. The same load again goes on where it stopped.

    Exits with 1 when it could not be loaded, and with 3 when lines were left out, of a dry run too.
    """
    console = Console(stderr=True)
    with _explaining(console):
        transactions = _transactions(context, organisation)
        with transactions() as session:
            batch = service.create_batch(session, transactions.actor, place=place, name="", in_browser=False)
        with console.status("Judging the manifest"):
            batch = service.check_batch(transactions, batch_id=batch.id)
        if batch.state == "failed":
            console.print(batch.note, markup=False)
            raise typer.Exit(1)
        if not dry_run:
            with transactions() as session:
                service.start_load(session, transactions.actor, batch_id=batch.id, in_browser=False)
            batch = _load(transactions, batch.id, batch.counts.get("ready", 0), console)
            typer.echo(f"{batch.id}  {batch.state}  {_counts(batch)}")
        _print_rows(transactions, batch.id)
    if batch.note:
        console.print(batch.note, markup=False)
        raise typer.Exit(1)
    _exit_by_lines(batch, console)


def _exit_by_lines(batch: Batch, console: Console) -> None:
    """Say how many lines were left out; one that the file has already is in its place."""
    left_out = batch.counts.get("rejected", 0) + batch.counts.get("failed", 0)
    if left_out:
        lines = "1 line was" if left_out == 1 else f"{left_out:,} lines were"
        console.print(f"{lines} left out; the reasons are above. Put them right, then load the folder again.")
    raise typer.Exit(3 if left_out else 0)


def _counts(batch: Batch) -> str:
    return ", ".join(f"{VERDICTS[verdict]}: {count}" for verdict, count in batch.counts.items())


@commands.command()
def undo(
    context: typer.Context,
    batch: Annotated[uuid.UUID, typer.Argument(help="The load, as `banksia files load` named it.")],
    organisation: Annotated[str, typer.Option(help="The slug of the council.")],
) -> None:
    """Take a load back as a unit: its documents go into isolation; those that stay say why.

    Exits with 1 when it could not be taken back whole: the same again goes on.
    """
    console = Console(stderr=True)
    with _explaining(console):
        transactions = _transactions(context, organisation)
        with transactions() as session:
            service.start_undo(session, transactions.actor, batch_id=batch, in_browser=False)
        undone = service.undo_batch(transactions, batch_id=batch)
        typer.echo(f"{undone.id}  {undone.state}  {_counts(undone)}")
        _print_rows(transactions, batch)
    if undone.note:
        console.print(undone.note, markup=False)
    raise typer.Exit(1 if undone.note else 0)


@contextmanager
def _explaining(console: Console, *, otherwise: int = 1) -> Iterator[None]:
    """Say in a sentence why something cannot be done, and exit; with 2 when the database is not there or not ready."""
    try:
        yield
    except Problem as problem:
        console.print(problem.detail, markup=False)
        raise typer.Exit(otherwise) from problem
    except ProgrammingError as error:
        if not isinstance(error.orig, UndefinedTable):
            raise
        console.print("The database is not prepared: it has no tables yet. Run `banksia migrate` first.", markup=False)
        raise typer.Exit(2) from error
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) is not None:  # it answered, with something else
            raise
        console.print("The database does not answer. See that it runs and that BANKSIA_DATABASE_URL names it.")
        raise typer.Exit(2) from error


def _transactions(context: typer.Context, organisation: str) -> Transactions:
    platform: Platform = context.obj
    return Transactions(platform, Actor.system(chosen_councils(platform, organisation, Console())[organisation]))


def _load(transactions: Transactions, batch_id: uuid.UUID, total: int, console: Console) -> Batch:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("Loading", total=total)
        return service.load_batch(transactions, batch_id=batch_id, on_file=lambda _size: progress.advance(bar))


def _print_rows(transactions: Transactions, batch_id: uuid.UUID) -> None:
    for line in service.rejected_rows(transactions, batch_id=batch_id):
        typer.echo(line.decode(), nl=False)

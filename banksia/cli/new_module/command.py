"""The command: which module, of which kind, where."""

import re
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from banksia.cli.new_module.writing import words_for, write
from banksia.kit.module import ENTRY_POINT_GROUP, RESERVED_NAMES

NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
OF_POSTGRESQL = frozenset({"public", "information_schema"})
"""Schemas that are there before any module's."""
console = Console()
Kind = Literal["truth", "workflow"]


def new_module(
    name: Annotated[str, typer.Argument(help="Small letters, digits and underscores: trees, hall_bookings.")],
    kind: Annotated[
        Kind, typer.Option(help="What the module keeps: a truth that holds, or work that people do.")
    ] = "workflow",
    remote: Annotated[
        bool, typer.Option("--remote", help="A module that Banksia reaches over HTTP, in Node without a framework.")
    ] = False,
    title: Annotated[str, typer.Option(help="What people call it; made from the name when not given.")] = "",
    into: Annotated[Path | None, typer.Option(help="The new folder; NAME in this folder when not given.")] = None,
) -> None:
    """Write a new module in a repository of its own: it runs, and its tests pass at once."""
    folder = into or Path(name)
    called = title.strip().replace("'", "’") or name.replace("_", " ").capitalize()
    if (refusal := _refusal(name, called, folder)) is not None:
        console.print(refusal, markup=False)
        raise typer.Exit(2)
    templates = ("remote",) if remote else ("python", kind)
    for path in write(folder, templates, words_for(name, called, kind)):
        console.print(f"  {folder / path}", highlight=False, markup=False)
    console.print(f"The module “{name}” is in {folder}. What to do next:", markup=False)
    for line in _next_steps(folder, remote=remote):
        console.print(f"  {line}", highlight=False, markup=False)


def _refusal(name: str, title: str, folder: Path) -> str | None:
    if not NAME.fullmatch(name):
        return f"“{name}” cannot be a module's name: use small letters, digits and underscores, a letter first."
    if name in RESERVED_NAMES or name in OF_POSTGRESQL or name.startswith("pg_"):
        return f"“{name}” is reserved by Banksia or by PostgreSQL. Choose another name."
    if name in entry_points(group=ENTRY_POINT_GROUP).names:
        return f"A module called “{name}” is installed here already. Choose another name."
    if not title.isprintable() or len(title) > 60 or set('"\\`<>@{}$').intersection(title):
        return "Choose a title of at most 60 letters, without quotation marks, backslashes or brackets."
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return f"{folder} is there already, and not empty. Name another folder with --into, or remove it."
    return None


def _next_steps(folder: Path, *, remote: bool) -> tuple[str, ...]:
    if remote:
        return (f"cd {folder}", "make test", "banksia check .", "make run")
    return (f"cd {folder}", "make test", "banksia check .", "banksia migrate")

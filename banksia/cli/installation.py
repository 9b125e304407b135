"""Commands about the installation: modules, check, migrate, openapi, reference."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from banksia.app import create_app
from banksia.cli.checking import check
from banksia.cli.new_module import new_module
from banksia.cli.reference import reference
from banksia.kit.database import make_engine
from banksia.kit.migrations import make_migration, migrate
from banksia.kit.platform import Platform

console = Console()


def add_to(root: typer.Typer) -> None:
    """Register the commands."""
    for command in (modules, check, new_module, migrate_command, make_migration_command, openapi, reference):
        name = command.__name__.removesuffix("_command").replace("_", "-")
        root.command(name)(command)


def modules(context: typer.Context) -> None:
    """List the installed modules in dependency order."""
    platform: Platform = context.obj
    table = Table("Module", "Title", "Kind", "Version", "Depends on", "Package")
    for module in platform.modules:
        table.add_row(
            module.name, module.title, module.kind, module.version, ", ".join(module.depends_on), module.package
        )
    console.print(table)


def migrate_command(
    context: typer.Context, module: Annotated[str | None, typer.Option(help="Only this module.")] = None
) -> None:
    """Bring the database up to date, in dependency order."""
    platform: Platform = context.obj
    if module is not None and module not in platform.modules:
        console.print(f"No module called “{module}” is installed.")
        raise typer.Exit(2)
    migrate(
        platform.settings,
        platform.modules,
        only=module,
        on_module=lambda each: console.print(f"  {each.name}", highlight=False),
    )


def make_migration_command(context: typer.Context, module: str, message: str) -> None:
    """Write a migration of one module from the difference between its models and its schema."""
    platform: Platform = context.obj
    engine = make_engine(platform.settings, owner=True)
    make_migration(engine, platform.modules[module], platform.modules, message)
    engine.dispose()


def openapi(
    context: typer.Context, path: Annotated[Path | None, typer.Argument(help="Where to write it.")] = None
) -> None:
    """Write the OpenAPI document."""
    document = json.dumps(create_app(platform=context.obj).openapi(), indent=2, ensure_ascii=False, sort_keys=True)
    if path is None:
        print(document)  # noqa: T201  (plain output for a pipe)
    else:
        path.write_text(document + "\n", encoding="utf-8")

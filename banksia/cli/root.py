"""The command `banksia`, put together from the installed modules."""

import sys

import typer
from pydantic import ValidationError
from rich.console import Console

from banksia.cli import installation, processes
from banksia.demo.embedded import embedded_default
from banksia.kit.embedded_postgres import EmbeddedPostgresError
from banksia.kit.errors import Problem, message_of
from banksia.kit.module import BrokenModule, Modules, discover
from banksia.kit.platform import Platform, make_platform
from banksia.kit.settings import Settings

WITHOUT_PLATFORM = frozenset({"demo"})
WITHOUT_DATABASE = frozenset({"modules", "openapi", "reference"})


def build(modules: Modules) -> typer.Typer:
    """The command with all its subcommands."""
    root = typer.Typer(
        help="Banksia, an open platform on which a local council runs its services.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @root.callback()
    def start(context: typer.Context) -> None:
        if context.invoked_subcommand not in WITHOUT_PLATFORM:
            needs_database = context.invoked_subcommand not in WITHOUT_DATABASE
            context.with_resource(embedded_default(database=needs_database))
            context.obj = context.obj or _platform(modules)

    installation.add_to(root)
    processes.add_to(root)
    for module in modules:
        if module.commands is not None:
            root.add_typer(module.commands, name=module.commands.info.name or module.name)
    return root


def _platform(modules: Modules) -> Platform:
    return make_platform(Settings(), modules)


def main() -> None:
    """Run the command; what goes wrong is told in a sentence, not in a stack."""
    console = Console(stderr=True)
    try:
        build(discover())()
    except BrokenModule as broken:
        console.print(f"[bold red]A module is broken.[/] {broken}")
        sys.exit(1)
    except ValidationError as error:
        for each in error.errors():
            console.print(f"[bold red]The settings are wrong.[/] {message_of(each)}")
        sys.exit(2)
    except EmbeddedPostgresError as error:
        console.print(str(error), markup=False)
        sys.exit(1)
    except Problem as problem:
        console.print(problem.detail)
        sys.exit(1)

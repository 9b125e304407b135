"""The command `banksia`, put together from the installed modules."""

import typer

from banksia.cli import installation, processes
from banksia.demo.commands import demo
from banksia.demo.embedded import embedded_default
from banksia.kit.module import Modules
from banksia.kit.platform import Platform, make_platform
from banksia.kit.settings import Settings

WITHOUT_PLATFORM = frozenset({"demo", "new-module"})
WITHOUT_DATABASE = frozenset({"modules", "openapi", "reference", "check"})
"""`check` starts one by itself when it compares the installation's; one module is tried in a database of its own."""


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
    root.add_typer(demo, name="demo")
    for module in modules:
        if module.commands is not None:
            root.add_typer(module.commands, name=module.commands.info.name or module.name)
    return root


def _platform(modules: Modules) -> Platform:
    return make_platform(Settings(), modules)

"""commands.md: every command of `banksia`, as its own help says it."""

from collections.abc import Iterator
from typing import Any

import typer

from banksia.cli.reference.markdown import code, page, table


def describe_commands(root: Any) -> str:
    """The page of a command and all its subcommands."""
    return page(
        "Commands",
        "`banksia COMMAND --help` says the same on the terminal. Commands that need a database use the one of "
        "`BANKSIA_DATABASE_URL`, or the demo's.",
        *(part for command, name in _leaves(root, "banksia") for part in _parts(command, name)),
    )


def _leaves(command: Any, name: str) -> Iterator[tuple[Any, str]]:
    """The commands that can be typed, in the order in which their help lists them."""
    inner = {key: each for key, each in getattr(command, "commands", {}).items() if not each.hidden}
    if not inner or getattr(command, "invoke_without_command", False):
        yield command, name
    for key, each in inner.items():
        yield from _leaves(each, f"{name} {key}")


def _parts(command: Any, name: str) -> Iterator[str]:
    context = typer.Context(command, info_name=name)
    yield f"## {name}"
    yield f"```\n{' '.join([name, *command.collect_usage_pieces(context)])}\n```"
    yield " ".join((command.help or "").split())
    records = (each.get_help_record(context) for each in command.params if not getattr(each, "hidden", False))
    yield table(("parameter", "what it does"), ((code(record[0]), record[1]) for record in records if record))

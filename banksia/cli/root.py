"""Where `banksia ...` begins: what goes wrong is told in a sentence, not in a stack."""

import sys
from collections.abc import Callable

import typer
from pydantic import ValidationError
from rich.console import Console

from banksia.cli.new_module import new_module
from banksia.demo.commands import demo
from banksia.kit.embedded_postgres import EmbeddedPostgresError
from banksia.kit.errors import Problem, message_of
from banksia.kit.garbage import kept_for_good
from banksia.kit.module import BrokenModule, discover


def main() -> None:
    """Run the command; what goes wrong is told in a sentence, not in a stack."""
    console = Console(stderr=True)
    try:
        with kept_for_good():
            command = ALONE.get("".join(sys.argv[1:2]), _whole)()
        command()
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


def _whole() -> typer.Typer:
    from banksia.cli.building import build  # noqa: PLC0415  (three seconds of imports)

    return build(discover())


def _demo_alone() -> typer.Typer:
    """The demo's commands stand above the modules: its supervisor and its payment page start without them."""
    root = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    root.callback()(lambda: None)
    root.add_typer(demo, name="demo")
    return root


def _new_module_alone() -> typer.Typer:
    """What writes files needs none of the modules, which take seconds."""
    root = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    root.callback()(lambda: None)
    root.command("new-module")(new_module)
    return root


ALONE: dict[str, Callable[[], typer.Typer]] = {"demo": _demo_alone, "new-module": _new_module_alone}
"""Commands that begin without the modules."""

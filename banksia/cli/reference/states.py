"""states.md: the states of money and work, drawn from the tables that the code itself obeys.

A module keeps them in a file called `states.py`, as mappings whose names end in `TRANSITIONS`, in one of three forms:
state to states; state to cause to states; action to state before to state after.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any, NamedTuple

from banksia.cli.reference.markdown import page, table
from banksia.kit.module import Module, Modules

SUFFIX = "TRANSITIONS"


class Step(NamedTuple):
    """One way from a state to another; the cause is empty where the table names none."""

    before: str
    cause: str
    after: str


def describe_states(modules: Modules) -> str:
    """The page."""
    return page(
        "States",
        "The only ways between states; every other step is refused. This is read from the tables that the code obeys.",
        *(_describe(title, tables) for module in modules for title, tables in _tables(module)),
    )


def _tables(module: Module) -> Iterator[tuple[str, Mapping[Any, Any]]]:
    for file in _state_files(module):
        for name, value in vars(file).items():
            if name.endswith(SUFFIX) and isinstance(value, Mapping):
                subject = name.removesuffix(SUFFIX).strip("_").replace("_", " ").lower()
                yield f"{module.title}: {subject}" if subject else module.title, value


def _state_files(module: Module) -> Iterator[ModuleType]:
    package = importlib.import_module(module.package)
    for found in pkgutil.walk_packages(package.__path__, f"{module.package}."):
        parts = found.name.split(".")
        if parts[-1] == "states" and "tests" not in parts:
            yield importlib.import_module(found.name)


def steps_of(transitions: Mapping[Any, Any]) -> Iterator[Step]:
    """Every step of a table of transitions, whichever of the three forms it has."""
    for key, ways in transitions.items():
        if not isinstance(ways, Mapping):
            yield from (Step(str(key), "", str(after)) for after in sorted(ways))
            continue
        for inner, target in ways.items():
            if isinstance(target, str):
                yield Step(str(inner), str(key), target)
            else:
                yield from (Step(str(key), str(inner), str(after)) for after in target)


def _describe(title: str, transitions: Mapping[Any, Any]) -> str:
    steps = list(steps_of(transitions))
    rows = ((_words(step.before), _words(step.cause), _words(step.after)) for step in steps)
    return f"## {title}\n\n{_diagram(steps)}\n\n{table(('from', 'cause', 'to'), rows)}"


def _diagram(steps: Iterable[Step]) -> str:
    lines = [f"    {step.before} --> {step.after}" + (f": {_words(step.cause)}" * bool(step.cause)) for step in steps]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _words(name: str) -> str:
    return name.replace("_", " ")

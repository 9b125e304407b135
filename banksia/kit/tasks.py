"""Work that runs after the commit, in a worker: declared here, kept in the database, rung by the broker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from inspect import Parameter, get_annotations, signature
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from banksia.kit.models import module_of


@dataclass(frozen=True)
class Task:
    """A task that a module registers.

    `run(session, **ids)` works in one transaction, which also marks the row as done. With `transactions=True` it is
    `run(transactions, **ids)` instead and opens its own short ones, because it calls something outside between them.
    `time_limit_seconds` is for work that takes longer than the installation's limit; its claim is renewed meanwhile.
    """

    name: str
    run: Callable[..., None]
    transactions: bool = False
    max_attempts: int = 8
    time_limit_seconds: int | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        """Run it here and now, as tests and other tasks do."""
        self.run(*args, **kwargs)


def task(
    *, transactions: bool = False, max_attempts: int = 8, time_limit_seconds: int | None = None
) -> Callable[[Callable[..., None]], Task]:
    """Declare a function of a module's tasks.py as a task named after the module and the function.

    Its arguments travel as JSON; the annotations say what they are turned back into.
    """

    def declare(function: Callable[..., None]) -> Task:
        name = f"{module_of(function.__module__)}.{function.__name__}"
        ids = _arguments_of(function, name)

        def run(first: object, **payload: object) -> None:
            values = ids.model_validate(payload)
            function(first, **{field: getattr(values, field) for field in ids.model_fields})

        return Task(
            name, run, transactions=transactions, max_attempts=max_attempts, time_limit_seconds=time_limit_seconds
        )

    return declare


def _arguments_of(function: Callable[..., None], name: str) -> type[BaseModel]:
    """The keyword arguments of a task's function, to be read back from JSON."""
    annotations = get_annotations(function, eval_str=True)
    fields: dict[str, Any] = {
        parameter.name: (
            annotations[parameter.name],
            ... if parameter.default is Parameter.empty else parameter.default,
        )
        for parameter in signature(function).parameters.values()
        if parameter.kind is Parameter.KEYWORD_ONLY
    }
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)


@dataclass(frozen=True)
class Schedule:
    """A task without arguments that runs for every organisation that has its module enabled."""

    task: Task
    every: timedelta

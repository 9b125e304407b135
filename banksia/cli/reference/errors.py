"""errors.md: every problem document that the API can answer with."""

import importlib
from collections.abc import Iterator
from importlib.util import find_spec

from banksia.cli.reference.markdown import code, page, table
from banksia.kit.errors import Problem
from banksia.kit.module import Modules

OWN_PACKAGES = ("banksia.kit", "banksia.app")


def describe_errors(modules: Modules) -> str:
    """The page."""
    rows = [
        (code(problem.type_urn()), problem.status, problem.title, (problem.__doc__ or "").strip().split("\n", 1)[0])
        for problem in sorted(problems_of(modules), key=lambda problem: problem.type_urn())
    ]
    return page(
        "Errors",
        "Every error is a problem document (RFC 9457, `application/problem+json`). `type` stays the same and is what a "
        "program looks at; `detail` is a sentence for a person. A 422 lists the fields in `errors`. Requests that do "
        "not fit the described schema answer `urn:banksia:kit:fields-invalid` (422), bodies that are no JSON "
        "`urn:banksia:kit:body-unreadable` (400), and a fault of ours `urn:banksia:kit:unexpected` (500).",
        table(("type", "status", "title", "when"), rows),
    )


def problems_of(modules: Modules) -> set[type[Problem]]:
    """Every kind of problem that the installed modules, the kit or the application declare."""
    packages = (*OWN_PACKAGES, *(module.package for module in modules))
    for package in packages:
        if find_spec(f"{package}.errors") is not None:
            importlib.import_module(f"{package}.errors")
    return {
        problem
        for problem in _descendants(Problem)
        if any(f"{problem.__module__}.".startswith(f"{package}.") for package in packages)
        and "tests" not in problem.__module__.split(".")
    }


def _descendants(problem: type[Problem]) -> Iterator[type[Problem]]:
    for each in problem.__subclasses__():
        yield each
        yield from _descendants(each)

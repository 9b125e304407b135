"""Rows that the routes of a module can name, for tests that walk every route."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from sqlalchemy.orm import Session

from banksia.kit.module import Module


def route_examples_of(module: Module, session: Session) -> dict[str, str]:
    """What `route_examples(session)` in the module's tests/factories.py makes: an id for each path parameter."""
    name = f"{module.package}.tests.factories"
    if find_spec(f"{module.package}.tests") is None or find_spec(name) is None:
        return {}
    found: Callable[[Session], dict[str, str]] | None = getattr(import_module(name), "route_examples", None)
    return found(session) if found else {}

"""Whether the migrated database is what the models say."""

from collections.abc import Collection, Iterator
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from banksia.kit.migrations import drift, has_tables, heads, import_models
from banksia.kit.module import Module, Modules


def compare(engine: Engine, modules: Collection[Module] | Modules) -> tuple[list[str], list[str]]:
    """What is wrong, and the modules whose tables could not be compared because they are not migrated to their newest.

    The engine is the owner's: the application's role may not read the history of migrations.
    """
    import_models(modules)
    problems: list[str] = []
    behind: list[str] = []
    with engine.connect() as connection:
        for module in modules:
            if not has_tables(module):
                continue
            if _heads_in(connection, module) != set(heads(module)):
                behind.append(module.name)
            else:
                problems.extend(_drift(connection, module))
    return problems, behind


def _heads_in(connection: Connection, module: Module) -> set[str]:
    context = MigrationContext.configure(connection, opts={"version_table_schema": module.name})
    return set(context.get_current_heads())


def _drift(connection: Connection, module: Module) -> Iterator[str]:
    for difference in drift(connection, module):
        yield f"{module.name}: no migration makes what the models say: {_words(difference)}."


def _words(difference: Any) -> str:
    """Alembic's tuple, or its list of tuples for one column, in short."""
    first = difference[0] if isinstance(difference, list) else difference
    kind, *what = first
    named = [str(getattr(each, "name", each)) for each in what if each is not None]
    return f"{str(kind).replace('_', ' ')} {' '.join(named)}"[:200]

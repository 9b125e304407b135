"""Migrations: one folder, one schema and one version table per module, all run in dependency order."""

import importlib
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, make_url, text

from banksia.kit.clock import utc_now
from banksia.kit.database import make_engine
from banksia.kit.models import Base
from banksia.kit.module import Module, Modules
from banksia.kit.settings import Settings

HERE = Path(__file__).parent
POLICY = "organisation_only"
LOCK = 7_266_337  # any number, the same for every process that migrates


def has_tables(module: Module) -> bool:
    """Whether the module keeps tables of its own."""
    return find_spec(f"{module.package}.models") is not None


def import_models(modules: Iterable[Module]) -> None:
    """Make every table known to the one MetaData."""
    for module in modules:
        if has_tables(module):
            importlib.import_module(f"{module.package}.models")


def alembic_config(module: Module, connection: Connection | None = None) -> Config:
    """Alembic's configuration for one module."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("version_locations", str(module.folder("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option(
        "file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(rev)s_%%(slug)s"
    )
    config.attributes.update(connection=connection, schema=module.name)
    return config


def heads(module: Module) -> tuple[str, ...]:
    """The newest migrations; more than one means that two people wrote one at the same time."""
    return tuple(ScriptDirectory.from_config(alembic_config(module)).get_heads())


def migrate(
    settings: Settings, modules: Modules, *, only: str | None = None, on_module: Callable[[Module], None] | None = None
) -> None:
    """Bring the schemas up to date as the owner, in one transaction per module; two at once wait for each other."""
    import_models(modules)
    engine = make_engine(settings, owner=True)
    role = make_url(settings.database_url).username or ""
    try:
        with engine.connect() as lock:
            lock.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
            for module in modules:
                if has_tables(module) and only in (None, module.name):
                    if on_module:
                        on_module(module)
                    with engine.begin() as connection:
                        _upgrade(connection, module, role)
    finally:
        engine.dispose()


def _upgrade(connection: Connection, module: Module, role: str) -> None:
    connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{module.name}"'))
    command.upgrade(alembic_config(module, connection), "heads")
    secure(connection, module, role)


def tables_of(module: Module) -> list[Table]:
    """The module's tables, parents before children."""
    return [table for table in Base.metadata.sorted_tables if table.schema == module.name]


def secure(connection: Connection, module: Module, role: str) -> None:
    """Give the application's role its rights and put row-level security under every organisation's table.

    Done after every migration from the models, so that no migration can forget it. Safe to repeat.
    """
    connection.execute(text(f'GRANT USAGE ON SCHEMA "{module.name}" TO "{role}"'))
    for table in tables_of(module):
        name = f'"{table.schema}"."{table.name}"'
        rights = "SELECT, INSERT" if table.info.get("append_only") else "SELECT, INSERT, UPDATE, DELETE"
        connection.execute(text(f'REVOKE ALL ON {name} FROM "{role}"'))
        connection.execute(text(f'GRANT {rights} ON {name} TO "{role}"'))
        if "organisation_id" in table.columns:
            connection.execute(text(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"))
            connection.execute(text(f"DROP POLICY IF EXISTS {POLICY} ON {name}"))
            mine = "organisation_id = nullif(current_setting('banksia.organisation_id', true), '')::uuid"
            connection.execute(text(f"CREATE POLICY {POLICY} ON {name} USING ({mine}) WITH CHECK ({mine})"))
    connection.execute(text(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA "{module.name}" TO "{role}"'))


def drift(connection: Connection, module: Module) -> list[Any]:
    """What the models say and the migrated schema does not; empty when they agree."""

    def of_this_module(thing: object, name: str | None, kind: str, *_: object) -> bool:
        return kind != "table" or (getattr(thing, "schema", None) == module.name and name != "alembic_version")

    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, _parents: name == module.name if kind == "schema" else True,
        "include_object": of_this_module,
        "version_table_schema": module.name,
        "target_metadata": Base.metadata,
    }
    found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
    return found


def make_migration(engine: Engine, module: Module, modules: Modules, message: str) -> None:
    """Write a new migration of one module from the difference between its models and its schema."""
    import_models(modules)
    Path(str(module.folder("migrations"))).mkdir(exist_ok=True)
    with engine.begin() as connection:
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{module.name}"'))
        config = alembic_config(module, connection)
        revision = f"{utc_now():%H%M%S}"
        command.revision(config, message, autogenerate=True, rev_id=f"{module.name[:3]}{revision}", head="head")

"""Where modules are tried: a council of their own in a database that is thrown away."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from fastapi import FastAPI
from psycopg import sql
from sqlalchemy import Engine

from banksia.app import create_platform
from banksia.foundation.organisations.public import create_organisation
from banksia.kit.checks import api_routes, check, compare
from banksia.kit.database import make_engine, organisation_slugs
from banksia.kit.module import Module, Modules
from banksia.kit.platform import Platform
from banksia.testing.apps import app_of_platform
from banksia.testing.conformance.footprints import footprint_of, footprints_of
from banksia.testing.databases import TestDatabases
from banksia.testing.routes import Route, Walk

HERE, NEIGHBOUR = ("conformance", "Conformance Shire"), ("neighbour", "Neighbour Shire")
HOST, PREFIX = "localhost", "banksia-conformance-"
HOSTS = (HOST, "127.0.0.1")  # the browser calls the second


@dataclass
class Ground:
    """An installation with two councils; what is done here is kept, and the database is dropped at the end."""

    platform: Platform
    app: FastAPI
    databases: TestDatabases
    folder: Path
    organisation_id: uuid.UUID
    neighbour_id: uuid.UUID

    @property
    def modules(self) -> Modules:
        """The modules that are tried, and those beside them."""
        return self.platform.modules

    @cached_property
    def routes(self) -> list[Route]:
        """Every route of every module; describing each, as the API's document does, takes seconds and is not needed."""
        return [
            Route(
                str(each.path).split("/")[2], method, str(each.path), (each.openapi_extra or {}).get("x-permission"), {}
            )
            for each in api_routes(self.app)
            for method in sorted(each.methods or ())
        ]

    @cached_property
    def footprints(self) -> dict[str, list[str]]:
        """What the migrations of each module touch outside its own schema."""
        return footprints_of(self.databases, self.folder, self.modules)

    @cached_property
    def contract(self) -> list[str]:
        """What `banksia check` finds wrong with all modules together."""
        return check(self.modules, self.app)

    def drift_of(self, module: Module) -> list[str]:
        """What the models of a module say and its migrations do not make."""
        engine = make_engine(self.platform.settings, owner=True)
        try:
            problems, _ = compare(engine, [module])
        finally:
            engine.dispose()
        return problems

    def sample_of(self, schema: dict[str, Any]) -> Any:
        """Something that fits a JSON Schema."""
        maker = Walk(None, [], {}, schema.get("$defs", {}))  # type: ignore[arg-type]  # it sends nothing here
        return maker.value(schema, "")


@contextmanager
def proving_ground(
    modules: Modules, databases: TestDatabases | None = None, newcomer: Module | None = None
) -> Iterator[Ground]:
    """A ground for these modules, and for one that comes to them.

    Databases that are given must have been migrated with the modules, and not with the newcomer.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)))
        if databases is None:
            databases = stack.enter_context(TestDatabases.running(folder / "postgres", modules))
        name = databases.create()
        stack.callback(databases.drop, name)
        settings, footprints = databases.settings(folder, name), None
        if newcomer is not None:
            modules = Modules([*modules, newcomer])
            footprints = {newcomer.name: footprint_of(settings, modules, newcomer)}
        yield stack.enter_context(_ground(create_platform(settings, modules), databases, folder, footprints))


@contextmanager
def _ground(
    platform: Platform, databases: TestDatabases, folder: Path, footprints: dict[str, list[str]] | None
) -> Iterator[Ground]:
    platform.bell = lambda _organisation_id, _outbox_id: None
    for slug, title in (HERE, NEIGHBOUR):
        create_organisation(
            platform, slug=slug, name=title, hosts=list(HOSTS) if slug == HERE[0] else [f"{slug}.localhost"]
        )
    with platform.database.session(None) as session:
        ids = organisation_slugs(session)
    ground = Ground(platform, app_of_platform(platform), databases, folder, ids[HERE[0]], ids[NEIGHBOUR[0]])
    if footprints is not None:
        ground.footprints = footprints
    yield ground
    assert isinstance(platform.database.bind, Engine)
    platform.database.bind.dispose()


def rows_in(database_url: str, schema: str, organisation_id: uuid.UUID) -> dict[str, str]:
    """A fingerprint of each table of a module, as its council sees it."""
    with psycopg.connect(database_url) as connection:
        connection.execute("SELECT set_config('banksia.organisation_id', %s, true)", [str(organisation_id)])
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename <> 'alembic_version'", [schema]
        ).fetchall()
        found = {}
        for (table,) in tables:
            statement = sql.SQL(
                "SELECT md5(coalesce(string_agg(row::text, '' ORDER BY row::text), '')) FROM {} row"
            ).format(sql.Identifier(schema, table))
            [[found[table]]] = connection.execute(statement).fetchall()
        return found

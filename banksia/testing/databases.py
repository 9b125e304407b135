"""Databases for tests: one server, one migrated template, copies of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from pydantic import SecretStr

from banksia.kit.embedded_postgres import EmbeddedPostgres, postgres, running_postgres
from banksia.kit.migrations import has_tables, migrate
from banksia.kit.module import Modules
from banksia.kit.settings import Settings

TEMPLATE = "banksia_template"
LENT = "BANKSIA_TEST_SERVER"
"""A variable that names the folder of the socket of a running server that has the template: it is used, not started."""


@dataclass
class TestDatabases:
    """Makes databases that are already migrated."""

    __test__ = False  # it is no test class, whatever its name suggests to pytest

    server: EmbeddedPostgres
    template: str = TEMPLATE
    """What new databases are copied from."""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _made: set[str] = field(default_factory=set)

    @classmethod
    @contextmanager
    def running(cls, folder: Path, modules: Modules, *, durable: bool = False) -> Iterator["TestDatabases"]:
        """Start the server and migrate the template; `durable` is for measurements, tests are faster without."""
        lent = os.environ.get(LENT)
        if lent:
            databases = cls(running_postgres(Path(lent)))
            databases._learn(modules, folder)
            yield databases
            for name in list(databases._made):
                databases.drop(name)
            return
        with postgres(folder, durable=durable) as server:
            databases = cls(server)
            databases._execute("CREATE DATABASE {} OWNER banksia_owner", TEMPLATE)
            migrate(databases.settings(folder, TEMPLATE), modules)
            yield databases

    def _learn(self, modules: Modules, folder: Path) -> None:
        """Copy a lent template and migrate there the modules that the lender does not know."""
        with psycopg.connect(self.server.url("banksia_owner", TEMPLATE)) as connection:
            known = {name for (name,) in connection.execute("SELECT nspname FROM pg_namespace")}
        unknown = [module.name for module in modules if has_tables(module) and module.name not in known]
        if unknown:
            learnt = self.create()
            for name in unknown:
                migrate(self.settings(folder, learnt), modules, only=name)
            self.template = learnt

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.server.url(database="postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))

    def create(self, name: str | None = None) -> str:
        """A new database, copied from the template in a tenth of a second; answers its name."""
        name = name or f"banksia_test_{os.getpid()}_{next(self._numbers)}"
        self._execute("CREATE DATABASE {} TEMPLATE {} OWNER banksia_owner STRATEGY file_copy", name, self.template)
        self._made.add(name)
        return name

    def create_empty(self, name: str) -> None:
        """A new database in which nothing was migrated."""
        self._execute("CREATE DATABASE {} OWNER banksia_owner", name)
        self._made.add(name)

    def drop(self, name: str) -> None:
        """Remove a database and whoever is still connected to it."""
        self._execute("DROP DATABASE {} WITH (FORCE)", name)
        self._made.discard(name)

    def settings(self, folder: Path, database: str) -> Settings:
        """Settings for a database, with everything else in a folder."""
        return Settings(
            environment="test",
            data_dir=folder,
            database_url=self.server.url("banksia_app", database),
            database_owner_url=self.server.url("banksia_owner", database),
            secret_key=SecretStr("a key for tests only, thirty-two characters"),
            rate_limits="off",
            webhooks_to_this_machine=True,
            stripe_secret_key=SecretStr("sk_test_banksia"),
            stripe_webhook_secrets=[SecretStr("whsec_test_new"), SecretStr("whsec_test_old")],
        )

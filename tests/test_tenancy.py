"""Row-level security: every table of every module, as the wrong council, and what the application's role may not do.

One row is made in each table for one council, with foreign keys, checks and triggers off, from nothing but the table's
own columns: a table that somebody adds is tested without anybody thinking of it.
"""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import Table

from banksia.kit.migrations import has_tables, import_models, tables_of
from banksia.kit.module import Modules, discover
from banksia.testing.databases import TestDatabases

MODULES = discover()
import_models(MODULES)
TABLES = [table for module in MODULES if has_tables(module) for table in tables_of(module)]
OWNED = [table for table in TABLES if "organisation_id" in table.columns]
"""Every table but that of the organisations themselves, which is read before one knows for whom one works."""
MINE, THEIRS = uuid.UUID(int=1), uuid.UUID(int=2)
MOMENT = datetime(2026, 11, 23, 10, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "uuid": uuid.UUID(int=9),
    "text": "x",
    "character varying": "x",
    "smallint": 1,
    "integer": 1,
    "bigint": 1,
    "numeric": 1,
    "double precision": 1.0,
    "real": 1.0,
    "boolean": True,
    "timestamp with time zone": MOMENT,
    "date": date(2026, 11, 23),
    "time without time zone": time(10),
    "jsonb": Jsonb({}),
    "bytea": b"x",
    "tsvector": "",
    "text[]": ["x"],
}


@pytest.fixture(scope="module")
def database(databases: TestDatabases, modules: Modules) -> Iterator[str]:
    """A database with one row of one council in every table, and no rule left but those that are tested."""
    assert {table.fullname for table in TABLES} == {
        table.fullname for module in modules if has_tables(module) for table in tables_of(module)
    }
    name = databases.create()
    with psycopg.connect(databases.server.url(database=name)) as superuser:
        superuser.execute("SET session_replication_role = replica")  # foreign keys and triggers are not asked
        for schema, table, constraint in superuser.execute(
            "SELECT nspname, relname, conname FROM pg_constraint"
            " JOIN pg_class ON pg_class.oid = conrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE contype = 'c' AND nspname = ANY(%s)",
            [sorted({str(table.schema) for table in TABLES})],
        ).fetchall():
            drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
            superuser.execute(drop.format(sql.Identifier(schema, table), sql.Identifier(constraint)))
        for table in OWNED:
            superuser.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name_of(table)))
            insert(superuser, table, MINE)
    yield name
    databases.drop(name)


def name_of(table: Table) -> sql.Identifier:
    return sql.Identifier(str(table.schema), table.name)


def insert(connection: psycopg.Connection[Any], table: Table, organisation_id: uuid.UUID) -> None:
    """One row with something in every column that must have something."""
    types = dict(
        connection.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
            " AND (attnotnull AND NOT atthasdef OR attname = 'organisation_id')",
            [f'"{table.schema}"."{table.name}"'],
        ).fetchall()
    )
    values = {column: VALUES[kind] for column, kind in types.items()} | {"organisation_id": organisation_id}
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        name_of(table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(sql.Placeholder() * len(values)),
    )
    connection.execute(statement, list(values.values()))


@pytest.fixture
def application(databases: TestDatabases, database: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection as the application's role; what a test does is rolled back."""
    with psycopg.connect(databases.server.url("banksia_app", database)) as connection:
        yield connection
        connection.rollback()


def work_for(connection: psycopg.Connection[Any], organisation_id: uuid.UUID | str) -> None:
    connection.execute("SELECT set_config('banksia.organisation_id', %s, true)", [str(organisation_id)])


def count(connection: psycopg.Connection[Any], table: Table) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(name_of(table))).fetchone()
    assert row is not None
    return int(row[0])


owned = pytest.mark.parametrize("table", OWNED, ids=lambda table: table.fullname)


class TestEveryTable:
    def test_belongs_to_an_organisation_but_one(self) -> None:
        assert [table.fullname for table in TABLES if table not in OWNED] == ["organisations.organisations"]

    @owned
    def test_shows_a_council_its_own_rows(self, application: psycopg.Connection[Any], table: Table) -> None:
        work_for(application, MINE)
        assert count(application, table) == 1

    @owned
    def test_shows_another_council_nothing(self, application: psycopg.Connection[Any], table: Table) -> None:
        work_for(application, THEIRS)
        assert count(application, table) == 0

    @owned
    def test_shows_nothing_to_who_works_for_nobody(self, application: psycopg.Connection[Any], table: Table) -> None:
        assert count(application, table) == 0
        work_for(application, "")  # so it is on a connection that is used again
        assert count(application, table) == 0

    @owned
    def test_takes_no_row_in_another_council_s_name(self, application: psycopg.Connection[Any], table: Table) -> None:
        work_for(application, THEIRS)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            insert(application, table, MINE)

    @owned
    def test_lets_another_council_change_and_remove_nothing(
        self, application: psycopg.Connection[Any], table: Table
    ) -> None:
        work_for(application, THEIRS)
        for statement in ("UPDATE {} SET organisation_id = organisation_id", "DELETE FROM {}"):
            if table.info["append_only"]:
                with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
                    application.execute(sql.SQL(statement).format(name_of(table)))
            else:
                assert application.execute(sql.SQL(statement).format(name_of(table))).rowcount == 0

    @owned
    def test_lets_no_row_be_given_to_another_council(self, application: psycopg.Connection[Any], table: Table) -> None:
        work_for(application, MINE)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(sql.SQL("UPDATE {} SET organisation_id = %s").format(name_of(table)), [THEIRS])

    @owned
    def test_has_its_council_first_in_every_unique_key_and_index(
        self, application: psycopg.Connection[Any], table: Table
    ) -> None:
        """But for the identity, which is unique over all, and for words, which only a reviewed function looks up."""
        first_columns = application.execute(
            "SELECT indexrelid::regclass::text, attname FROM pg_index"
            " JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam AND amname <> 'gin'"
            " LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]"
            " WHERE indrelid = %s::regclass AND NOT indisprimary",
            [f'"{table.schema}"."{table.name}"'],
        ).fetchall()
        assert [name for name, column in first_columns if column != "organisation_id"] == []


class TestApplicationRole:
    def one(self, connection: psycopg.Connection[Any], query: str) -> tuple[Any, ...]:
        row = connection.execute(query).fetchone()
        assert row is not None
        return tuple(row)

    def test_is_no_superuser_and_does_not_bypass_the_policies(self, application: psycopg.Connection[Any]) -> None:
        query = (
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert self.one(application, query) == (False,) * 5
        assert self.one(application, "SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole") == (
            0,
        )

    def test_owns_nothing(self, application: psycopg.Connection[Any]) -> None:
        for catalogue, column in (
            ("pg_class", "relowner"),
            ("pg_namespace", "nspowner"),
            ("pg_proc", "proowner"),
            ("pg_type", "typowner"),
            ("pg_database", "datdba"),
        ):
            query = f"SELECT count(*) FROM {catalogue} WHERE {column} = current_user::regrole"  # noqa: S608  (names from the list above)
            assert self.one(application, query) == (0,), catalogue

    def test_can_create_nothing_in_any_schema(self, application: psycopg.Connection[Any]) -> None:
        query = (
            "SELECT nspname FROM pg_namespace WHERE has_schema_privilege(nspname, 'CREATE')"
            " AND nspname !~ '^pg_(temp|toast)'"
        )
        assert application.execute(query).fetchall() == []

    @pytest.mark.parametrize("table", TABLES, ids=lambda table: table.fullname)
    def test_has_the_rights_that_the_table_says(self, application: psycopg.Connection[Any], table: Table) -> None:
        wanted = {"SELECT", "INSERT"} if table.info["append_only"] else {"SELECT", "INSERT", "UPDATE", "DELETE"}
        rights = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
        name = f'"{table.schema}"."{table.name}"'
        found = {
            right
            for right in rights
            if application.execute("SELECT has_table_privilege(%s, %s)", [name, right]).fetchone() == (True,)
        }
        assert found == wanted

    def test_cannot_write_the_history_of_migrations(self, application: psycopg.Connection[Any]) -> None:
        for module in MODULES:
            if has_tables(module):
                for right in ("INSERT", "UPDATE", "DELETE"):
                    query = f"SELECT has_table_privilege('{module.name}.alembic_version', '{right}')"
                    assert self.one(application, query) == (False,)


class TestDatabase:
    def test_has_a_policy_on_every_table_that_it_holds(self, application: psycopg.Connection[Any]) -> None:
        """Also on one that a migration made by hand and no model knows."""
        without = application.execute(
            "SELECT nspname || '.' || relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE relkind IN ('r', 'p', 'm', 'v') AND NOT relrowsecurity AND relname <> 'alembic_version'"
            " AND nspname !~ '^(pg_|information_schema)'"
        ).fetchall()
        assert without == [("organisations.organisations",)]

    def test_every_function_with_the_owner_s_rights_looks_at_one_council_only(
        self, application: psycopg.Connection[Any]
    ) -> None:
        """A SECURITY DEFINER function passes the policies: it filters by the setting itself, with a fixed path."""
        found = application.execute(
            "SELECT proname, prosrc LIKE '%%banksia.organisation_id%%',"
            " coalesce(array_to_string(proconfig, ','), '') LIKE '%%search_path%%'"
            " FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace"
            " WHERE prosecdef AND nspname !~ '^(pg_|information_schema)'"
        ).fetchall()
        assert [name for name, scoped, fixed in found if not (scoped and fixed)] == []

"""Secondary indexes set aside while millions of rows are written: one is built faster than it is added to."""

from collections.abc import Iterable

import psycopg

_SECONDARY = """
SELECT n.nspname || '.' || c.relname, pg_get_indexdef(c.oid), o.conname, pg_get_constraintdef(o.oid),
    t.oid::regclass::text
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_namespace n ON n.oid = t.relnamespace LEFT JOIN pg_constraint o ON o.conindid = c.oid AND o.contype = 'u'
WHERE n.nspname || '.' || t.relname = ANY(%s) AND NOT i.indisprimary"""


def drop(connection: psycopg.Connection, tables: Iterable[str]) -> list[str]:
    """Drop every index but the primary keys of some tables; answers the statements that build them again."""
    again = []
    for name, definition, constraint, told, table in connection.execute(_SECONDARY, [list(tables)]).fetchall():
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}" if constraint else f"DROP INDEX {name}")
        again.append(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {told}" if constraint else definition)
    return again


def build(connection: psycopg.Connection, statements: Iterable[str]) -> None:
    """Build them again."""
    for statement in statements:
        connection.execute(statement)

"""What each module's migrations leave in the database outside the module's own schema."""

import uuid
from pathlib import Path

import psycopg

from banksia.kit.migrations import migrate
from banksia.kit.module import Module, Modules
from banksia.kit.settings import Settings
from banksia.testing.databases import TestDatabases

# Every table with its columns, constraint, index, function, type and trigger, but for what an extension brought.
OBJECTS = """
SELECT space.nspname, kind, name, md5(definition) FROM (
    SELECT relnamespace AS space, 'table' AS kind, relname::text AS name,
           (SELECT string_agg(concat_ws(' ', attname, atttypid::regtype, attnotnull), ', ' ORDER BY attnum)
            FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped)
           || relrowsecurity::text AS definition, pg_class.oid AS id, 'pg_class'::regclass AS class
    FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'i', 'S')
    UNION ALL
    SELECT pronamespace, 'function', proname || '(' || pg_get_function_identity_arguments(oid) || ')', prosrc,
           oid, 'pg_proc'::regclass
    FROM pg_proc
    UNION ALL
    SELECT relnamespace, 'trigger', relname || '.' || tgname, pg_get_triggerdef(pg_trigger.oid),
           pg_trigger.oid, 'pg_trigger'::regclass
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal
    UNION ALL
    SELECT connamespace, 'constraint', conname::text, pg_get_constraintdef(oid), oid, 'pg_constraint'::regclass
    FROM pg_constraint
    UNION ALL
    SELECT relnamespace, 'policy', relname || '.' || polname,
           concat_ws(' ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)),
           pg_policy.oid, 'pg_policy'::regclass
    FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
) AS found JOIN pg_namespace AS space ON space.oid = found.space
WHERE space.nspname !~ '^(pg_|information_schema)'
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = found.class AND objid = found.id AND deptype = 'e')
"""
Objects = dict[tuple[str, str, str], str]


def footprints_of(databases: TestDatabases, folder: Path, modules: Modules) -> dict[str, list[str]]:
    """Migrate an empty database module by module, and say what each changes that is another's."""
    name = f"conformance_{uuid.uuid4().hex[:12]}"
    databases.create_empty(name)
    settings = databases.settings(folder, name)
    found: dict[str, list[str]] = {}
    last: list[tuple[Module, Objects]] = []

    def look(module: Module | None) -> None:
        now = _objects(settings.database_owner_url)
        if last:
            before, objects = last[-1]
            found[before.name] = _outside(before, objects, now)
        if module is not None:
            last.append((module, now))

    try:
        migrate(settings, modules, on_module=look)
        look(None)
    finally:
        databases.drop(name)
    return found


def footprint_of(settings: Settings, modules: Modules, module: Module) -> list[str]:
    """Migrate one module in a database that has the others, and say what it changes that is another's."""
    before = _objects(settings.database_owner_url)
    migrate(settings, modules, only=module.name)
    return _outside(module, before, _objects(settings.database_owner_url))


def _objects(url: str) -> Objects:
    with psycopg.connect(url) as connection:
        return {(space, kind, name): digest for space, kind, name, digest in connection.execute(OBJECTS)}


def _outside(module: Module, before: Objects, now: Objects) -> list[str]:
    changed = {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
    return [
        f"Its migrations touch the {kind} {name} in the schema “{space}”. Keep every change in “{module.name}”."
        for space, kind, name in sorted(changed)
        if space != module.name
    ]

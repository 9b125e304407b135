"""SQL that changes many records at once and journals each: the columns that differ, before and after."""

from collections.abc import Sequence
from typing import Final

NEW_ID: Final = (
    "CAST(:id_prefix || overlay(lpad(to_hex({n} % 16777216), 6, '0') PLACING '-8' FROM 4 FOR 0) || '-'"
    " || lpad(to_hex(CAST(random() * 281474976710655 AS bigint)), 12, '0') AS uuid)"
)
"""A UUIDv7 of the import's moment that sorts by `{n}`: PostgreSQL before 18 has none of its own."""

CREATE_NUMBERS: Final = "CREATE TEMPORARY SEQUENCE IF NOT EXISTS run_numbers CACHE 1000"
NEXT: Final = "nextval('run_numbers')"


def new_id(number: str) -> str:
    """The expression of a new record's id, given one that numbers the rows."""
    return NEW_ID.replace("{n}", number)


def journaled(
    table: str,
    keys: Sequence[str],
    columns: Sequence[str],
    due: str,
    *,
    writer: str = "CAST(:run AS uuid)",
    line: str = "coalesce(due.line, t.source_line)",
) -> str:
    """One statement that updates a table and journals it.

    `due` selects the keys, `line` (null where no line says so) and the columns as they shall be, of records that
    differ. `writer` and `line` are the import and the line that the records belong to from then on. Answers one row:
    how many were `touched`, and of these `ended` and `reopened`.
    """
    named = [*columns, "import_run_id", "source_line"]
    same = " AND ".join(f"{{left}}.{key} = due.{key}" for key in keys)
    return f"""
WITH due AS MATERIALIZED ({due}),
done AS (
    UPDATE property.{table} t
    SET {", ".join(f"{name} = due.{name}" for name in columns)}, import_run_id = {writer},
        source_line = {line}
    FROM due JOIN property.{table} old ON old.organisation_id = :organisation AND {same.replace("{left}", "old")}
    WHERE t.organisation_id = :organisation AND {same.replace("{left}", "t")}
    RETURNING {", ".join(f"t.{key}" for key in keys)},
              {", ".join(f"old.{name} AS old_{name}, t.{name} AS new_{name}" for name in named)}
),
numbered AS MATERIALIZED (SELECT done.*, {NEXT} AS n FROM done),
noted AS ({_note(table, keys, named)})
SELECT count(*) AS touched,
       count(*) FILTER (WHERE jsonb_typeof(after -> 'valid_to') = 'string') AS ended,
       count(*) FILTER (WHERE jsonb_typeof(after -> 'valid_to') = 'null') AS reopened
FROM noted"""  # noqa: S608  (names of our own tables and columns)


def _note(table: str, keys: Sequence[str], named: Sequence[str]) -> str:
    """Write what `numbered` holds, before and after, into the journal: only the columns that differ."""
    values = ", ".join(f"('{name}', to_jsonb(old_{name}), to_jsonb(new_{name}))" for name in named)
    differing = f"FROM (VALUES {values}) AS pair (name, old, new) WHERE old IS DISTINCT FROM new"
    other = f"d.{keys[1]}" if len(keys) > 1 else "CAST(NULL AS uuid)"
    return f"""
    INSERT INTO property.changes
        (organisation_id, id, created_at, act, import_run_id, table_name, record_id, other_id, before, after,
         changed_at, actor_name)
    SELECT :organisation, {new_id("d.n")}, :now, :act, :run, '{table}', d.{keys[0]}, {other},
           (SELECT jsonb_object_agg(name, coalesce(old, 'null')) {differing}),
           (SELECT jsonb_object_agg(name, coalesce(new, 'null')) {differing}), :now, :actor
    FROM numbered d
    RETURNING after"""  # noqa: S608  (names of our own tables and columns)

"""The SQL that takes an import back: what it made never held, what it changed is as it was.

The parameters are those of an import; `run` is the one that is taken back, `applied_at` when it was applied.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Table

from banksia.modules.property.models import (
    Address,
    Assessment,
    AttributeValue,
    Owner,
    Parcel,
    ParcelAddress,
    ParcelShape,
    Property,
    PropertyAddress,
    PropertyParcel,
    Street,
)
from banksia.modules.property.queries.journaling import journaled

_MODELS: Final = (
    Street, Address, Parcel, Assessment, Property, PropertyParcel, ParcelAddress, PropertyAddress, ParcelShape, Owner,
    AttributeValue,
)  # fmt: skip
TABLES: Final[tuple[Table, ...]] = tuple(model.__table__ for model in _MODELS)  # type: ignore[misc]  # each is a table


_NOT_RESTORED: Final = ("organisation_id", "created_at", "import_run_id", "source_line")


def keys_of(table: Table) -> list[str]:
    """What the journal names a record by."""
    return [column.name for column in table.primary_key if column.name != "organisation_id"]


def _pairs(table: Table, row: str) -> tuple[str, str]:
    """The expressions of a record's first and second key."""
    keys = keys_of(table)
    return f"{row}.{keys[0]}", f"{row}.{keys[1]}" if len(keys) > 1 else "CAST(NULL AS uuid)"


DROP_TEMPORARY: Final = "DROP TABLE IF EXISTS taken, made, written, touched, labelled, standing"
# What the import took over from an earlier writer: the joins below must not walk the journal for each record.
CREATE_TAKEN: Final = """
CREATE TEMPORARY TABLE taken AS
SELECT DISTINCT c.table_name, c.record_id AS id, c.other_id FROM property.changes c
WHERE c.organisation_id = :organisation AND c.import_run_id = CAST(:run AS uuid) AND c.act = 'import'
  AND c.before ? 'import_run_id'"""
ANALYZE_TAKEN: Final = "ANALYZE taken"
CREATE_MADE: Final = "CREATE TEMPORARY TABLE made (table_name text, id uuid, other_id uuid)"


def insert_made(table: Table) -> str:
    """The records of a table that the import made: it wrote them last, and its journal knows no writer before it."""
    first, second = _pairs(table, "t")
    return f"""
INSERT INTO made
SELECT '{table.name}', {first}, {second} FROM property.{table.name} t
WHERE t.organisation_id = :organisation AND t.import_run_id = CAST(:run AS uuid)
  AND t.valid_to IS DISTINCT FROM t.valid_from
  AND NOT EXISTS (SELECT FROM taken x WHERE x.table_name = '{table.name}' AND x.id = {first}
                  AND x.other_id IS NOT DISTINCT FROM {second})"""  # noqa: S608  (names of our own tables)


CREATE_WRITTEN: Final = """
CREATE TEMPORARY TABLE written AS
SELECT table_name, id, other_id FROM made WHERE table_name <> 'streets'
UNION
SELECT c.table_name, c.record_id, c.other_id FROM property.changes c
WHERE c.organisation_id = :organisation AND c.import_run_id = CAST(:run AS uuid) AND c.act = 'import'
  AND c.table_name <> 'streets'"""
ANALYZE_WRITTEN: Final = "ANALYZE made, written"


def restore(table: Table) -> str:
    """Put back what the import changed in a table, from its journal; the earliest change of a column counts."""
    keys = keys_of(table)
    first, second = _pairs(table, "t")
    columns = [
        column.name
        for column in table.columns
        if not column.primary_key
        and column.name not in ("organisation_id", "created_at", "import_run_id", "source_line")
    ]
    named = f"m.record_id AS {keys[0]}" + (f", m.other_id AS {keys[1]}" if len(keys) > 1 else "")
    due = f"""
    SELECT {named}, r.source_line AS line, r.import_run_id, {", ".join(f'r."{name}"' for name in columns)}
    FROM (
        SELECT c.record_id, c.other_id, jsonb_object_agg(each.key, each.value ORDER BY c.id DESC) AS before
        FROM property.changes c CROSS JOIN LATERAL jsonb_each(c.before) each
        WHERE c.organisation_id = :organisation AND c.import_run_id = CAST(:run AS uuid) AND c.act = 'import'
          AND c.table_name = '{table.name}'
        GROUP BY c.record_id, c.other_id
    ) m
    JOIN property.{table.name} t ON t.organisation_id = :organisation AND {first} = m.record_id
        AND {second} IS NOT DISTINCT FROM m.other_id
    CROSS JOIN LATERAL jsonb_populate_record(t, m.before) r
    WHERE NOT EXISTS (SELECT FROM made x WHERE x.table_name = '{table.name}' AND x.id = m.record_id
                      AND x.other_id IS NOT DISTINCT FROM m.other_id)"""  # noqa: S608  (names of our own tables)
    return journaled(table.name, keys, columns, due, writer="due.import_run_id", line="due.line")


def unmake(table: Table) -> str:
    """What the import made in a table never held; a street stays while another import's address is in it."""
    first, second = _pairs(table, "t")
    used = (
        " AND NOT EXISTS (SELECT FROM property.addresses a WHERE a.organisation_id = :organisation"
        " AND a.street_id = t.id AND a.valid_to IS DISTINCT FROM a.valid_from)"
        if table.name == "streets"
        else ""
    )
    return f"""
UPDATE property.{table.name} t SET valid_to = t.valid_from FROM made x
WHERE t.organisation_id = :organisation AND x.table_name = '{table.name}' AND {first} = x.id
  AND {second} IS NOT DISTINCT FROM x.other_id{used}"""  # noqa: S608  (names of our own tables)


CREATE_TOUCHED: Final = """
CREATE TEMPORARY TABLE touched AS
SELECT id FROM made WHERE table_name IN ('properties', 'property_parcels', 'property_addresses')
UNION
SELECT x.property_id FROM made
JOIN property.property_parcels x ON x.organisation_id = :organisation AND x.parcel_id = made.id
WHERE made.table_name IN ('parcels', 'parcel_addresses')
UNION
SELECT x.property_id FROM made
JOIN property.property_addresses x ON x.organisation_id = :organisation AND x.address_id = made.id
WHERE made.table_name = 'addresses'"""

CLOSE_CONFLICTS: Final = """
UPDATE property.conflicts SET state = 'kept', decided_at = :now, decided_by_name = :actor
WHERE organisation_id = :organisation AND import_run_id = CAST(:run AS uuid) AND state = 'open'"""
RESOLVE_UNMATCHED: Final = """
UPDATE property.unmatched_rows SET resolved_at = :now
WHERE organisation_id = :organisation AND import_run_id = CAST(:run AS uuid) AND resolved_at IS NULL"""
DELETE_WORDS: Final = """
DELETE FROM property.owner_words w USING made
WHERE w.organisation_id = :organisation AND made.table_name = 'owners' AND w.owner_id = made.id"""
RESTORED_OWNERS: Final = """
SELECT o.id, o.name FROM property.changes c
JOIN property.owners o ON o.organisation_id = :organisation AND o.id = c.record_id AND o.valid_to IS NULL
WHERE c.organisation_id = :organisation AND c.import_run_id = CAST(:run AS uuid) AND c.act = 'import'
  AND c.table_name = 'owners'"""
INSERT_WORD: Final = """
INSERT INTO property.owner_words (organisation_id, word, owner_id) VALUES (:organisation, :word, :id)
ON CONFLICT DO NOTHING"""

# What stands in the way.
LATER_CHANGES: Final = """
SELECT c.act, r.file_name, count(*) AS count
FROM property.changes c
LEFT JOIN written w ON w.table_name = c.table_name AND w.id = c.record_id
    AND w.other_id IS NOT DISTINCT FROM c.other_id
LEFT JOIN property.import_runs r ON r.organisation_id = :organisation AND r.id = c.import_run_id
WHERE c.organisation_id = :organisation AND c.changed_at > :applied_at
  AND c.import_run_id IS DISTINCT FROM CAST(:run AS uuid)
  AND (c.act <> 'import' OR r.state = 'applied') AND c.act <> 'revert'
  AND (w.id IS NOT NULL OR c.before ->> 'import_run_id' = CAST(CAST(:run AS uuid) AS text))
GROUP BY c.act, r.file_name ORDER BY count(*) DESC LIMIT 5"""


def _links(table: str, *columns: str) -> str:
    return " UNION ALL ".join(
        f"SELECT r.file_name FROM property.{table} x"  # noqa: S608  (names of our own tables)
        f" JOIN made ON made.id = x.{column} AND made.table_name = '{of}'"
        " LEFT JOIN property.import_runs r ON r.organisation_id = :organisation AND r.id = x.import_run_id"
        " WHERE x.organisation_id = :organisation AND x.import_run_id IS DISTINCT FROM CAST(:run AS uuid)"
        " AND x.valid_to IS DISTINCT FROM x.valid_from"
        for column, of in zip(columns[::2], columns[1::2], strict=True)
    )


LATER_LINKS: Final = f"""
SELECT file_name, count(*) AS count FROM (
    {_links("property_parcels", "parcel_id", "parcels", "property_id", "properties")}
    UNION ALL
    {_links("parcel_addresses", "parcel_id", "parcels", "address_id", "addresses")}
    UNION ALL
    {_links("property_addresses", "address_id", "addresses", "property_id", "properties")}
) later GROUP BY file_name ORDER BY count(*) DESC LIMIT 5"""  # noqa: S608  (parts of our own)
LATER_ATTRIBUTES: Final = f"""
SELECT count(*) FROM ({_links("attribute_values", "parcel_id", "parcels", "property_id", "properties")}) later"""  # noqa: S608  (parts of our own)
LATER_OWNERS: Final = f"""
SELECT count(*) FROM ({_links("owners", "property_id", "properties")}) later"""  # noqa: S608  (parts of our own)
CORRECTIONS: Final = """
SELECT count(*) FROM property.corrections c JOIN written w ON w.table_name = c.table_name AND w.id = c.record_id
WHERE c.organisation_id = :organisation AND (c.state = 'proposed' OR (c.state = 'approved' AND c.is_binding))
  AND c.created_at > :applied_at"""
LINEAGE: Final = """
SELECT count(DISTINCT e.id) FROM property.lineage_parcels x
JOIN written w ON w.table_name = 'parcels' AND w.id = x.parcel_id
JOIN property.lineage_events e ON e.id = x.event_id AND e.valid_to IS NULL
WHERE x.organisation_id = :organisation AND e.created_at > :applied_at"""
OTHER_SCHEMAS: Final = """
SELECT n.nspname AS schema, c.relname AS table, a.attname AS column, target.relname AS target
FROM pg_constraint f
JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class target ON target.oid = f.confrelid JOIN pg_namespace home ON home.oid = target.relnamespace
JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
WHERE f.contype = 'f' AND home.nspname = 'property' AND n.nspname <> 'property' AND cardinality(f.conkey) = 1
ORDER BY 1, 2, 3"""


def used_elsewhere(references: Iterable[dict[str, Any]]) -> str:
    """How many records of each other module name what the import made."""
    return " UNION ALL ".join(
        f'SELECT \'{each["schema"]}\' AS schema, count(*) AS count FROM "{each["schema"]}"."{each["table"]}" x'  # noqa: S608  (names from the catalogue)
        f" JOIN made ON made.id = x.\"{each['column']}\" AND made.table_name = '{each['target']}'"
        for each in references
    )

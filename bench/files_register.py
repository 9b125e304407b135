"""Documents by the million in the files of 30,000 properties, written by PostgreSQL itself.

One property has a thousand documents in one folder. Tables hold their rows in the order in which the documents came.
"""

import uuid

import psycopg

from bench import secondary_indexes

NAMES = ("documents", "document_versions", "contents", "document_words", "activities", "comments")
TABLES = tuple(f"files.{name}" for name in NAMES)
LARGE_FOLDER = 1_000
COMMON, RARE, DISUSED = "boundary", "quokka", "bakelite"
"""A word of every tenth document, of one in ten thousand, and of half of the oldest tenth alone."""
FORMER, STAFF = "Ida Brandt", ("Tom Okafor", "Ana Reyes", "Mei Tan")
"""Who added the oldest twentieth, and who added the others."""

_GIVEN = """
CREATE TEMPORARY TABLE places ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY id) - 1 AS number, id FROM property.properties WHERE organisation_id = %(council)s;
CREATE TEMPORARY TABLE kinds ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY position) - 1 AS number, id, kind, count(*) OVER () AS most FROM files.folders
WHERE organisation_id = %(council)s AND property_id IS NULL"""
_MADE = """
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT n, uuidv7() AS id, uuidv7() AS version_id, uuidv7() AS object_id,
    p.id AS property_id, k.id AS folder_id,
    (%(words)s::text[])[n %% 40 + 1] || ' ' || (%(words)s::text[])[n / 40 %% 40 + 1]
        || CASE WHEN n %% 10 = 0 THEN ' ' || %(common)s ELSE '' END
        || CASE WHEN n %% 10000 = 77 THEN ' ' || %(rare)s ELSE '' END
        || CASE WHEN n <= %(size)s / 10 AND n %% 2 = 0 THEN ' ' || %(disused)s ELSE '' END || ' ' || n AS title,
    CASE WHEN n <= %(size)s / 20 THEN %(former)s ELSE (%(people)s::text[])[n %% 3 + 1] END AS added_by, k.kind,
    now() - (%(size)s - n) * (interval '3650 days' / %(size)s) AS at
FROM generate_series(1::bigint, %(size)s) n
JOIN places p ON p.number = CASE WHEN n <= %(large)s THEN 0 ELSE n * 7919 %% %(places)s END
JOIN kinds k ON k.number = CASE WHEN n <= %(large)s THEN 1 ELSE n %% k.most END
ORDER BY n"""
_INSERTS = (
    """
INSERT INTO storage.objects (organisation_id, id, created_at, sha256, size, content_type)
SELECT %(council)s, object_id, at, md5(n::text) || md5('x' || n), 400000 + n %% 1000000, 'application/pdf' FROM made
ON CONFLICT DO NOTHING""",
    """
INSERT INTO files.documents (organisation_id, id, created_at, property_id, folder_id, title, description, parcel,
    property_label, latest_number, changed_at, state)
SELECT %(council)s, id, at, property_id, folder_id, title, '', NULL, 'SOME STREET', 1, at, 'present' FROM made""",
    """
INSERT INTO files.document_versions (organisation_id, id, created_at, document_id, number, object_id, file_name, sha256,
    size, content_type, added_by_name)
SELECT %(council)s, version_id, at, id, 1, object_id, title || '.pdf', md5(n::text) || md5('x' || n),
    400000 + n %% 1000000, 'application/pdf', added_by FROM made""",
    """
INSERT INTO files.contents (organisation_id, id, created_at, object_id, text_state, text, text_note, picture_state,
    picture_note, is_scan, ocr_pages_done, ocr_seconds, virus_scan, virus_name)
SELECT %(council)s, uuidv7(), at, object_id, 'done', '', '', 'done', '', false, 0, 0, 'not_scanned', '' FROM made""",
    """
INSERT INTO files.document_words (organisation_id, id, created_at, document_id, place, words)
SELECT %(council)s, uuidv7(), at, id, n, array_to_tsvector(
        files.narrowing_words(%(council)s, kind, at::date, ARRAY[added_by]) || files.batches_of(%(council)s, n))
    || setweight(files.typed_words(title), 'A')
    || setweight(to_tsvector('english', array_to_string(
        ARRAY(SELECT (%(words)s::text[])[(n * w * 31) %% 40 + 1] || (n * w) %% 5000
              FROM generate_series(1, 40) w), ' ')), 'D')
FROM made""",
    """
INSERT INTO files.activities (organisation_id, id, created_at, property_id, folder_id, document_id, version_number,
    action, actor_name, detail)
SELECT %(council)s, uuidv7(), at, property_id, folder_id, id, 1, 'document_added', 'Tom Okafor', '{}' FROM made""",
    """
INSERT INTO files.comments (organisation_id, id, created_at, property_id, document_id, text, author_name)
SELECT %(council)s, uuidv7(), at, property_id, id, 'Sheet ' || n, 'Ana Reyes' FROM made WHERE n %% 20 = 0""",
)
WORDS = (
    "stamped", "plans", "elevation", "survey", "shed", "carport", "consent", "notice", "letter", "drainage", "septic",
    "inspection", "certificate", "engineer", "landscape", "bushfire", "heritage", "objection", "submission", "rates",
    "valuation", "subdivision", "easement", "fence", "pool", "demolition", "asbestos", "footing", "slab", "frame",
    "final", "occupation", "deck", "garage", "driveway", "stormwater", "tree", "arborist", "noise", "order",
)  # fmt: skip


def fill(url: str, council: uuid.UUID, size: int) -> None:
    """Put so many documents in the place of those that are there, as the superuser with the triggers off."""
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        indexes = secondary_indexes.drop(connection, TABLES)
        given = {
            "council": council,
            "size": size,
            "large": min(LARGE_FOLDER, size // 2),
            "words": list(WORDS),
            "former": FORMER,
            "people": list(STAFF),
            "common": COMMON,
            "rare": RARE,
            "disused": DISUSED,
        }
        for statement in _GIVEN.split(";"):
            connection.execute(statement, given)
        counted = connection.execute("SELECT count(*) FROM places").fetchone()
        assert counted is not None
        for statement in (_MADE, *_INSERTS):
            connection.execute(statement, given | {"places": counted[0]})
        secondary_indexes.build(connection, indexes)
    with psycopg.connect(url, autocommit=True) as connection:
        for table in (*TABLES, "storage.objects"):
            connection.execute(f"VACUUM ANALYZE {table}")

"""Words that thousands of documents have: what is found is the newest, all of it, whichever way it is looked for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from banksia.foundation.organisations.public import find_council
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files.service import create_application
from banksia.modules.files.service.finding import MOST, Narrow, search_documents
from banksia.modules.files.service.indexing import index_documents
from banksia.modules.files.tests.factories import folder_id, make_property

MANY = 9_000
OLD = 20
"""So many of the oldest are of one development application, and were added by somebody else."""
FILL = (
    """
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT n, uuidv7() AS id, uuidv7() AS object_id, now() - (%(many)s - n) * interval '1 hour' AS at,
    'Stamped plan ' || n || CASE WHEN n %% 2 = 0 THEN ' boundary' ELSE '' END
        || CASE WHEN n %% 3 = 0 THEN ' boundless' ELSE '' END || CASE WHEN n %% 3000 = 7 THEN ' quokka' ELSE '' END
        AS title
FROM generate_series(1, %(many)s) n""",
    """
INSERT INTO files.documents (organisation_id, id, created_at, property_id, folder_id, title, description, parcel,
    property_label, latest_number, changed_at, state)
SELECT %(council)s, id, at, %(property)s, CASE WHEN n <= %(old)s THEN %(application)s ELSE %(folder)s END, title, '',
    NULL, '', 1, at, 'present' FROM made""",
    """
INSERT INTO files.document_versions (organisation_id, id, created_at, document_id, number, object_id, file_name, sha256,
    size, content_type, added_by_name)
SELECT %(council)s, uuidv7(), at, id, 1, object_id, '', md5(n::text) || md5(n::text), 1, 'text/plain',
    CASE WHEN n <= %(old)s THEN 'Tom Okafor' ELSE 'Ana Reyes' END FROM made""",
)


@pytest.fixture
def transactions(live_platform: Platform, databases: Any) -> Transactions:
    """A council with very many documents, whose words the planner has counted."""
    council = find_council(live_platform, "localhost")
    assert council is not None
    transactions = Transactions(live_platform, Actor.system(council.id))
    with transactions() as session:
        property_id = make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["2/2/DP2288"])
        folder = create_application(session, transactions.actor, property_id=property_id, number="2017/41")
        given = {
            "many": MANY,
            "old": OLD,
            "council": council.id,
            "property": property_id,
            "folder": folder_id(session, transactions.actor),
            "application": folder.id,
        }
        name = session.execute(text("SELECT current_database()")).scalar_one()
    with psycopg.connect(databases.server.url(database=name)) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in FILL:
            connection.execute(statement, given)
    with transactions() as session:
        index_documents(
            session, [row.id for row in session.execute(text("SELECT id FROM files.documents ORDER BY id"))]
        )
    with psycopg.connect(databases.server.url(database=name), autocommit=True) as connection:
        for table in ("documents", "document_words", "folders"):
            connection.execute(f"ANALYZE files.{table}")
    return transactions


def test_finds_the_newest_of_all_that_have_the_words(transactions: Transactions) -> None:
    def numbers(has: Callable[[int], bool]) -> list[int]:
        return [n for n in range(MANY, 0, -1) if has(n)][:MOST]

    def found(words: str, narrow: Narrow = Narrow()) -> list[int]:  # noqa: B008  (it cannot be changed)
        with transactions() as session:
            results = search_documents(session, transactions.actor, text=words, narrow=narrow, limit=MOST).results
            return [int(each.title.split()[2]) for each in results]

    def even(n: int) -> bool:
        return n % 2 == 0

    assert found("stamped plan ") == numbers(lambda _: True)
    assert found("boundary ") == numbers(even)
    assert found("stamped plan boundary ") == numbers(even)
    assert found("stamped boundary boundless ") == numbers(lambda n: n % 6 == 0)
    assert found("stam") == found("stamped p") == numbers(lambda _: True)
    assert found("plan bound") == numbers(lambda n: even(n) or n % 3 == 0)
    assert found("quokka ") == found("quok") == numbers(lambda n: n % 3000 == 7)
    assert found("stamped quokka ") == numbers(lambda n: n % 3000 == 7)
    # Whole words beside one that is half typed: common ones, rare ones, and one that too few documents have.
    assert found("stamped boundary boundl") == numbers(lambda n: n % 6 == 0)
    assert found("boundary quok") == numbers(lambda n: even(n) and n % 3000 == 7)
    assert found("quokka bound") == numbers(lambda n: n % 3000 == 7 and (even(n) or n % 3 == 0))
    assert found("stamped quok") == numbers(lambda n: n % 3000 == 7)
    assert found("stamped", Narrow(application_number="2017/41")) == numbers(lambda n: n <= OLD)
    assert found("stamped", Narrow(kind="application")) == numbers(lambda n: n <= OLD)
    assert found("boundary ", Narrow(person="okafor")) == numbers(lambda n: n <= OLD and even(n))
    # At the council the day of what comes now may have begun that has not begun here.
    tomorrow = utc_now().date() + timedelta(days=1)
    assert found("boundary ", Narrow(until_on=tomorrow)) == numbers(even)

    # What is written again keeps its place.
    places = text("SELECT document_id, place, words::text FROM files.document_words ORDER BY document_id LIMIT 3")
    with transactions() as session:
        before = session.execute(places).all()
        index_documents(session, [row.document_id for row in before])
        assert session.execute(places).all() == before
        assert [row.place for row in before] == [1, 2, 3]

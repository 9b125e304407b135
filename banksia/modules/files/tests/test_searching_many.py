"""Words that thousands of documents have: what is found is the newest, all of it, whichever way it is looked for."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from banksia.foundation.organisations.public import find_council
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files.schemas import DocumentUpdate
from banksia.modules.files.schemas.folders import FolderKind
from banksia.modules.files.service import change_document, create_application
from banksia.modules.files.service.finding import MOST, Narrow, search_documents
from banksia.modules.files.service.indexing import index_documents
from banksia.modules.files.tests.factories import folder_id, make_property

MANY = 9_000
OLD = 20
"""So many of the oldest are of one development application, and were added by somebody else."""
DISUSED = 4_400
"""So many of the oldest have a word that no newer one has."""
FILL = (
    """
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT n, uuidv7() AS id, uuidv7() AS object_id, now() - (%(many)s - n) * interval '1 hour' AS at,
    'Stamped plan ' || n || CASE WHEN n %% 2 = 0 THEN ' boundary' ELSE '' END
        || CASE WHEN n %% 3 = 0 THEN ' boundless' ELSE '' END || CASE WHEN n %% 3000 = 7 THEN ' quokka' ELSE '' END
        || CASE WHEN n <= %(disused)s THEN ' bakelite' ELSE '' END AS title
FROM generate_series(1, %(many)s) n""",
    """
INSERT INTO files.documents (organisation_id, id, created_at, property_id, folder_id, title, description, parcel,
    property_label, latest_number, changed_at, state, dated_on)
SELECT %(council)s, id, at, %(property)s, CASE WHEN n <= %(old)s THEN %(application)s ELSE %(folder)s END, title, '',
    NULL, '', 1, at, 'present',
    CASE WHEN n %% 50 = 1 THEN date '1995-03-05' WHEN n %% 50 = 2 THEN date '1788-01-26' + n
         WHEN n %% 1000 = 3 THEN date '2150-06-01' WHEN n %% 1000 = 4 THEN (at + interval '40 days')::date END
  FROM made""",
    """
INSERT INTO files.document_versions (organisation_id, id, created_at, document_id, number, object_id, file_name, sha256,
    size, content_type, added_by_name)
SELECT %(council)s, uuidv7(), at, id, 1, object_id, '', md5(n::text) || md5(n::text), 1, 'text/plain',
    CASE WHEN n <= %(old)s THEN 'Tom Okafor' ELSE 'Ana Reyes' END FROM made""",
)

# Like a council with so many times as many documents, most of which are gone: 360 batches instead of 5.
STRETCH = """
UPDATE files.document_words
   SET place = place * %(times)s,
       words = ts_delete(words, files.batches_of(organisation_id, place))
            || array_to_tsvector(files.batches_of(organisation_id, place * %(times)s))
"""
ALL = text("""
SELECT d.title, f.kind, v.added_by_name AS person,
       coalesce(d.dated_on, (d.created_at AT TIME ZONE :zone)::date) AS day
  FROM files.documents d
  JOIN files.folders f ON f.id = d.folder_id
  JOIN files.document_versions v ON v.document_id = d.id
""")


@pytest.fixture(params=[1, 80], ids=["dense", "sparse"])
def transactions(request: pytest.FixtureRequest, live_platform: Platform, databases: Any) -> Transactions:
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
            "disused": DISUSED,
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
        connection.execute(STRETCH, {"times": request.param})
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
    assert found("bakelite ") == found("bakel") == numbers(lambda n: n <= DISUSED)
    assert found("stamped bakelite boundary ") == numbers(lambda n: n <= DISUSED and even(n))
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


def test_what_is_written_again_keeps_its_place(transactions: Transactions) -> None:
    places = text("SELECT document_id, place, words::text FROM files.document_words ORDER BY document_id LIMIT 3")
    with transactions() as session:
        before = session.execute(places).all()
        index_documents(session, [row.document_id for row in before])
        assert session.execute(places).all() == before
        assert [row.place for row in before] == [before[0].place * n for n in (1, 2, 3)]


KINDS: tuple[FolderKind | None, ...] = (None, "application", "own")
PEOPLE: dict[str | None, Callable[[str], bool]] = {
    None: lambda _: True,
    "okafor": lambda name: name == "Tom Okafor",
    "REY an": lambda name: name != "Tom Okafor",
}
TEXTS: dict[str, Callable[[str], bool]] = {
    "": lambda _: True,
    "boundary ": lambda title: "boundary" in title,
    "stamped quok": lambda title: "quokka" in title,
    "bound": lambda title: "bound" in title,
    "plan bound": lambda title: "bound" in title,
}


def _days(today: date) -> list[tuple[date | None, date | None]]:
    """Recent and past ones, old and future ones, and none."""
    return [
        (None, None),
        (today - timedelta(days=20), None),
        (today - timedelta(days=300), today - timedelta(days=100)),
        (None, today - timedelta(days=200)),
        (today - timedelta(days=340), today - timedelta(days=338)),
        (date(1995, 3, 5), date(1995, 3, 5)),
        (date(1788, 2, 1), date(1810, 1, 1)),
        (None, date(1788, 1, 1)),
        (today + timedelta(days=2), None),
        (date(2150, 1, 1), date(2150, 12, 31)),
        (date(2150, 6, 2), None),
    ]


def test_finds_what_it_is_narrowed_to(transactions: Transactions) -> None:
    """By the definition, which reads each document; of more than the most any of them are found."""
    with transactions() as session:
        rows = session.execute(ALL, {"zone": "Australia/Sydney"}).all()
    for (words, has), (from_on, until_on), (person, is_person), kind in product(
        TEXTS.items(), _days(utc_now().date()), PEOPLE.items(), KINDS
    ):
        narrow = Narrow(kind=kind, from_on=from_on, until_on=until_on, person=person)
        if not words and not any(narrow):
            continue
        wanted = {
            row.title
            for row in rows
            if has(row.title)
            and (from_on is None or row.day >= from_on)
            and (until_on is None or row.day <= until_on)
            and is_person(row.person)
            and kind in (None, row.kind)
        }
        with transactions() as session:
            found = search_documents(session, transactions.actor, text=words, narrow=narrow, limit=MOST).results
        titles = {each.title for each in found}
        assert titles <= wanted, (words, narrow)
        assert len(titles) == len(found) == min(MOST, len(wanted)), (words, narrow)


def test_a_period_with_very_many_is_read_in_parts(transactions: Transactions) -> None:
    parts = text("SELECT unnest(files.periods_inside(:period))")
    with transactions() as session:

        def inside(period: str) -> list[str]:
            return list(session.scalars(parts, {"period": period}))

        assert inside("'Dab/202'") == [f"'Dab/202{n}'" for n in range(9, -1, -1)]
        assert inside("'Dab/2020'") == [f"'Dab/2020{n:02}'" for n in range(12, 0, -1)]
        assert inside("'Dab/202012'") == inside("'Dab/2027' | 'Dab/203'") == []


def test_finds_all_years_of_ten_that_have_very_many(transactions: Transactions, databases: Any) -> None:
    with transactions() as session:
        name = session.execute(text("SELECT current_database()")).scalar_one()
        ids = list(session.scalars(text("SELECT id FROM files.documents ORDER BY id")))
    with psycopg.connect(databases.server.url(database=name)) as connection:
        connection.execute("UPDATE files.documents SET dated_on = '1995-03-05'")
        connection.execute(
            "UPDATE files.folders SET is_restricted = true WHERE id IN (SELECT folder_id FROM files.documents)"
        )
        connection.execute(
            "UPDATE files.documents SET dated_on = '1990-06-01', folder_id ="
            " (SELECT id FROM files.folders WHERE NOT is_restricted LIMIT 1) WHERE id = %s",
            ids[600:601],
        )
    with transactions() as session:
        index_documents(session, ids)
    narrow = Narrow(from_on=date(1950, 1, 1), until_on=date(2015, 1, 1))
    viewer = Actor(transactions.actor.organisation_id, "staff")
    with transactions() as session:
        found = search_documents(session, viewer, text="plan ", narrow=narrow, limit=MOST).results
    assert [each.id for each in found] == ids[600:601]


def test_nobody_has_a_name_of_signs(transactions: Transactions) -> None:
    with transactions() as session:
        assert search_documents(session, transactions.actor, text="", narrow=Narrow(person="%"), limit=5).results == []


def test_what_moves_or_is_dated_anew_is_found_there(transactions: Transactions) -> None:
    def found(narrow: Narrow) -> list[UUID]:
        with transactions() as session:
            return [
                e.id
                for e in search_documents(session, transactions.actor, text="boundary", narrow=narrow, limit=9).results
            ]

    with transactions() as session:
        document = session.execute(
            text("SELECT id FROM files.documents WHERE title LIKE '%boundary%' ORDER BY id DESC LIMIT 1")
        ).scalar_one()
        other = session.execute(
            text("SELECT id FROM files.folders WHERE kind = 'application' AND parent_id IS NOT NULL LIMIT 1")
        ).scalar_one()
        wanted = DocumentUpdate(dated_on=date(1931, 5, 4), folder_id=other)
        change_document(session, transactions.actor, document_id=document, wanted=wanted)
    assert found(Narrow(from_on=date(1931, 5, 4), until_on=date(1931, 5, 4))) == [document]
    assert document in found(Narrow(kind="application", until_on=date(1940, 1, 1)))

"""Words that thousands of lines have: what is found is the newest, all of it, whichever way it is looked for."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import actor_for, create_user
from banksia.foundation.organisations.public import find_council
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.certificates.queries.lines import line_ids_with_words, own_line_ids_with_words
from banksia.modules.certificates.schemas.history import OrderSearch
from banksia.modules.certificates.service.history import orders_page
from banksia.modules.certificates.service.terms import owner_word, words_sought
from banksia.modules.certificates.tests.factories import make_order

MANY = 12_000
SHOWN = 100
WORDS: dict[str, Callable[[int], bool]] = {
    "avenue": lambda _: True,
    "northern": lambda n: n % 2 == 0,
    "southern": lambda n: n % 2 == 1,
    "harbour": lambda n: n % 3 == 0,
    "harvest": lambda n: n % 600 == 1,
    "quokka": lambda n: n % 3000 == 8,
    # As of two suburbs, or of a street that was renamed: no line has both.
    "earlier": lambda n: n <= MANY // 2,
    "later": lambda n: n > MANY // 2,
}
FILL = (
    """
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT n, uuidv7() AS order_id, uuidv7() AS line_id, now() - (%(many)s - n) * interval '1 minute' AS at,
       'MANY-' || lpad(n::text, 5, '0') AS number
  FROM generate_series(1, %(many)s) n""",
    """
INSERT INTO certificates.orders
SELECT (jsonb_populate_record(o, jsonb_build_object('id', order_id, 'created_at', at, 'number', made.number))).*
  FROM made, certificates.orders o""",
    """
INSERT INTO certificates.order_lines
SELECT (jsonb_populate_record(l, jsonb_build_object('id', line_id, 'created_at', at, 'order_id', made.order_id,
                                                    'order_number', made.number))).*
  FROM made, certificates.order_lines l""",
)
OWN = """
WITH owned AS (
    UPDATE certificates.orders
       SET customer_id = %(customer)s, contact_email = coalesce(%(email)s, contact_email)
     WHERE number = ANY(%(numbers)s)
    RETURNING id)
INSERT INTO certificates.line_terms (id, created_at, organisation_id, line_id, term)
SELECT uuidv7(), now(), l.organisation_id, l.id, %(term)s
  FROM owned JOIN certificates.order_lines l ON l.order_id = owned.id"""
TERMS = """
INSERT INTO certificates.line_terms (id, created_at, organisation_id, line_id, term)
SELECT uuidv7(), at, %(council)s, line_id, %(term)s FROM made WHERE n = ANY(%(numbers)s)"""


@pytest.fixture
def council(live_platform: Platform, databases: Any) -> Transactions:
    """A council with very many orders, whose words the planner has counted."""
    found = find_council(live_platform, "localhost")
    assert found is not None
    transactions = Transactions(live_platform, Actor.system(found.id))
    with transactions() as session:
        make_order(session, Actor(found.id, "guest"))
        name = session.execute(text("SELECT current_database()")).scalar_one()
    with psycopg.connect(databases.server.url(database=name)) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in FILL:
            connection.execute(statement, {"many": MANY})
        for term, has in WORDS.items():
            numbers = [n for n in range(1, MANY + 1) if has(n)]
            connection.execute(TERMS, {"council": found.id, "term": term, "numbers": numbers})
    with psycopg.connect(databases.server.url(database=name), autocommit=True) as connection:
        for table in ("orders", "order_lines", "line_terms"):
            connection.execute(f"VACUUM ANALYZE certificates.{table}")
    return transactions


@pytest.fixture
def customer(council: Transactions, databases: Any) -> Actor:
    """Somebody who has placed a quarter of the orders, a few of them before there was an account."""
    with council() as session:
        user = create_user(
            session,
            council.actor,
            email="busy@example.com",
            name="Mei Tran",
            kind="customer",
            roles=["customer"],
            password="a long password of a customer",
            verified=True,
        )
        session.flush()
        actor = actor_for(session, user)
        name = session.execute(text("SELECT current_database()")).scalar_one()
    with psycopg.connect(databases.server.url(database=name)) as connection:
        connection.execute("SET session_replication_role = replica")
        for customer, email in ((user.id, None), (None, user.email)):
            numbers = [f"MANY-{n:05}" for n in range(1, MANY + 1) if is_own(n) and (n % 40 == 20) == bool(email)]
            values = {"customer": customer, "email": email, "term": owner_word(customer or user.email)}
            connection.execute(OWN, values | {"numbers": numbers})
    return actor


def is_own(n: int) -> bool:
    """Whether an order is of that customer."""
    return n % 4 == 0


def expected(query: str) -> list[str]:
    """By definition: each word begins one of the line's."""
    sought = [[has for word, has in WORDS.items() if word.startswith(begun)] for begun in words_sought(query)]
    found = (n for n in range(MANY, 0, -1) if all(any(has(n) for has in words) for words in sought))
    return [f"MANY-{n:05}" for n in found]


def looked_through(session: Session, actor: Actor, query: str) -> bool:
    """Whether the newest lines are looked through instead of the words' own."""
    return session.scalars(line_ids_with_words(actor.organisation_id, words_sought(query))).one() is None


@pytest.mark.timeout(240)
def test_several_words_find_the_newest_that_have_them_all(council: Transactions) -> None:
    with council() as session:
        for query, newest in (
            ("avenue northern", True),
            ("har avenue south", False),
            ("northern southern", False),
            ("earlier later", False),
            ("earlier avenue", False),
            ("harvest avenue", False),
            ("har quokka", False),
            ("quokka nowhere", False),
            ("avenue harvest southern", False),
            ("avenue north har quo ear", False),
        ):
            orders, _ = orders_page(session, council.actor, wanted=OrderSearch(q=query), limit=SHOWN, cursor=None)
            found = [order.number for order in orders]
            assert found == expected(query)[:SHOWN], query
            assert looked_through(session, council.actor, query) is newest, query


@pytest.mark.timeout(240)
def test_a_customer_finds_the_newest_of_their_own(council: Transactions, customer: Actor) -> None:
    owners = [owner_word(customer.user_id or ""), owner_word(customer.email)]
    with council() as session:
        for query, walked in (
            ("avenue", True),
            ("northern", True),
            ("har", True),
            ("har avenue later", True),
            # Half of them, but none of the newest; or none, or few.
            ("earlier", True),
            ("earlier later", False),
            ("southern", False),
            ("quokka", False),
            ("quokka har avenue", False),
            ("nowhere", False),
        ):
            orders, _ = orders_page(session, customer, wanted=OrderSearch(q=query), limit=SHOWN, cursor=None)
            own = [number for number in expected(query) if is_own(int(number[-5:]))]
            assert [order.number for order in orders] == own[:SHOWN], query
            words = words_sought(query)
            found = session.scalars(own_line_ids_with_words(customer.organisation_id, owners, words)).one()
            assert (found is None) is walked, query


def test_another_councils_lines_are_not_among_them(council: Transactions) -> None:
    neighbour = find_council(council.platform, "kurrajong.localhost")
    assert neighbour is not None
    with Transactions(council.platform, Actor.system(neighbour.id))() as session:
        for council_id in (neighbour.id, council.actor.organisation_id):
            assert session.scalars(line_ids_with_words(council_id, ["harvest", "avenue"])).one() == []

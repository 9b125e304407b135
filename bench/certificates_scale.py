"""Certificates at 1,000,000 orders beside 100: every list of officers and customers over HTTP, one after another.

Each row says how many statements its request sends, signing in and all; it may be no other number than at 100 orders.
"""

import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2 as httpx
import psycopg
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import actor_for
from banksia.foundation.organisations.public import create_organisation
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.paging import encode_cursor
from banksia.kit.platform import Platform
from banksia.modules.certificates.schemas.history import OrderSearch
from banksia.modules.certificates.service.exporting import history_csv
from banksia.modules.property.public import snapshot_property
from banksia.modules.property.tests.factories import make_property
from bench import certificates_register
from bench.certificates_register import OWN_ORDERS, People
from bench.counting import statements_of
from bench.measuring import Bench, Row, timed
from bench.own_database import account, own_database, signed_in

TITLE = "Certificates at scale"
DATABASE, HOST = "banksia_certificates", "certificates.localhost"
SIZES, QUICK_SIZES = (100, 1_000_000), (100, 10_000)
RUNS, QUICK_RUNS, CSV_RUNS = 200, 40, 20
AIM_PAGE_MS = 50
STAFF, CUSTOMER, QUIET = "officer", "a customer with 5,000 orders", "a customer with three old orders"
EMAILS = {STAFF: "officer@scale.example", CUSTOMER: "busy@scale.example", QUIET: "quiet@scale.example"}
ORDERS, LINES = "/api/certificates/orders", "/api/certificates/lines"
VIEWS = ("mine", "unassigned", "due_today", "overdue", "to_check", "on_hold", "all_open", "issued")
SORTS = ("property", "-order", "state")
_SOME = """
SELECT o.id, o.created_at, o.number, o.reference, split_part(l.parcel, '//', 2), l.address, l.state
FROM certificates.orders o JOIN certificates.order_lines l ON l.order_id = o.id
WHERE o.number = ANY(%s) ORDER BY o.created_at"""
_OWN = """
SELECT o.id, o.created_at, l.address, o.number, o.reference
FROM certificates.orders o JOIN certificates.order_lines l ON l.order_id = o.id
WHERE o.customer_id = %s ORDER BY o.created_at DESC OFFSET %s LIMIT 20"""


@dataclass
class Scale:
    """A database of its own with one council."""

    bench: Bench
    platform: Platform
    council: uuid.UUID
    people: People
    actors: dict[str, Actor]
    picture: dict[str, Any]
    statements: dict[str, int] = field(default_factory=dict)
    """Of each page at the smaller size."""

    @property
    def owner_url(self) -> str:
        """As the superuser, who writes past the constraints."""
        return self.bench.server.url(database=DATABASE)


def measure(bench: Bench) -> Iterator[Row]:
    """Fill and measure at both sizes."""
    with _scale(bench) as scale:
        for size in QUICK_SIZES if bench.quick else SIZES:
            certificates_register.fill(bench, scale.owner_url, scale.council, scale.people, size, scale.picture)
            with signed_in(bench, scale.platform, HOST, EMAILS) as clients:
                for who, pages in _pages(scale, size).items():
                    client, counted = clients[who]
                    for what, paths in pages.items():
                        yield _page(scale, size, f"{who}: {what}", paths, client, counted)
                    yield _first_byte(scale, size, who, client)
            bench.installation.kill("api")


def _page(scale: Scale, size: int, what: str, paths: list[str], client: httpx.Client, counted: TestClient) -> Row:
    turn = itertools.cycle(paths)
    for path in paths[:2]:
        counted.get(path).raise_for_status()
    statements = statements_of(scale.platform, lambda: counted.get(paths[0]).raise_for_status())
    runs = QUICK_RUNS if scale.bench.quick else RUNS
    seconds = timed(lambda: client.get(next(turn)).raise_for_status(), runs, warmup=max(len(paths), 5))
    return _judged(scale, what, size, seconds, statements)


def _judged(scale: Scale, what: str, size: int, seconds: list[float], statements: int) -> Row:
    before = scale.statements.setdefault(what, statements)
    aim = f"p99 <= {AIM_PAGE_MS} ms, as many statements as at {QUICK_SIZES[0]}"
    row = Row.of_samples(what, seconds, size=f"{size:,} orders", aim=aim, note=f"{statements} statements")
    assert row.p99_ms is not None
    return Row(**(vars(row) | {"met": row.p99_ms <= AIM_PAGE_MS and statements == before}))


def _first_byte(scale: Scale, size: int, who: str, client: httpx.Client) -> Row:
    transactions = Transactions(scale.platform, scale.actors[who])
    statements = statements_of(scale.platform, lambda: next(history_csv(transactions, wanted=OrderSearch())))

    def begin() -> None:
        with client.stream("GET", f"{ORDERS}.csv") as answer:
            answer.raise_for_status()
            next(answer.iter_bytes())

    runs = CSV_RUNS // 4 if scale.bench.quick else CSV_RUNS
    what = f"{who}: orders.csv, first byte"
    return Row.of_samples(what, timed(begin, runs), size=f"{size:,} orders", note=f"{statements} statements")


def _pages(scale: Scale, size: int) -> dict[str, dict[str, list[str]]]:
    """The addresses of each page, of some kinds one for each of some orders."""
    with psycopg.connect(scale.owner_url) as connection:
        # Primes apart, so that no two are of one address.
        places = [n + size // 97 * turn // 20 for turn, n in enumerate(range(size // 20, size, max(size // 20, 1)))]
        some = connection.execute(_SOME, [[f"BH-2026-{n:07}" for n in places]]).fetchall()
        issued = [row for row in some if row[6] == "issued"]
        newest = range(size - certificates_register.open_of(size) + 1, size + 1)
        opened = connection.execute(_SOME, [[f"BH-2026-{n:07}" for n in newest[:: len(newest) // 20]]]).fetchall()
        every = max(size // OWN_ORDERS, 2)
        own = connection.execute(_OWN, [scale.people.busy, size // every // 2]).fetchall()
    found = {f"queue, {view.replace('_', ' ')}": [f"{LINES}?view={view}"] for view in VIEWS}
    found |= {f"queue, all open by {sort}": [f"{LINES}?view=all_open&sort={sort}"] for sort in SORTS}
    found |= {f"queue, issued by {sort}": [f"{LINES}?view=issued&sort={sort}"] for sort in SORTS}
    found |= {
        "queue, all open, search a street": [f"{LINES}?view=all_open&q={_street(row[5])}" for row in opened],
        "queue, all open, search a common word": [f"{LINES}?view=all_open&q={word}" for word in ("street", "bh")],
        "queue, issued, search a street": [f"{LINES}?view=issued&q={_street(row[5])}" for row in some],
        "counts of the views": [f"{LINES}/counts"],
        **_lists(some[len(some) // 2]),
        "search a number": [f"{ORDERS}?q={row[2]}" for row in some],
        "search a matter": [f"{ORDERS}?q={row[3]}" for row in some],
        "search an address": [f"{ORDERS}?q={row[5]}" for row in some],
        "search a street": [f"{ORDERS}?q={_street(row[5])}" for row in some],
        "search a lot": [f"{ORDERS}?q={row[4]}" for row in some],
        "search a common word": [f"{ORDERS}?q={word}" for word in ("street", "lawyers", "bh")],
        "search nothing that is there": [f"{ORDERS}?q=street xyzzy"],
        "one order": [f"{ORDERS}/{row[0]}" for row in issued],
    }
    mine = _lists(own[0]) | {
        "search a number": [f"{ORDERS}?q={row[3]}" for row in own],
        "search a matter": [f"{ORDERS}?q={row[4]}" for row in own],
        "search a street": [f"{ORDERS}?q={_street(row[2])}" for row in own],
        "search a common word": [f"{ORDERS}?q={word}" for word in ("street", "lawyers", "bh")],
        "search nothing that is there": [f"{ORDERS}?q={word}" for word in ("xyzzy", "street xyzzy")],
    }
    few = {"orders, first page": [ORDERS], "search a street": mine["search a street"]}
    return {STAFF: found, CUSTOMER: mine, QUIET: few}


def _lists(deep: Any) -> dict[str, list[str]]:
    cursor = encode_cursor([deep[1], deep[0]])
    found = {"orders, first page": [ORDERS], "orders, deep cursor": [f"{ORDERS}?cursor={cursor}"]}
    return found | {f"orders, {state}": [f"{ORDERS}?state={state}"] for state in ("open", "complete", "cancelled")}


def _street(address: str) -> str:
    """The number and the street of an address."""
    return " ".join(address.split()[:2])


@contextmanager
def _scale(bench: Bench) -> Iterator[Scale]:
    with own_database(bench, DATABASE) as platform:
        council = create_organisation(platform, slug="certificates", name="Blue Hills", hosts=[HOST])
        with platform.database.session(council) as session:
            actors = {who: _actor(session, who) for who in EMAILS}
            picture = snapshot_property(session, make_property(session), "2/2/DP2288")
        ids = {who: actor.user_id for who, actor in actors.items() if actor.user_id}
        people = People(ids[STAFF], ids[CUSTOMER], ids[QUIET], EMAILS[CUSTOMER])
        yield Scale(bench, platform, council, people, actors, picture)


def _actor(session: Session, who: str) -> Actor:
    role = "certificate_officer" if who == STAFF else "customer"
    return actor_for(session, account(session, EMAILS[who], who=who, role=role))

"""The ledger's page: each filter, what a period adds up to, and indexes that find it however long it is."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council, council_day
from banksia.foundation.payments.public import CounterPart, RefundWish, refund, take_counter_payment
from banksia.foundation.payments.tests.factories import make_payable
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform

LEDGER = "/api/payments/ledger"


@pytest.fixture
def browser(
    session: Session,
    platform: Platform,
    organisation: Council,
    signed_in_as: Callable[..., TestClient],
    set_books_clock: Callable[[datetime.datetime | None], None],
) -> TestClient:
    """A finance officer, and a ledger with a sale of last month, one of today, and its refund."""
    books = Transactions(platform, Actor.system(organisation.id))
    then = utc_now() - datetime.timedelta(days=40)
    set_books_clock(then)
    sell(session, books, "OLD", CounterPart("cash", 6900))
    set_books_clock(None)
    owed = sell(session, books, "NEW", CounterPart("eftpos", 6900, reference="7"))
    refund(session, books.actor, payable=owed.ref, wish=RefundWish("Twice", 6900, counter_reference="7"))
    session.commit()
    return signed_in_as("finance_officer")


def sell(session: Session, books: Transactions, reference: str, part: CounterPart) -> Any:
    owed = make_payable(session, reference=reference)
    session.commit()
    take_counter_payment(books, payable=owed.ref, parts=[part])
    session.expire_all()
    return owed


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["refund NEW", "counter_taking NEW", "counter_taking OLD"]),
        ({"kind": "refund"}, ["refund NEW"]),
        ({"method": "cash"}, ["counter_taking OLD"]),
        ({"reference": " NEW "}, ["refund NEW", "counter_taking NEW"]),
        ({"reference": "NE"}, []),
        ({"kind": "counter_taking", "method": "eftpos"}, ["counter_taking NEW"]),
    ],
)
def test_filters(browser: TestClient, query: dict[str, str], found: list[str]) -> None:
    rows = browser.get(LEDGER, params=query).json()["results"]
    assert [f"{row['kind']} {row['reference']}" for row in rows] == found


def test_a_period_is_in_days_of_the_council_and_adds_up(browser: TestClient, session: Session) -> None:
    day = council_day(session)
    days = {"from": str(day), "until": str(day)}
    assert len(browser.get(LEDGER, params=days).json()["results"]) == 2
    totals = browser.get(f"{LEDGER}/totals", params=days).json()
    assert totals == {"in_cents": 6900, "out_cents": 6900, "net_cents": 0, "entries": 2}
    long = {"from": str(day - datetime.timedelta(days=60)), "until": str(day)}
    assert browser.get(f"{LEDGER}/totals", params=long | {"kind": "counter_taking"}).json()["net_cents"] == 13800


@pytest.mark.parametrize("query", [{}, {"from": "2026-11-25"}, {"from": "2026-11-25", "until": "2026-11-24"}])
def test_nothing_is_added_up_without_a_period(browser: TestClient, query: dict[str, str]) -> None:
    answer = browser.get(f"{LEDGER}/totals", params=query)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:banksia:payments:period-invalid")


@pytest.mark.parametrize("column", ["kind", "method", "reference"])
def test_each_filter_has_an_index_in_the_order_of_the_page(session: Session, column: str) -> None:
    indexes = inspect(session.connection()).get_indexes("ledger_entries", schema="payments")
    assert ["organisation_id", column, "happened_at", "id"] in [index["column_names"] for index in indexes]

"""Reports and the journal agree with the ledger to the cent, whatever was sold, paid and given back."""

import csv
import datetime
import io
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council, council_day, update_module_settings
from banksia.foundation.payments.models import LedgerEntry, Payable, PayableLine, Payment
from banksia.foundation.payments.public import CounterPart, LineOwed, RefundWish, refund, take_counter_payment
from banksia.foundation.payments.service import recording
from banksia.foundation.payments.service.account_paying import AccountMoney, receive_account_payment
from banksia.foundation.payments.service.accounts import balance_of
from banksia.foundation.payments.service.dishonouring import dishonour_cheque
from banksia.foundation.payments.service.gl_codes import add_gl_code
from banksia.foundation.payments.service.journal import journal_csv
from banksia.foundation.payments.service.periods import Period, period_of
from banksia.foundation.payments.service.refund_outcomes import fail_refund
from banksia.foundation.payments.service.reports import GROUPINGS, report_csv, report_of
from banksia.foundation.payments.tests.factories import COPY, PLANNING, make_account, make_payable
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform

API = "/api/payments"


@pytest.fixture
def books(platform: Platform, organisation: Council) -> Transactions:
    return Transactions(platform, Actor.system(organisation.id))


@pytest.fixture
def clerk(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("finance_officer")


@pytest.fixture
def now(session: Session) -> Period:
    day = council_day(session)
    return period_of(session, day - datetime.timedelta(days=1), day)


def sold(
    session: Session, books: Transactions, *parts: CounterPart, lines: Any = (PLANNING,), reference: str = "BH-1"
) -> Payable:
    owed = make_payable(session, lines=lines, reference=reference)
    session.commit()
    given = parts or (CounterPart("cash", owed.total_cents),)
    take_counter_payment(books, payable=owed.ref, parts=given)
    session.expire_all()
    return owed


def rows_of(session: Session, period: Period, by: Any) -> dict[str, tuple[int, int, int, int]]:
    report = report_of(session, period=period, by=by)
    return {row.key: (row.taken_cents, row.back_cents, row.gst_cents, row.payments) for row in report.rows}


def journal_of(books: Transactions, period: Period) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(journal_csv(books, period=period)))))


def cents(text: str) -> int:
    return round(float(text or 0) * 100)


class TestTakings:
    def test_spreads_a_payment_over_the_codes_of_what_it_paid(
        self, session: Session, books: Transactions, now: Period
    ) -> None:
        sold(session, books, lines=(PLANNING, COPY))
        assert rows_of(session, now, "gl_code") == {"4100.101": (6900, 0, 0, 1), "4100.300": (2200, 0, 200, 1)}
        assert rows_of(session, now, "gst_treatment") == {"exempt": (6900, 0, 0, 1), "taxable": (2200, 0, 200, 1)}
        assert rows_of(session, now, "product") == {
            "Planning certificate 10.7(2)": (6900, 0, 0, 1),
            "Certified copy": (2200, 0, 200, 1),
        }

    def test_two_methods_that_pay_one_order_add_up_to_each_line_and_its_tax(
        self, session: Session, books: Transactions, now: Period
    ) -> None:
        parts = [CounterPart("cash", 3333), CounterPart("eftpos", 9100 - 3333, reference="1")]
        sold(session, books, *parts, lines=(PLANNING, COPY))
        by_method = rows_of(session, now, "method")
        assert {method: row[0] for method, row in by_method.items()} == {"cash": 3333, "eftpos": 5767}
        assert rows_of(session, now, "gl_code") == {"4100.101": (6900, 0, 0, 2), "4100.300": (2200, 0, 200, 2)}

    def test_takes_off_what_went_back_from_the_lines_that_it_gave_back(
        self, session: Session, books: Transactions, clerk: Actor, now: Period
    ) -> None:
        owed = sold(session, books, lines=(PLANNING, COPY))
        refund(session, clerk, payable=owed.ref, wish=RefundWish("Twice", 9100, counter_reference="cash"))
        assert rows_of(session, now, "gl_code") == {"4100.101": (6900, 6900, 0, 1), "4100.300": (2200, 2200, 0, 1)}
        total = report_of(session, period=now, by="gl_code").total
        assert (total.net_cents, total.gst_cents) == (0, 0)

    def test_names_money_that_waits_for_a_person(self, session: Session, books: Transactions, now: Period) -> None:
        owed = sold(session, books)
        session.execute(update(Payment).where(Payment.payable_id == owed.id).values(applied=False))
        report = report_of(session, period=now, by="gl_code")
        assert [(row.key, row.label, row.taken_cents) for row in report.rows] == [
            ("waiting", "Waits for a decision", 6900)
        ]
        assert report.agrees

    def test_puts_a_surcharge_beside_the_lines_with_its_share_of_the_tax(
        self, session: Session, books: Transactions, now: Period
    ) -> None:
        owed = make_payable(session, lines=(COPY,))
        session.flush()
        paid = Payment(
            organisation_id=owed.organisation_id,
            payable_id=owed.id,
            method="eftpos",
            amount_cents=2200 + 110,
            surcharge_cents=110,
            applied=True,
            received_at=utc_now(),
        )
        session.add(paid)
        session.flush()
        recording.post(session, books.actor, "counter_taking", owed, paid, paid.amount_cents)
        assert rows_of(session, now, "gl_code") == {"4100.300": (2200, 0, 200, 1), "surcharge": (110, 0, 10, 1)}
        assert report_of(session, period=now, by="method").agrees
        update_module_settings(session, books.actor, name="payments", values={"surcharge_gl_code": "4900.010"})
        assert rows_of(session, now, "gl_code") == {"4100.300": (2200, 0, 200, 1), "4900.010": (110, 0, 10, 1)}
        assert rows_of(session, now, "gst_treatment") == {"taxable": (2200, 0, 200, 1), "surcharge": (110, 0, 10, 1)}
        rows = list(csv.DictReader(io.StringIO("".join(journal_csv(books, period=now)))))
        assert [(row["gl_code"], row["gst_treatment"], row["credit"], row["gst_credit"]) for row in rows] == [
            ("4100.300", "taxable", "20.00", "2.00"),
            ("4900.010", "surcharge", "1.00", "0.10"),
        ]

    def test_counts_a_cheque_that_came_back_and_what_paid_in_its_place(
        self, session: Session, books: Transactions, clerk: Actor, now: Period
    ) -> None:
        owed = sold(session, books, CounterPart("cheque", 9100, reference="7", drawer="D"), lines=(PLANNING, COPY))
        payment = session.scalars(select(Payment)).one()
        before = rows_of(session, now, "gl_code")
        dishonour_cheque(session, clerk, payment_id=payment.id, reason="Refer to drawer")
        session.commit()
        assert before == {"4100.101": (6900, 0, 0, 1), "4100.300": (2200, 0, 200, 1)}
        assert rows_of(session, now, "gl_code") == {"4100.101": (6900, 6900, 0, 1), "4100.300": (2200, 2200, 0, 1)}
        take_counter_payment(books, payable=owed.ref, parts=[CounterPart("cash", 9100)])
        session.expire_all()
        assert rows_of(session, now, "gl_code") == {"4100.101": (13800, 6900, 0, 2), "4100.300": (4400, 2200, 200, 2)}

    def test_leaves_the_payments_of_accounts_out_because_their_sales_are_in(
        self, session: Session, books: Transactions, clerk: Actor, now: Period
    ) -> None:
        account = make_account(session)
        session.commit()
        sold(session, books, CounterPart("account", 6900, account_id=account.id))
        money = AccountMoney("transfer", 6900, balance_of(session, account.id), reference="K")
        receive_account_payment(session, clerk, account_id=account.id, money=money)
        report = report_of(session, period=now, by="method")
        assert [(row.key, row.taken_cents) for row in report.rows] == [("account", 6900)]
        kinds = {each.kind: (each.reported, each.amount_cents) for each in report.ledger}
        assert kinds == {
            "account_charge": (True, 6900),
            "account_payment": (False, 6900),
            "account_settlement": (False, -6900),
        }

    def test_a_day_begins_at_midnight_of_the_council(
        self, session: Session, books: Transactions, set_books_clock: Callable[[datetime.datetime | None], None]
    ) -> None:
        # 23 November 13:30 UTC is half past midnight of the 24th in Sydney in summer.
        moment = datetime.datetime(2026, 11, 23, 13, 30, tzinfo=datetime.UTC)
        set_books_clock(moment)
        sold(session, books)
        day = datetime.date(2026, 11, 24)
        assert rows_of(session, period_of(session, day, day), "day") == {"2026-11-24": (6900, 0, 0, 1)}
        before = day - datetime.timedelta(days=1)
        assert rows_of(session, period_of(session, before, before), "day") == {}
        assert rows_of(session, period_of(session, before, day), "week") == {"2026-11-23": (6900, 0, 0, 1)}
        assert rows_of(session, period_of(session, before, day), "month") == {"2026-11": (6900, 0, 0, 1)}

    def test_loses_no_entry_even_one_without_its_payment(
        self, session: Session, books: Transactions, now: Period
    ) -> None:
        owed = sold(session, books)
        orphan = LedgerEntry(
            organisation_id=owed.organisation_id,
            kind="counter_taking",
            source_id=uuid.uuid4(),
            payable_id=owed.id,
            amount_cents=100,
            method="cash",
            reference="?",
            happened_at=utc_now(),
            recorded_by="test",
        )
        session.add(orphan)
        session.flush()
        report = report_of(session, period=now, by="gl_code")
        # An entry without its payment still shows, as money that waits, so that nothing is ever lost.
        assert {row.key: row.taken_cents for row in report.rows} == {"4100.101": 6900, "waiting": 100}
        assert report.agrees

    def test_reads_no_other_councils_ledger(
        self, session: Session, books: Transactions, other_session: Session, now: Period
    ) -> None:
        sold(session, books)
        assert report_of(other_session, period=now, by="gl_code").rows == []


@contextmanager
def undone(session: Session, platform: Platform) -> Iterator[None]:
    """Whatever one drawn example did is undone before the next."""
    session.commit()
    assert isinstance(platform.database.bind, Connection)
    savepoint = platform.database.bind.begin_nested()
    try:
        yield
        session.commit()
    finally:
        session.rollback()
        savepoint.rollback()
        session.expunge_all()


LINES = st.lists(
    st.tuples(
        st.integers(min_value=1, max_value=200_000),
        st.sampled_from(["taxable", "exempt", "out_of_scope"]),
        st.sampled_from(["4100.101", "4100.300", "4200"]),
    ),
    min_size=1,
    max_size=5,
)
SALE = st.fixed_dictionaries(
    {
        "lines": LINES,
        "split": st.floats(min_value=0, max_value=1),
        "methods": st.tuples(*[st.sampled_from(["cash", "eftpos", "cheque", "account"])] * 2),
        "then": st.sampled_from(["nothing", "refund", "part", "failed", "dishonour"]),
    }
)


class TestWhateverWasSold:
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(sales=st.lists(SALE, min_size=1, max_size=4))
    def test_every_grouping_and_the_journal_add_up_to_the_ledger(
        self,
        session: Session,
        books: Transactions,
        clerk: Actor,
        now: Period,
        platform: Platform,
        sales: list[dict[str, Any]],
    ) -> None:
        with undone(session, platform):
            account = make_account(session, code=uuid.uuid4().hex, credit_limit_cents=10**10)
            session.commit()
            for number, sale in enumerate(sales):
                sell_at_random(session, books, clerk, account.id, sale, f"BH-{number}")
            compare(session, books, now)


def sell_at_random(
    session: Session, books: Transactions, clerk: Actor, account_id: uuid.UUID, sale: dict[str, Any], reference: str
) -> None:
    lines = [LineOwed(f"Thing {cents}, for a test", cents, gst, code) for cents, gst, code in sale["lines"]]
    total = sum(line.amount_cents for line in lines)
    first = int(total * sale["split"])
    amounts = [amount for amount in (first, total - first) if amount]
    parts = [
        CounterPart(
            method,
            amount,
            reference=None if method == "cash" else "1",
            drawer="D" if method == "cheque" else None,
            account_id=account_id if method == "account" else None,
        )
        for method, amount in zip(sale["methods"], amounts, strict=False)
    ]
    owed = sold(session, books, *parts, lines=lines, reference=reference)
    if sale["then"] in ("refund", "part", "failed"):
        wanted = None if sale["then"] != "part" else max(total // 3, 1)
        wish = RefundWish("Random", total, counter_reference="1", amount_cents=wanted)
        made = refund(session, clerk, payable=owed.ref, wish=wish)
        if sale["then"] == "failed" and made[0].state == "succeeded":
            fail_refund(session, clerk, owed, made[0], "sent back")
    elif sale["then"] == "dishonour":
        cheque = session.scalars(
            select(Payment).where(Payment.payable_id == owed.id, Payment.method == "cheque")
        ).first()
        if cheque is not None:
            dishonour_cheque(session, clerk, payment_id=cheque.id, reason="Refer to drawer")
    session.commit()
    session.expire_all()


TAKEN = ("charge", "counter_taking", "account_charge")


def compare(session: Session, books: Transactions, period: Period) -> None:
    """Every report and the journal against the ledger, and what was wholly paid against its lines."""
    entries = list(session.scalars(select(LedgerEntry)))
    net = sum(entry.amount_cents for entry in entries)
    totals = set()
    for by in GROUPINGS:
        report = report_of(session, period=period, by=by)
        assert report.agrees, by
        assert report.total.payments == sum(entry.kind in TAKEN for entry in entries), by
        assert sum(row.net_cents for row in report.rows) == report.total.net_cents == net, by
        assert sum(row.gst_cents for row in report.rows) == report.total.gst_cents, by
        totals.add((report.total.taken_cents, report.total.back_cents, report.total.gst_cents))
    assert len(totals) == 1
    by_entry: dict[str, int] = defaultdict(int)
    gst = 0
    for row in journal_of(books, period):
        without = cents(row["credit"]) - cents(row["debit"])
        tax = cents(row["gst_credit"]) - cents(row["gst_debit"])
        by_entry[row["entry"]] += without + tax
        gst += tax
    assert by_entry == {str(entry.id): entry.amount_cents for entry in entries}
    assert gst == totals.pop()[2]


class TestOneSale:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    # A third of $22.00 has 66 2/3 cents of GST: rounded alone, three of them would carry a cent too much.
    @example(lines=[(2200, "taxable", "4100.300")], cuts=[0.3334, 0.6668])
    @given(lines=LINES, cuts=st.lists(st.floats(min_value=0, max_value=1), max_size=4))
    def test_payments_in_any_parts_add_up_to_each_code_and_its_tax(
        self,
        session: Session,
        books: Transactions,
        now: Period,
        platform: Platform,
        lines: list[Any],
        cuts: list[float],
    ) -> None:
        with undone(session, platform):
            owing = [LineOwed("Thing", cents, gst, code) for cents, gst, code in lines]
            total = sum(line.amount_cents for line in owing)
            ends = sorted({int(total * cut) for cut in cuts} | {total})
            amounts = [end - start for start, end in zip([0, *ends], ends, strict=False) if end > start]
            owed = sold(session, books, *(CounterPart("cash", amount) for amount in amounts), lines=owing)
            expected: dict[str, list[int]] = defaultdict(lambda: [0, 0])
            for line in session.scalars(select(PayableLine).where(PayableLine.payable_id == owed.id)):
                expected[line.gl_code][0] += line.amount_cents
                expected[line.gl_code][1] += line.gst_cents
            found = {code: [row[0], row[2]] for code, row in rows_of(session, now, "gl_code").items()}
            assert found == expected


class TestFiles:
    def test_a_report_is_a_table_in_dollars(
        self, session: Session, books: Transactions, clerk: Actor, now: Period
    ) -> None:
        add_gl_code(session, clerk, code="4100.101", title="=Planning certificates")
        sold(session, books)
        rows = report_csv(report_of(session, period=now, by="gl_code")).splitlines()
        assert rows == [
            "\ufeffgl_code,title,taken,waived,given_back,net,gst,payments",
            "4100.101,'=Planning certificates,69.00,0.00,0.00,69.00,0.00,1",
            ",Total,69.00,0.00,0.00,69.00,0.00,1",
        ]

    def test_the_journal_has_a_row_for_each_code_with_its_tax_apart(
        self, session: Session, books: Transactions, clerk: Actor, now: Period
    ) -> None:
        owed = sold(session, books, lines=(PLANNING, COPY), reference="=1+1")
        refund(session, clerk, payable=owed.ref, wish=RefundWish("Twice", 9100, counter_reference="cash"))
        session.commit()
        told = [
            (row["kind"], row["gl_code"], row["debit"], row["credit"], row["gst_debit"], row["gst_credit"])
            for row in journal_of(books, now)
        ]
        assert told == [
            ("counter_taking", "4100.101", "", "69.00", "", ""),
            ("counter_taking", "4100.300", "", "20.00", "", "2.00"),
            ("refund", "4100.101", "69.00", "", "", ""),
            ("refund", "4100.300", "20.00", "", "2.00", ""),
        ]
        assert journal_of(books, now)[0]["reference"] == "'=1+1"

    def test_are_downloaded_by_finance_and_the_journal_is_noted(
        self, session: Session, books: Transactions, signed_in_as: Callable[..., TestClient], now: Period
    ) -> None:
        sold(session, books)
        browser = signed_in_as("finance_officer")
        days = {"from": str(now.from_on), "until": str(now.until_on)}
        answer = browser.get(f"{API}/reports/takings", params=days | {"by": "method"})
        assert answer.json()["rows"][0]["label"] == "Cash"
        table = browser.get(f"{API}/reports/takings.csv", params=days)
        assert table.headers["content-disposition"].startswith("attachment")
        file = browser.get(f"{API}/reports/journal.csv", params=days)
        assert file.text.splitlines()[0].startswith("date,entry,kind,method")
        assert len(file.text.splitlines()) == 2
        entries = signed_in_as("administrator").get("/api/audit/entries").json()["results"]
        assert any(entry["action"] == "payments.journal_exported" for entry in entries)
        assert signed_in_as("counter_clerk").get(f"{API}/reports/takings", params=days).status_code == 403


class TestGlCodes:
    def test_names_codes_closes_them_and_shows_those_that_nobody_named(
        self, session: Session, books: Transactions, signed_in_as: Callable[..., TestClient]
    ) -> None:
        sold(session, books, lines=(PLANNING, COPY))
        browser = signed_in_as("finance_officer")
        assert browser.get(f"{API}/gl-codes/missing").json() == {"codes": ["4100.101", "4100.300"]}
        body = {"code": "4100.101", "title": "Planning certificates"}
        made = browser.post(f"{API}/gl-codes", json=body)
        assert made.status_code == 201
        assert browser.post(f"{API}/gl-codes", json=body).json()["type"] == "urn:banksia:payments:gl-code-taken"
        assert browser.get(f"{API}/gl-codes/missing").json() == {"codes": ["4100.300"]}
        closed = browser.put(f"{API}/gl-codes/{made.json()['id']}", json={"title": "Planning", "closed": True})
        assert closed.json()["closed_at"]
        assert browser.get(f"{API}/gl-codes", params={"closed": False}).json()["results"] == []

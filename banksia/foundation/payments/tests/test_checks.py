"""The books are broken on purpose, one rule at a time, as somebody with the owner's password could; each is noticed."""

from collections.abc import Callable
from dataclasses import replace

import psycopg
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from banksia.foundation.notifications.public import Message
from banksia.foundation.organisations.public import Council
from banksia.foundation.payments.models import BooksCheck
from banksia.foundation.payments.public import CounterPart, RefundWish, refund, take_counter_payment
from banksia.foundation.payments.service import checking
from banksia.foundation.payments.service.account_paying import AccountMoney, receive_account_payment
from banksia.foundation.payments.service.checks import CHECKS
from banksia.foundation.payments.tests.factories import make_account, make_attempt, make_payable
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.module import Check, Finding, Modules
from banksia.kit.platform import Platform

API = "/api/payments"
BY_NAME = {check.name: check for check in CHECKS}
SET_SETTINGS = """
INSERT INTO organisations.module_settings (id, created_at, organisation_id, module, values)
VALUES (gen_random_uuid(), now(), :id, 'payments',
    '{"alert_email": "finance@bluehills.example, cfo@bluehills.example"}')
"""


@pytest.fixture
def live(live_platform: Platform, live_organisation: Council) -> Transactions:
    """Books with one of everything in them, in order."""
    transactions = Transactions(live_platform, Actor.system(live_organisation.id))
    with transactions() as session:
        paid, twice = make_payable(session), make_payable(session, reference="BH-2026-00002")
        waiting = make_payable(session, reference="BH-2026-00003")
        account = make_account(session)
        make_attempt(session, waiting)
        refs = paid.ref, twice.ref
    for ref in refs:
        take_counter_payment(transactions, payable=ref, parts=[CounterPart("cash", 6900)])
    with transactions() as session:
        refund(session, transactions.actor, payable=refs[1], wish=RefundWish("Twice", 6900, counter_reference="cash"))
        money = AccountMoney("transfer", 1000, 0, reference="K")
        receive_account_payment(session, transactions.actor, account_id=account.id, money=money)
        session.execute(
            text(
                "INSERT INTO payments.webhook_events (id, created_at, organisation_id, provider, account, event_id,"
                " type, livemode, object_kind, object_id, happened_at, told_by) VALUES (gen_random_uuid(), now(), :id,"
                " 'stripe', 'acct', 'evt_1', 'charge.updated', false, 'charge', 'ch_1', now(), 'webhook')"
            ),
            {"id": live_organisation.id},
        )
    return transactions


@pytest.fixture
def owner(live: Transactions, live_platform: Platform) -> Callable[[str], int]:
    """Change the books as the owner of the tables, with every trigger off: the application itself cannot."""
    server = live_platform.settings.database_owner_url

    def change(statement: str) -> int:
        with psycopg.connect(server) as connection:
            for table in ("payments", "refunds", "attempts", "ledger_entries", "receipts", "payables"):
                connection.execute(f"ALTER TABLE payments.{table} DISABLE TRIGGER USER")
                connection.execute(f"ALTER TABLE payments.{table} NO FORCE ROW LEVEL SECURITY")
            for table in ("webhook_events", "account_payments", "receipt_counters"):
                connection.execute(f"ALTER TABLE payments.{table} NO FORCE ROW LEVEL SECURITY")
            connection.execute("SET search_path = payments")
            for short, long in SHORT.items():
                statement = statement.replace(short, long)
            changed = connection.execute(statement).rowcount
        return int(changed)

    return change


def found(live: Transactions, name: str) -> list[Finding]:
    with live() as session:
        return BY_NAME[name].find(session)


SHORT = {
    "@paying": "payable_id = (SELECT id FROM payables WHERE @first)",
    "@taken": "kind = 'counter_taking' AND @first",
    "@first": "reference = 'BH-2026-00001'",
}
BROKEN = [
    ("events_handled", "UPDATE webhook_events SET created_at = now() - interval '11 minutes'", "charge.updated"),
    ("attempts_closed", "UPDATE attempts SET created_at = now() - interval '25 hours'", "BH-2026-00003"),
    (
        "refunds_end",
        "UPDATE refunds SET state = 'pending', method = 'card', created_at = now() - interval '25 hours'",
        "BH-2026-00002: the refund of",
    ),
    ("paid_in_full", "UPDATE payments SET amount_cents = 1, tendered_cents = 1 WHERE @paying", "$0.01 was paid"),
    ("paid_in_full", "UPDATE payables SET state = 'awaiting_payment' WHERE @first", "00001 is awaiting payment"),
    ("paid_in_full", "UPDATE payables SET state = 'paid' WHERE reference = 'BH-2026-00003'", "$0.00 was paid"),
    ("paid_in_full", "UPDATE payables SET state = 'paid' WHERE reference = 'BH-2026-00002'", "$69.00 given back"),
    ("paid_in_full", "UPDATE payables SET state = 'part_refunded' WHERE @first", "00001 is part refunded"),
    ("ledger_complete", "DELETE FROM ledger_entries WHERE @taken", "A payment of $69.00 by cash"),
    ("ledger_complete", "UPDATE ledger_entries SET amount_cents = 1 WHERE @taken", "A payment of $69.00 by cash"),
    ("ledger_complete", "UPDATE ledger_entries SET method = 'card' WHERE @taken", "A payment of $69.00 by cash"),
    ("ledger_complete", "DELETE FROM ledger_entries WHERE kind = 'refund'", "A refund of $69.00"),
    ("ledger_complete", "UPDATE refunds SET state = 'failed'", "A refund of $69.00 that failed"),
    ("ledger_complete", "DELETE FROM ledger_entries WHERE kind = 'account_settlement'", "towards an account"),
    (
        "ledger_complete",
        "UPDATE ledger_entries SET source_id = gen_random_uuid() WHERE kind = 'refund'",
        "The ledger has -$69.00",
    ),
    ("receipts_without_gaps", "DELETE FROM receipts WHERE number = 2", "Receipt 2 is missing"),
    ("receipts_without_gaps", "DELETE FROM receipts WHERE number < 3", "Receipts 1 to 2 are missing"),
    ("receipts_without_gaps", "UPDATE receipt_counters SET last_number = 9", "The last number given is 9"),
    ("refunds_within_captured", "UPDATE refunds SET amount_cents = 6901", "$69.01 is refunded"),
]


class TestEachCheck:
    def test_finds_nothing_in_books_that_are_in_order(self, live: Transactions) -> None:
        assert {name: found(live, name) for name in BY_NAME} == {name: [] for name in BY_NAME}

    @pytest.mark.parametrize(("name", "breakage", "words"), BROKEN)
    def test_goes_red(
        self, live: Transactions, owner: Callable[[str], int], name: str, breakage: str, words: str
    ) -> None:
        assert owner(breakage) > 0
        findings = found(live, name)
        assert any(words in finding.text for finding in findings), findings
        assert all(finding.href.startswith("/payments/staff/") for finding in findings)


class TestRunning:
    def test_tells_each_person_once_when_it_turns_red_and_once_when_green_again(
        self, live: Transactions, owner: Callable[[str], int], live_organisation: Council
    ) -> None:
        with live() as session:
            session.execute(text(SET_SETTINGS), {"id": live_organisation.id})
        checking.check_books(live)
        assert self.mails(live) == []
        owner("UPDATE receipt_counters SET last_number = 9")
        for _ in range(3):
            checking.check_books(live)
        red = ("payments/check_failed", "The books do not add up: Receipt numbers have no gaps")
        assert self.mails(live) == [("cfo@bluehills.example", *red), ("finance@bluehills.example", *red)]
        failing = self.row(live)
        assert failing.found == 1
        assert failing.failing_since is not None
        assert failing.checked_at > failing.failing_since
        owner("UPDATE receipt_counters SET last_number = 3")
        for _ in range(2):
            checking.check_books(live)
        green = ("payments/check_passed", "In order again: Receipt numbers have no gaps")
        assert self.mails(live)[2:] == [("cfo@bluehills.example", *green), ("finance@bluehills.example", *green)]
        assert self.row(live).failing_since is None

    def mails(self, live: Transactions) -> list[tuple[str, str, str]]:
        with live() as session:
            rows = session.execute(
                select(Message.to_address, Message.template, Message.subject)
                .where(Message.template.like("payments/check%"))
                .order_by(Message.template, Message.to_address)
            )
            return [(row.to_address, row.template, row.subject) for row in rows]

    def row(self, live: Transactions) -> BooksCheck:
        with live() as session:
            return session.scalars(select(BooksCheck).where(BooksCheck.name == "payments.receipts_without_gaps")).one()

    def test_a_check_that_breaks_down_is_red_and_stops_no_other(self, live: Transactions) -> None:
        def breaks(session: Session) -> list[Finding]:
            session.execute(text("SELECT 1 / 0"))
            return []

        broken = Check("breaks", "It works", "It does not.", breaks)
        modules = [
            replace(module, checks=(broken, *module.checks)) if module.name == "payments" else module
            for module in live.platform.modules
        ]
        live.platform.modules = Modules(modules)
        states = {each.name: each.failing_since for each in checking.check_books(live).checks}
        assert states["payments.breaks"] is not None
        assert states["payments.ledger_complete"] is None


class TestPage:
    def test_shows_all_and_runs_them_when_asked(
        self, session: Session, signed_in_as: Callable[..., TestClient]
    ) -> None:
        browser = signed_in_as("finance_officer")
        before = browser.get(f"{API}/checks").json()["checks"]
        assert {each["checked_at"] for each in before} == {None}
        assert {"payments.ledger_complete", "certificates.paid_has_work"} <= {each["name"] for each in before}
        answer = browser.post(f"{API}/checks/run")
        assert answer.status_code == 200, answer.text
        assert {each["failing_since"] for each in answer.json()["checks"]} == {None}
        assert all(each["checked_at"] for each in answer.json()["checks"])
        assert signed_in_as("counter_clerk").get(f"{API}/checks").status_code == 403

    def test_the_dashboard_counts_what_fails(
        self, session: Session, organisation: Council, signed_in_as: Callable[..., TestClient]
    ) -> None:
        session.execute(text("INSERT INTO payments.receipt_counters VALUES (:id, 7)"), {"id": organisation.id})
        session.commit()
        browser = signed_in_as("finance_officer")
        checks = browser.post(f"{API}/checks/run").json()["checks"]
        assert checks[0]["name"] == "payments.receipts_without_gaps"
        widgets = browser.get("/payments/.well-known/banksia/dashboard.json").json()["widgets"]
        (widget,) = [each for each in widgets if each["name"] == "checks"]
        assert widget["content"]["counts"][0]["count"] == 1

"""Accounts: what a firm owes is the ledger's word, and every cent of it is accounted for on a statement."""

import datetime
import io
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from banksia.foundation.notifications.public import Message
from banksia.foundation.organisations.public import Council, council_day
from banksia.foundation.payments.adapters.statement_pdf import render_statement
from banksia.foundation.payments.errors.finance import (
    AccountBalanceChanged,
    AccountClosed,
    AccountCodeTaken,
    AccountNotFound,
    AccountOwes,
    AccountPaymentDishonoured,
    AccountPaymentNotCheque,
    CreditLimitReached,
)
from banksia.foundation.payments.models import Account, AccountPayment, LedgerEntry, Receipt, Refund
from banksia.foundation.payments.public import CounterPart, RefundWish, refund, take_counter_payment
from banksia.foundation.payments.service.account_paying import (
    AccountMoney,
    dishonour_account_payment,
    receive_account_payment,
)
from banksia.foundation.payments.service.accounts import (
    AccountFacts,
    balance_of,
    check_account_can_take,
    close_account,
    open_account,
    update_account,
)
from banksia.foundation.payments.service.periods import period_of
from banksia.foundation.payments.service.statements import statement_csv, statement_document, statement_of
from banksia.foundation.payments.tests.factories import make_account, make_payable
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform

API = "/api/payments"


@pytest.fixture
def clerk(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("finance_officer")


@pytest.fixture
def books(platform: Platform, organisation: Council) -> Transactions:
    return Transactions(platform, Actor.system(organisation.id))


@pytest.fixture
def account(session: Session) -> Account:
    """Dale & Kaur, who may owe $500.00 and have 14 days to pay."""
    made = make_account(session)
    session.commit()
    return made


def charge(session: Session, books: Transactions, account: Account, reference: str = "BH-2026-00001") -> Any:
    """A planning certificate on account: $69.00."""
    owed = make_payable(session, reference=reference)
    session.commit()
    part = CounterPart("account", owed.total_cents, account_id=account.id)
    take_counter_payment(books, payable=owed.ref, parts=[part])
    session.expire_all()
    return owed


def paid(session: Session, clerk: Actor, account: Account, cents: int, **given: Any) -> AccountPayment:
    values = {"method": "transfer", "reference": "DALE KAUR NOV"} | given
    money = AccountMoney(amount_cents=cents, seen_balance_cents=balance_of(session, account.id), **values)
    received = receive_account_payment(session, clerk, account_id=account.id, money=money)
    session.commit()
    return received


class TestBalance:
    def test_is_what_was_charged_less_what_was_paid_and_given_back(
        self, session: Session, books: Transactions, clerk: Actor, account: Account
    ) -> None:
        charge(session, books, account)
        second = charge(session, books, account, "BH-2026-00002")
        assert balance_of(session, account.id) == 13800
        paid(session, clerk, account, 5000)
        assert balance_of(session, account.id) == 8800
        refund(session, clerk, payable=second.ref, wish=RefundWish("Ordered twice", 6900))
        assert balance_of(session, account.id) == 1900
        back = session.scalars(select(Refund)).one()
        assert (back.method, back.state) == ("account", "succeeded")
        entry = session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "refund")).one()
        assert (entry.method, entry.account_id, entry.amount_cents) == ("account", account.id, -6900)

    def test_counts_money_once_although_a_payment_has_two_entries(
        self, session: Session, books: Transactions, clerk: Actor, account: Account
    ) -> None:
        charge(session, books, account)
        paid(session, clerk, account, 6900)
        entries = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id)).all()
        assert [(entry.kind, entry.method, entry.amount_cents) for entry in entries] == [
            ("account_charge", "account", 6900),
            ("account_payment", "transfer", 6900),
            ("account_settlement", "account", -6900),
        ]
        assert balance_of(session, account.id) == 0


class TestCheckAccountCanTake:
    def test_refuses_a_cent_above_the_limit(self, session: Session, books: Transactions, account: Account) -> None:
        charge(session, books, account)
        assert check_account_can_take(session, account.id, 50000 - 6900).id == account.id
        with pytest.raises(CreditLimitReached, match=r"may owe \$500\.00, and \$431\.00 of it is left"):
            check_account_can_take(session, account.id, 50000 - 6900 + 1)

    def test_refuses_a_closed_and_an_unknown_account(self, session: Session, clerk: Actor, account: Account) -> None:
        close_account(session, clerk, account_id=account.id)
        with pytest.raises(AccountClosed):
            check_account_can_take(session, account.id, 1)
        with pytest.raises(AccountNotFound):
            check_account_can_take(session, uuid.uuid4(), 1)

    def test_two_charges_at_once_stay_within_the_limit(
        self, live_platform: Platform, live_organisation: Council
    ) -> None:
        live = Transactions(live_platform, Actor.system(live_organisation.id))
        with live() as session:
            account_id = make_account(session, credit_limit_cents=10000).id
            refs = [make_payable(session, reference=f"BH-{number}").ref for number in range(2)]
        outcomes: list[str] = []
        start = threading.Barrier(2)

        def take(number: int) -> None:
            start.wait()
            try:
                part = CounterPart("account", 6900, account_id=account_id)
                take_counter_payment(live, payable=refs[number], parts=[part])
                outcomes.append("taken")
            except CreditLimitReached:
                outcomes.append("refused")

        threads = [threading.Thread(target=take, args=(number,)) for number in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        with live() as session:
            assert (sorted(outcomes), balance_of(session, account_id)) == (["refused", "taken"], 6900)


class TestOpenAndChange:
    def test_each_code_is_used_once(self, session: Session, clerk: Actor, account: Account) -> None:
        facts = AccountFacts("KAUR", "Somebody else", None, None, 0, 30)
        with pytest.raises(AccountCodeTaken, match="KAUR"):
            open_account(session, clerk, facts=facts)

    def test_a_change_is_noted_with_what_was_there_before(
        self, session: Session, clerk: Actor, account: Account, signed_in_as: Callable[..., TestClient]
    ) -> None:
        facts = AccountFacts("KAUR", "Dale & Kaur", "pay@kaur.example", None, 70000, 30)
        update_account(session, clerk, account_id=account.id, facts=facts)
        session.commit()
        entries = signed_in_as("administrator").get("/api/audit/entries").json()["results"]
        change = next(entry for entry in entries if entry["action"] == "payments.account_changed")
        assert change["detail"]["before"]["credit_limit_cents"] == 50000
        assert change["detail"]["after"]["credit_limit_cents"] == 70000

    def test_an_account_that_owes_is_not_closed(
        self, session: Session, books: Transactions, clerk: Actor, account: Account
    ) -> None:
        charge(session, books, account)
        with pytest.raises(AccountOwes, match=r"owes \$69\.00"):
            close_account(session, clerk, account_id=account.id)


class TestReceivePayment:
    def test_is_receipted_with_the_next_number_and_mailed(
        self,
        session: Session,
        books: Transactions,
        clerk: Actor,
        account: Account,
        run_outbox: Callable[[], int],
    ) -> None:
        charge(session, books, account)
        received = paid(session, clerk, account, 6900, method="cash", tendered_cents=7000, reference=None)
        first, second = session.scalars(select(Receipt).order_by(Receipt.number))
        assert (second.number, second.account_payment_id) == (first.number + 1, received.id)
        assert (received.change_cents, second.snapshot["payments"][0]["change_cents"]) == (100, 100)
        run_outbox()
        mail = session.scalars(select(Message).where(Message.template == "payments/account_receipt")).one()
        assert mail.to_address == "accounts@kaur.example"
        assert "$69.00" in mail.text
        assert mail.attachments[0]["file_name"].endswith(".pdf")

    def test_a_second_press_records_nothing(
        self, session: Session, books: Transactions, clerk: Actor, account: Account
    ) -> None:
        charge(session, books, account)
        money = AccountMoney("transfer", 6900, seen_balance_cents=6900, reference="DALE")
        receive_account_payment(session, clerk, account_id=account.id, money=money)
        with pytest.raises(AccountBalanceChanged, match=r"it is \$0\.00 now"):
            receive_account_payment(session, clerk, account_id=account.id, money=money)

    def test_two_presses_at_once_record_one(self, live_platform: Platform, live_organisation: Council) -> None:
        live = Transactions(live_platform, Actor.system(live_organisation.id))
        with live() as session:
            account_id = make_account(session, code=uuid.uuid4().hex).id
        money = AccountMoney("transfer", 6900, seen_balance_cents=0, reference="DALE")
        outcomes: list[str] = []
        start = threading.Barrier(2)

        def press() -> None:
            start.wait()
            try:
                with live() as session:
                    receive_account_payment(session, live.actor, account_id=account_id, money=money)
                outcomes.append("recorded")
            except AccountBalanceChanged:
                outcomes.append("refused")

        threads = [threading.Thread(target=press) for _ in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        with live() as session:
            assert (sorted(outcomes), balance_of(session, account_id)) == (["recorded", "refused"], -6900)

    def test_more_than_is_owed_stands_to_the_firms_credit(
        self, session: Session, clerk: Actor, account: Account
    ) -> None:
        paid(session, clerk, account, 1000)
        assert balance_of(session, account.id) == -1000
        assert check_account_can_take(session, account.id, 51000).id == account.id


class TestDishonour:
    def test_a_cheque_that_comes_back_is_owed_again_and_no_money_came_in(
        self, session: Session, books: Transactions, clerk: Actor, account: Account
    ) -> None:
        charge(session, books, account)
        cheque = paid(session, clerk, account, 6900, method="cheque", reference="000123", drawer="Dale & Kaur")
        dishonour_account_payment(
            session, clerk, account_id=account.id, account_payment_id=cheque.id, reason="Refer to drawer"
        )
        assert balance_of(session, account.id) == 6900
        sums: dict[str, int] = {}
        for entry in session.scalars(select(LedgerEntry)):
            sums[entry.method] = sums.get(entry.method, 0) + entry.amount_cents
        assert sums == {"account": 6900, "cheque": 0}
        with pytest.raises(AccountPaymentDishonoured):
            dishonour_account_payment(
                session, clerk, account_id=account.id, account_payment_id=cheque.id, reason="Again"
            )

    def test_only_a_cheque_can_come_back(self, session: Session, clerk: Actor, account: Account) -> None:
        received = paid(session, clerk, account, 1000)
        with pytest.raises(AccountPaymentNotCheque):
            dishonour_account_payment(
                session, clerk, account_id=account.id, account_payment_id=received.id, reason="Wrong"
            )


@pytest.fixture
def days_ago(set_books_clock: Callable[[datetime.datetime | None], None]) -> Callable[[int], None]:
    """Let entries of the ledger happen some days ago: nobody can change one afterwards."""

    def go(days: int) -> None:
        set_books_clock(utc_now() - datetime.timedelta(days=days))

    return go


class TestStatement:
    def period(self, session: Session, days: int = 30) -> Any:
        day = council_day(session)
        return period_of(session, day - datetime.timedelta(days=days), day)

    def test_opens_with_what_was_owed_before_and_closes_with_what_is_owed(
        self, session: Session, books: Transactions, clerk: Actor, account: Account, days_ago: Callable[[int], None]
    ) -> None:
        days_ago(40)
        charge(session, books, account, "OLD")
        days_ago(0)
        charge(session, books, account, "NEW")
        paid(session, clerk, account, 1000)
        statement = statement_of(session, account_id=account.id, period=self.period(session))
        assert (statement.opening_cents, statement.charged_cents, statement.settled_cents) == (6900, 6900, 1000)
        assert statement.closing_cents == 12800 == balance_of(session, account.id)

    def test_sets_payments_against_the_oldest_charge_and_ages_the_rest_by_the_terms(
        self, session: Session, books: Transactions, clerk: Actor, account: Account, days_ago: Callable[[int], None]
    ) -> None:
        for reference, days in (("A", 120), ("B", 60), ("C", 20), ("D", 0)):
            days_ago(days)
            charge(session, books, account, reference)
        paid(session, clerk, account, 6900 + 900)
        statement = statement_of(session, account_id=account.id, period=self.period(session))
        ages = {age.name: age.amount_cents for age in statement.ageing}
        # 14 days of terms: B has been overdue for 46 days, C for 6.
        assert ages == {
            "not_due": 6900, "overdue_30": 6900, "overdue_60": 6000, "overdue_90": 0, "overdue_more": 0,
        }  # fmt: skip
        assert sum(ages.values()) == statement.closing_cents
        assert statement.overdue_cents == 12900

    def test_is_the_same_as_pdf_and_csv(
        self, session: Session, books: Transactions, clerk: Actor, account: Account
    ) -> None:
        charge(session, books, account)
        paid(session, clerk, account, 1000)
        document = statement_document(session, account_id=account.id, period=self.period(session))
        pdf = render_statement(document.page)
        with pypdfium2.PdfDocument(pdf) as opened:
            words = " ".join(opened[0].get_textpage().get_text_bounded().split())
        for piece in ("Statement of account", "KAUR", "$69.00", "-$10.00", "$59.00", "Not due yet"):
            assert piece in words
        assert "/MarkInfo" in pikepdf.open(io.BytesIO(pdf)).Root
        rows = statement_csv(session, account_id=account.id, period=self.period(session)).splitlines()
        assert rows[0] == "\ufeffdate,entry,reference,charged,settled,balance"
        assert [row.split(",")[3:] for row in rows[1:]] == [
            ["", "", "0.00"],
            ["69.00", "", "69.00"],
            ["", "10.00", "59.00"],
            ["", "", "59.00"],
        ]


class TestRoutes:
    def test_a_finance_officer_opens_an_account_and_reads_its_pages(
        self, session: Session, books: Transactions, signed_in_as: Callable[..., TestClient]
    ) -> None:
        browser = signed_in_as("finance_officer")
        body = {"code": "HILLS", "name": "Hills Conveyancing", "credit_limit_cents": 100000, "terms_days": 7}
        made = browser.post(f"{API}/accounts", json=body)
        assert made.status_code == 201, made.text
        account_id = made.json()["id"]
        assert (made.json()["balance_cents"], made.json()["left_cents"]) == (0, 100000)
        account = session.get(Account, uuid.UUID(account_id))
        assert account is not None
        charge(session, books, account)
        listed = browser.get(f"{API}/accounts", params={"search": "hills"}).json()["results"]
        assert [row["balance_cents"] for row in listed] == [6900]
        money = {"method": "transfer", "amount_cents": 900, "reference": "HC", "seen_balance_cents": 6900}
        answer = browser.post(f"{API}/accounts/{account_id}/payments", json=money)
        assert answer.status_code == 201, answer.text
        days = {"from": str(council_day(session)), "until": str(council_day(session))}
        first = browser.get(f"{API}/accounts/{account_id}/movements", params=days | {"limit": 1}).json()
        rest = browser.get(
            f"{API}/accounts/{account_id}/movements", params=days | {"cursor": first["next_cursor"]}
        ).json()
        balances = [row["balance_cents"] for row in (*first["results"], *rest["results"])]
        assert balances == [6900, 6000]
        pdf = browser.get(f"{API}/accounts/{account_id}/statement.pdf", params=days)
        assert (pdf.headers["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
        assert "69.00" in browser.get(f"{API}/accounts/{account_id}/statement.csv", params=days).text
        receipt = browser.get(f"{API}/accounts/{account_id}/payments").json()["results"][0]
        assert receipt["receipt_number"].startswith("R-")

    def test_mails_a_statement_and_says_where_to(
        self, session: Session, account: Account, signed_in_as: Callable[..., TestClient]
    ) -> None:
        browser = signed_in_as("finance_officer")
        day = str(council_day(session))
        body = {"from_on": day, "until_on": day}
        answer = browser.post(f"{API}/accounts/{account.id}/statement/mail", json=body)
        assert (answer.status_code, answer.json()) == (200, {"to": "accounts@kaur.example"})
        mail = session.scalars(select(Message).where(Message.template == "payments/statement")).one()
        assert mail.attachments[0]["file_name"] == f"Statement KAUR {day} to {day}.pdf"
        session.execute(update(Account).values(email=None))
        session.commit()
        refused = browser.post(f"{API}/accounts/{account.id}/statement/mail", json=body)
        assert refused.json()["type"] == "urn:banksia:payments:account-has-no-email"

    @pytest.mark.parametrize(
        ("given", "status"),
        [({"from": "2026-11-02", "until": "2026-11-01"}, 422), ({"from": "2020-01-01", "until": "2026-01-01"}, 422)],
    )
    def test_refuses_a_period_that_is_none(
        self, account: Account, signed_in_as: Callable[..., TestClient], given: dict[str, str], status: int
    ) -> None:
        answer = signed_in_as("finance_officer").get(f"{API}/accounts/{account.id}/statement", params=given)
        assert (answer.status_code, answer.json()["type"]) == (status, "urn:banksia:payments:period-invalid")

    @pytest.mark.parametrize("missing", ["cheque", "eftpos", "transfer"])
    def test_asks_for_the_trace_of_each_method(
        self, account: Account, signed_in_as: Callable[..., TestClient], missing: str
    ) -> None:
        money = {"method": missing, "amount_cents": 900, "seen_balance_cents": 0}
        answer = signed_in_as("finance_officer").post(f"{API}/accounts/{account.id}/payments", json=money)
        assert answer.status_code == 422

    def test_a_clerk_takes_a_payment_but_changes_no_account(
        self, account: Account, signed_in_as: Callable[..., TestClient]
    ) -> None:
        browser = signed_in_as("counter_clerk")
        body = {"code": "KAUR", "name": "Dale", "credit_limit_cents": 99999999}
        assert browser.put(f"{API}/accounts/{account.id}", json=body).status_code == 403
        money = {"method": "cash", "amount_cents": 900, "seen_balance_cents": 0}
        assert browser.post(f"{API}/accounts/{account.id}/payments", json=money).status_code == 201

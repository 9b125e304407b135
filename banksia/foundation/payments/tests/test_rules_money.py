"""The rules for money that concern refunds, sums, the ledger and receipts. Each name begins with its rule's number."""

import datetime
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from banksia.foundation.payments import tasks
from banksia.foundation.payments.errors import (
    CounterReferenceNeeded,
    NothingToRefund,
    RefundableChanged,
    RefundDecided,
    SecondPersonNeeded,
)
from banksia.foundation.payments.models import (
    LedgerEntry,
    Money,
    Payable,
    PayableLine,
    Payment,
    Receipt,
    Refund,
    ReviewCase,
)
from banksia.foundation.payments.public import (
    CheckoutStarted,
    CounterPart,
    LineOwed,
    NothingOwed,
    PartsDoNotAddUp,
    RefundWish,
    gst_in,
    money_of,
    refund,
    take_counter_payment,
)
from banksia.foundation.payments.schemas import CounterPartCreate
from banksia.foundation.payments.service.raising import Pages, raise_payable
from banksia.foundation.payments.service.recording import settle_payable
from banksia.foundation.payments.service.refunding import approve_refund, reject_refund
from banksia.foundation.payments.tests.factories import COPY, PLANNING, FakeStripe, make_payable, ref_of
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, finish
from banksia.kit.models import Base

ActorWith = Callable[..., Actor]
ALL_OF_IT = RefundWish("The lot was wrong.", 6900)


@pytest.fixture
def finance(actor_with: ActorWith) -> Actor:
    return actor_with("finance_officer")


def one(session: Session, table: type[Any]) -> Any:
    session.expire_all()
    return session.scalars(select(table)).one()


def ledger(session: Session) -> list[tuple[str, int]]:
    session.expire_all()
    entries = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id))
    return [(entry.kind, entry.amount_cents) for entry in entries]


def refused(session: Session, row: Base, why: str) -> None:
    """The database itself says no, at the latest when the transaction ends."""

    def write() -> None:
        with session.begin_nested():
            session.add(row)
            session.flush()
            session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    with pytest.raises(IntegrityError, match=why):
        write()


def change_refused(session: Session, statement: str, why: str, **values: Any) -> None:
    """As `refused`, for a statement."""

    def write() -> None:
        with session.begin_nested():
            session.execute(text(statement), values)
            session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    with pytest.raises(IntegrityError, match=why):
        write()


class TestRule12Refunds:
    def test_a_full_refund(
        self,
        session: Session,
        paid: Payable,
        finance: Actor,
        fake: FakeStripe,
        run_outbox: Callable[[], int],
    ) -> None:
        [wanted] = refund(session, finance, payable=ref_of(paid), wish=ALL_OF_IT)
        session.commit()
        assert (wanted.state, fake.refunds()) == ("pending", [])  # the row is there before the provider is asked
        run_outbox()
        assert [each["amount"] for each in fake.refunds()] == [6900]
        assert one(session, Refund).state == "succeeded"
        money = money_of(session, [ref_of(paid)])[ref_of(paid)]
        assert (money.state, money.refunded_cents, money.is_paid) == (Money.REFUNDED, 6900, False)
        assert ledger(session)[-1] == ("refund", -6900)
        heard = "SELECT payload FROM events.outbox WHERE name = 'payments.payment_refunded'"
        assert session.execute(text(heard)).scalar_one()["in_full"] is True

    def test_the_amount_that_was_seen_has_to_be_true(self, session: Session, paid: Payable, finance: Actor) -> None:
        with pytest.raises(RefundableChanged):
            refund(session, finance, payable=ref_of(paid), wish=RefundWish("Wrong lot", 17400))
        refund(session, finance, payable=ref_of(paid), wish=ALL_OF_IT)
        with pytest.raises(NothingToRefund):
            refund(session, finance, payable=ref_of(paid), wish=ALL_OF_IT)

    def test_the_database_refuses_more_than_was_captured(self, session: Session, paid: Payable) -> None:
        payment = one(session, Payment)

        def row(amount_cents: int, state: str = "pending") -> Refund:
            return Refund(
                organisation_id=paid.organisation_id,
                payable_id=paid.id,
                payment_id=payment.id,
                amount_cents=amount_cents,
                state=state,
                reason="By hand",
                method="card",
                requested_by_name="A script",
            )

        session.add(row(6000))
        session.flush()
        refused(session, row(901), "refunds of 6901 cents for 6900 captured")
        session.add_all([row(900, "failed"), row(900)])
        session.flush()

    def test_a_large_refund_needs_a_second_person(
        self,
        session: Session,
        transactions: Transactions,
        finance: Actor,
        actor_with: ActorWith,
        fake: FakeStripe,
        run_outbox: Callable[[], int],
    ) -> None:
        owed = make_payable(session, lines=[LineOwed("Consent search", 50_000, "exempt", "4100.9")], email=None)
        session.commit()
        take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("eftpos", 50_000, reference="T77")])
        session.expire_all()
        wish = RefundWish("Paid twice elsewhere", 50_000, counter_reference="T78")
        [wanted] = refund(session, finance, payable=ref_of(owed), wish=wish)
        run_outbox()
        assert (wanted.state, fake.refunds(), ledger(session)) == (
            "awaiting_approval",
            [],
            [("counter_taking", 50_000)],
        )
        with pytest.raises(SecondPersonNeeded):
            approve_refund(session, finance, refund_id=wanted.id)
        second = actor_with("finance_officer")
        approved = approve_refund(session, second, refund_id=wanted.id)
        assert (approved.state, approved.decided_by, approved.reference) == ("succeeded", second.user_id, "T78")
        assert ledger(session)[-1] == ("refund", -50_000)
        with pytest.raises(RefundDecided):
            reject_refund(session, second, refund_id=wanted.id, reason="Too late")

    def test_a_rejected_refund_can_be_asked_for_again(
        self, session: Session, paid: Payable, finance: Actor, actor_with: ActorWith
    ) -> None:
        session.execute(
            text(
                "INSERT INTO organisations.module_settings (id, created_at, organisation_id, module, values)"
                " VALUES (gen_random_uuid(), now(), :id, 'payments', '{\"refund_approval_from_cents\": 0}')"
            ),
            {"id": paid.organisation_id},
        )
        [wanted] = refund(session, finance, payable=ref_of(paid), wish=ALL_OF_IT)
        reject_refund(session, actor_with("administrator"), refund_id=wanted.id, reason="Issued already")
        [again] = refund(session, finance, payable=ref_of(paid), wish=ALL_OF_IT)
        assert again.state == "awaiting_approval"

    def test_counter_money_goes_back_with_its_reference(
        self, session: Session, transactions: Transactions, owed: Payable, finance: Actor
    ) -> None:
        take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
        session.expire_all()
        with pytest.raises(CounterReferenceNeeded):
            refund(session, finance, payable=ref_of(owed), wish=ALL_OF_IT)
        wish = RefundWish("Wrong lot", 6900, counter_reference="cash, till 2")
        [done] = refund(session, finance, payable=ref_of(owed), wish=wish)
        assert (done.state, done.method, done.reference) == ("succeeded", "cash", "cash, till 2")

    def test_a_refund_that_fails_later_reopens_the_balance_and_calls_a_person(
        self,
        session: Session,
        paid: Payable,
        finance: Actor,
        fake: FakeStripe,
        tell: Callable[[dict[str, Any]], int],
        run_outbox: Callable[[], int],
    ) -> None:
        refund(session, finance, payable=ref_of(paid), wish=ALL_OF_IT)
        session.commit()
        run_outbox()
        fake.act_on_refund(one(session, Refund).provider_refund_id, "fail")
        tell(fake.events("refund.failed")[0])
        run_outbox()
        assert one(session, Refund).state == "failed"
        assert one(session, ReviewCase).kind == "refund_failed"
        assert one(session, Payable).state == Money.PAID
        assert [cents for _, cents in ledger(session)][-2:] == [-6900, 6900]
        [again] = refund(session, finance, payable=ref_of(paid), wish=ALL_OF_IT)
        assert again.amount_cents == 6900

    @pytest.mark.parametrize("fault", ["error_after_effect", "error_before_effect"])
    def test_an_answer_that_was_lost_refunds_once(
        self,
        session: Session,
        transactions: Transactions,
        paid: Payable,
        finance: Actor,
        fake: FakeStripe,
        run_outbox: Callable[[], int],
        fault: str,
    ) -> None:
        fake.fault(fault, method="POST", path="/v1/refunds")
        refund(session, finance, payable=ref_of(paid), wish=ALL_OF_IT)
        session.commit()
        run_outbox()
        assert [each["amount"] for each in fake.refunds()] == [6900]
        assert one(session, Refund).state == "succeeded"
        tasks.send_refund(transactions, refund_id=one(session, Refund).id)
        assert len(fake.refunds()) == 1

    def test_a_pending_refund_is_followed_by_the_mop_up(
        self,
        session: Session,
        transactions: Transactions,
        paid: Payable,
        finance: Actor,
        fake: FakeStripe,
        run_outbox: Callable[[], int],
    ) -> None:
        fake.fault("refund_pending")
        refund(session, finance, payable=ref_of(paid), wish=ALL_OF_IT)
        session.commit()
        run_outbox()
        assert one(session, Refund).state == "pending"
        fake.act_on_refund(one(session, Refund).provider_refund_id, "settle")
        session.execute(update(Refund).values(created_at=utc_now() - datetime.timedelta(days=2)))
        session.commit()
        tasks.mop_up(transactions)
        run_outbox()
        assert one(session, Refund).state == "succeeded"


class TestRule13Sums:
    def test_gst_is_per_line_and_rounded_once(self, session: Session) -> None:
        lines = [LineOwed("Copy", 1005, "taxable", "1"), LineOwed("Copy", 1005, "taxable", "1"), PLANNING]
        owed = make_payable(session, lines=lines)
        assert [line.gst_cents for line in owed.lines] == [91, 91, 0]
        assert (owed.total_cents, owed.gst_cents) == (8910, 182)
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    @given(st.integers(0, 99_999_999))
    def test_an_eleventh_is_never_half_a_cent(self, cents: int) -> None:
        assert abs(gst_in(cents, "taxable") * 11 - cents) <= 5
        assert gst_in(cents, "exempt") == gst_in(cents, "out_of_scope") == 0

    @pytest.mark.parametrize("change", ["total_cents = 7000", "gst_cents = 1"])
    def test_the_database_refuses_a_total_that_is_not_the_sum(
        self, session: Session, owed: Payable, change: str
    ) -> None:
        change_refused(session, f"UPDATE payments.payables SET {change} WHERE id = :id", "6900 cents", id=owed.id)  # noqa: S608 - the test's own words

    def test_the_database_refuses_an_added_line(self, session: Session, owed: Payable) -> None:
        # The payable's own check is done; from here on only the line's can speak.
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        line = PayableLine(
            organisation_id=owed.organisation_id,
            payable_id=owed.id,
            position=2,
            description="Slipped in",
            amount_cents=100,
            gst_cents=0,
            gst_treatment="exempt",
            gl_code="1",
        )
        refused(session, line, "add up to 7000 cents")

    def test_the_database_refuses_an_attempt_over_another_amount(
        self, session: Session, started: CheckoutStarted
    ) -> None:
        change = "UPDATE payments.attempts SET amount_cents = 6800 WHERE id = :id"
        change_refused(session, change, "an attempt over 6800 cents", id=started.attempt_id)

    def test_the_database_refuses_wrong_gst(self, session: Session) -> None:
        wrong = LineOwed("Copy", 2200, "taxable", "1", gst_cents=220)
        with pytest.raises(IntegrityError, match="ck_payable_lines_gst"), session.begin_nested():
            make_payable(session, lines=[wrong])

    def test_nothing_owed_is_refused(self, session: Session, guest: Actor) -> None:
        with pytest.raises(NothingOwed):
            raise_payable(
                session,
                guest,
                payable=("tests.order", uuid.uuid4()),
                title="Nothing",
                reference="X",
                lines=[LineOwed("Free", 0, "exempt", "1")],
                pages=Pages("/"),
            )


class TestRule14Ledger:
    def test_a_card_payment_books_the_charge_and_its_fee(self, session: Session, paid: Payable) -> None:
        assert ledger(session) == [("charge", 6900), ("fee", -147)]
        assert paid.reference == one(session, Receipt).snapshot["reference"]

    @pytest.mark.parametrize("table", ["ledger_entries", "receipts", "receipt_documents", "payable_lines"])
    @pytest.mark.parametrize("statement", ["UPDATE payments.{} SET created_at = now()", "DELETE FROM payments.{}"])
    @pytest.mark.usefixtures("paid")
    def test_the_application_can_neither_change_nor_delete(self, session: Session, table: str, statement: str) -> None:
        with pytest.raises(ProgrammingError, match="permission denied"), session.begin_nested():
            session.execute(text(statement.format(table)))

    def test_the_ledger_agrees_with_what_is_paid(
        self, session: Session, paid: Payable, finance: Actor, run_outbox: Callable[[], int]
    ) -> None:
        refund(session, finance, payable=ref_of(paid), wish=ALL_OF_IT)
        session.commit()
        run_outbox()
        without_fees = select(func.sum(LedgerEntry.amount_cents)).where(LedgerEntry.kind != "fee")
        assert session.scalar(without_fees) == 0


class TestRule20NoCardData:
    def test_no_table_and_no_form_has_a_place_for_a_card(self) -> None:
        columns = {
            column.name
            for table in Base.metadata.tables.values()
            if table.schema == "payments"
            for column in table.columns
        }
        fields = set(CounterPartCreate.model_fields)
        suspicious = {name for name in columns | fields if any(word in name for word in ("card", "cvc", "expiry"))}
        assert suspicious == set()
        assert {"pan", "number_on_card"}.isdisjoint(columns | fields)

    def test_what_the_provider_tells_is_kept_without_the_card(
        self,
        session: Session,
        fake: FakeStripe,
        started: CheckoutStarted,
        tell: Callable[[dict[str, Any]], int],
        run_outbox: Callable[[], int],
    ) -> None:
        fake.act(started.url, "pay")
        for event in fake.events():
            tell(event)
        run_outbox()
        for table in ("webhook_events", "attempts", "payments", "ledger_entries", "receipts", "review_cases"):
            rows = session.execute(text(f"SELECT to_jsonb(t)::text FROM payments.{table} t")).scalars()  # noqa: S608 - as above
            # As values of their own: an identifier may hold the same four digits by chance.
            assert not [row for row in rows if re.search(r'"(4242|visa)"', row, re.IGNORECASE)]

    def test_a_counter_card_leaves_the_terminals_reference(self) -> None:
        with pytest.raises(ValueError, match="the terminal printed"):
            CounterPartCreate(method="eftpos", amount_cents=6900)


def fail_in_the_last_moment(transactions: Transactions, owed: Payable) -> None:
    def numbered_and_then_lost() -> None:
        with transactions() as session:
            again = session.scalars(select(Payable).where(Payable.id == owed.id)).one()
            settle_payable(session, transactions.actor, again, method="counter")
            finish(session)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        numbered_and_then_lost()


class TestRule22Receipts:
    def test_numbers_run_without_gaps(self, session: Session, transactions: Transactions) -> None:
        for number in range(1, 4):
            owed = make_payable(session, reference=f"BH-{number}", email=None)
            session.commit()
            if number == 2:  # a payment that fails in its last moment takes no number
                fail_in_the_last_moment(transactions, owed)
            take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
        assert session.scalars(select(Receipt.number).order_by(Receipt.number)).all() == [1, 2, 3]

    @pytest.mark.parametrize(
        ("lines", "is_tax_invoice"), [((PLANNING,), False), ((PLANNING, COPY), True)], ids=["exempt", "taxable"]
    )
    def test_a_tax_invoice_only_when_something_is_taxable(
        self, session: Session, transactions: Transactions, lines: tuple[LineOwed, ...], *, is_tax_invoice: bool
    ) -> None:
        owed = make_payable(session, lines=lines)
        session.commit()
        part = CounterPart("cash", owed.total_cents)
        take_counter_payment(transactions, payable=ref_of(owed), parts=[part])
        receipt = one(session, Receipt)
        assert receipt.is_tax_invoice is is_tax_invoice
        assert receipt.gst_cents == (200 if is_tax_invoice else 0)

    def test_counter_parts_have_to_add_up(self, transactions: Transactions, owed: Payable) -> None:
        parts = [CounterPart("cash", 5000), CounterPart("eftpos", 1800, reference="T1")]
        with pytest.raises(PartsDoNotAddUp):
            take_counter_payment(transactions, payable=ref_of(owed), parts=parts)

    def test_a_split_payment_is_one_receipt(self, session: Session, transactions: Transactions, owed: Payable) -> None:
        parts = [
            CounterPart("cash", 5000, tendered_cents=5000),
            CounterPart("cheque", 1900, reference="000123", drawer="D. Kaur"),
        ]
        take_counter_payment(transactions, payable=ref_of(owed), parts=parts)
        assert [part["method"] for part in one(session, Receipt).snapshot["payments"]] == ["cash", "cheque"]

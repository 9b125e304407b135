"""Receipts on other paper over HTTP, and the wording that an administrator chooses."""

from collections.abc import Callable

from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import update_module_settings
from banksia.foundation.payments.models import Payable, Receipt
from banksia.foundation.payments.public import CounterPart, money_of, take_counter_payment
from banksia.foundation.payments.service.dishonouring import dishonour_cheque
from banksia.foundation.payments.service.reading import payable_read
from banksia.foundation.payments.tests.factories import COPY, make_payable, ref_of
from banksia.foundation.payments.tests.test_receipt_pdf import text_of
from banksia.kit.database import Transactions

SignIn = Callable[..., TestClient]
API = "/api/payments"


def test_the_roll_is_there_at_once_and_only_for_who_has_the_link(
    session: Session, client: TestClient, transactions: Transactions, owed: Payable
) -> None:
    """At the counter nobody waits for the page that is mailed."""
    take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
    session.expire_all()
    path = money_of(session, [ref_of(owed)])[ref_of(owed)].receipts[0].path
    assert client.get(path).json()["type"] == "urn:banksia:payments:receipt-not-ready"
    answer = client.get(f"{path}?paper=roll")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert "R-000001" in text_of(answer.content)
    assert client.get(f"{path[:-3]}abc?paper=roll").status_code == 404


def test_staff_print_it_on_a_roll(
    session: Session, signed_in_as: SignIn, transactions: Transactions, owed: Payable
) -> None:
    take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
    session.expire_all()
    receipt = session.scalars(select(Receipt)).one()
    answer = signed_in_as("counter_clerk").get(f"{API}/receipts/{receipt.id}?paper=roll")
    assert answer.content.startswith(b"%PDF-")


def test_a_wording_is_seen_before_it_is_used_and_takes_no_number(session: Session, signed_in_as: SignIn) -> None:
    administrator = signed_in_as("administrator")
    wanted = {"receipt_prefix": "BH-", "receipt_note": "Keep this for your records."}
    for paper in ("a4", "roll"):
        answer = administrator.get(f"{API}/receipt-preview", params=wanted | {"paper": paper})
        words = text_of(answer.content)
        assert "BH-000000" in words
        assert "Keep this for your records." in words
        assert "this is not a receipt" in words
    assert session.scalars(select(Receipt)).all() == []


def test_the_wording_holds_from_then_on(session: Session, transactions: Transactions, owed: Payable) -> None:
    take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 6900)])
    values = {"receipt_prefix": "BH-", "receipt_note": "Thank you"}
    update_module_settings(session, transactions.actor, name="payments", values=values)
    other = make_payable(session)
    session.commit()
    take_counter_payment(transactions, payable=ref_of(other), parts=[CounterPart("cash", 6900)])
    session.expire_all()
    snapshots = session.scalars(select(Receipt.snapshot).order_by(Receipt.number)).all()
    assert [(each["number"], each["note"]) for each in snapshots] == [("R-000001", ""), ("BH-000002", "Thank you")]


def test_a_receipt_after_a_cheque_came_back_says_what_it_replaces(session: Session, transactions: Transactions) -> None:
    owed = make_payable(session, lines=(COPY,))
    session.commit()
    cheque = CounterPart("cheque", 2200, reference="101", drawer="D. Kaur")
    take_counter_payment(transactions, payable=ref_of(owed), parts=[cheque])
    session.expire_all()
    (payment,) = payable_read(session, payable_id=owed.id).payments
    dishonour_cheque(session, transactions.actor, payment_id=payment.id, reason="No funds")
    session.commit()
    take_counter_payment(transactions, payable=ref_of(owed), parts=[CounterPart("cash", 2200)])
    session.expire_all()
    first, second = session.scalars(select(Receipt).order_by(Receipt.number)).all()
    assert second.snapshot["replaces"] == first.snapshot["number"]
    assert [each["method"] for each in second.snapshot["payments"]] == ["cash"]

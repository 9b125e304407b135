"""Payables and payments for tests, and the fake Stripe as a test sees it."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import requests
import stripe
from sqlalchemy.orm import Session

from banksia.foundation.payments import queries
from banksia.foundation.payments.models import (
    Account,
    Attempt,
    Banking,
    Dispute,
    Location,
    Payable,
    Payment,
    PaymentAttempt,
    Payout,
    ReviewCase,
    ReviewKind,
    Surcharge,
    Till,
    TillCount,
    TillSession,
)
from banksia.foundation.payments.public import (
    CounterPart,
    LineOwed,
    Pages,
    PayableRef,
    Payer,
    RefundWish,
    raise_payable,
    refund,
    take_counter_payment,
)
from banksia.foundation.payments.queries import tills as queries_tills
from banksia.foundation.payments.service.account_paying import AccountMoney, receive_account_payment
from banksia.foundation.payments.service.gl_codes import add_gl_code
from banksia.foundation.payments.service.waiving import ask_waiver
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, platform_of
from banksia.kit.models import new_id

SECRETS = ("whsec_test_new", "whsec_test_old")
PLANNING = LineOwed("Planning certificate 10.7(2), 2/2/DP2288", 6900, "exempt", "4100.101")
COPY = LineOwed("Certified copy", 2200, "taxable", "4100.300")


def make_payable(
    session: Session,
    *,
    lines: Sequence[LineOwed] = (PLANNING,),
    reference: str = "BH-2026-00001",
    email: str | None = "dale@kaur.example",
) -> Payable:
    """Something owed by a workflow of the test's own."""
    return raise_payable(
        session,
        Actor.guest(organisation_id_of(session)),
        payable=("tests.order", uuid.uuid4()),
        title="Certificates for 7 Green Street, Portland",
        reference=reference,
        lines=list(lines),
        pages=Pages("/tests/customer/orders/1"),
        payer=Payer("Dale & Kaur Lawyers", email, "/tests/customer/orders/1#token=abc"),
    )


@dataclass(frozen=True)
class FakeStripe:
    """The running fake, and what a customer, a bank and an incident do to it."""

    url: str
    client: stripe.StripeClient

    def fault(self, kind: str, **options: Any) -> None:
        """Arm a fault."""
        requests.post(f"{self.url}/__faults", json={"fault": kind, **options}, timeout=10).raise_for_status()

    def act(self, page_url_or_id: str, action: str) -> dict[str, Any]:
        """A customer presses a button (`pay`, `decline`), or a bank says yes too late (`pay-although-expired`)."""
        session_id = page_url_or_id.rsplit("/", 1)[-1]
        answer = requests.post(f"{self.url}/__sessions/{session_id}/{action}", timeout=10)
        answer.raise_for_status()
        acted: dict[str, Any] = answer.json()
        return acted

    def act_on_refund(self, refund_id: str, action: str) -> None:
        """A customer's bank takes a refund (`settle`) or sends it back (`fail`)."""
        requests.post(f"{self.url}/__refunds/{refund_id}/{action}", timeout=10).raise_for_status()

    def post(self, path: str, **body: Any) -> Any:
        """Do something to the fake that no customer and no merchant can."""
        answer = requests.post(f"{self.url}/__{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def dispute(self, payment_id: str, reason: str = "fraudulent") -> str:
        """The payer's bank takes a payment back; answers the dispute's id."""
        dispute_id: str = self.post(f"payments/{payment_id}/dispute?reason={reason}")["id"]
        return dispute_id

    def act_on_dispute(self, dispute_id: str, action: str) -> None:
        """The council has answered (`respond`), the bank decides (`win`, `lose`)."""
        self.post(f"disputes/{dispute_id}/{action}")

    def payout(self) -> str:
        """The provider sends what has come in to the bank; answers the payout's id."""
        payout_id: str = self.post("payouts")["id"]
        return payout_id

    def act_on_payout(self, payout_id: str, action: str) -> None:
        """It arrives (`pay`) or comes back (`fail`)."""
        self.post(f"payouts/{payout_id}/{action}")

    def add_to_books(self, *entries: dict[str, Any]) -> None:
        """Write balance transactions that nobody made."""
        self.post("books", entries=list(entries))

    def remove_from_books(self, source: str) -> None:
        """Let the books forget what they say about a payment, refund, dispute or payout."""
        requests.delete(f"{self.url}/__books?source={source}", timeout=10).raise_for_status()

    def sessions(self) -> list[dict[str, Any]]:
        """Every Checkout Session, newest first."""
        return [each.to_dict() for each in self.client.v1.checkout.sessions.list({"limit": 100}).data]

    def refunds(self) -> list[dict[str, Any]]:
        """Every refund, newest first."""
        return [each.to_dict() for each in self.client.v1.refunds.list({"limit": 100}).data]

    def events(self, *types: str) -> list[dict[str, Any]]:
        """Events in the order in which they happened."""
        found = [each.to_dict() for each in self.client.v1.events.list({"limit": 100}).data]
        return [event for event in reversed(found) if not types or event["type"] in types]

    def deliveries(self) -> list[dict[str, Any]]:
        """What became of each webhook."""
        log: list[dict[str, Any]] = requests.get(f"{self.url}/__deliveries", timeout=10).json()
        return log


def signed(event: dict[str, Any], secret: str = SECRETS[0], *, at: int | None = None) -> tuple[bytes, str]:
    """An event as the provider sends it: the raw body and its signature."""
    body = json.dumps(event)
    return body.encode(), stripe.WebhookSignature.generate_signature_header(body, secret, at)


def ref_of(owed: Payable) -> PayableRef:
    """What the test's workflow calls it."""
    return owed.ref


def make_account(session: Session, *, code: str = "KAUR", credit_limit_cents: int = 50_000) -> Account:
    """A firm that may buy on account and has 14 days to pay."""
    account = Account(
        id=new_id(),
        organisation_id=organisation_id_of(session),
        code=code,
        name="Dale & Kaur Lawyers",
        email="accounts@kaur.example",
        postal_address="PO Box 7\nLithgow NSW 2790",
        credit_limit_cents=credit_limit_cents,
        terms_days=14,
    )
    session.add(account)
    session.flush()
    return account


def make_till(session: Session, *, location: str = "Front counter", name: str = "Till 2") -> Till:
    """A till at a counter; from now on counter money goes through tills."""
    organisation_id = organisation_id_of(session)
    place = session.scalar(queries_tills.locations_of(organisation_id).where(Location.name == location))
    if place is None:
        place = Location(id=new_id(), organisation_id=organisation_id, name=location)
        session.add(place)
        session.flush()
    till = Till(id=new_id(), organisation_id=organisation_id, location_id=place.id, name=name)
    session.add(till)
    session.flush()
    return till


def _closed_session(session: Session, till: Till, banking: Banking) -> TillSession:
    closed = TillSession(
        id=new_id(),
        organisation_id=till.organisation_id,
        till_id=till.id,
        cashier_id=new_id(),
        cashier_name="Tom Okafor",
        state="closed",
        float_cents=20000,
        opened_at=utc_now(),
        closed_at=utc_now(),
        closed_by_name="Tom Okafor",
        variance_cents=0,
        banking_id=banking.id,
    )
    session.add(closed)
    session.flush()
    counts = {"cash": 26900, "eftpos": 0, "cheque": 0}
    session.add_all(
        TillCount(
            organisation_id=till.organisation_id,
            session_id=closed.id,
            method=method,
            expected_cents=cents,
            counted_cents=cents,
        )
        for method, cents in counts.items()
    )
    return closed


def _till_examples(session: Session, owed: Payable) -> dict[str, str]:
    """A till that was open once, is banked, and is out of use, so that other modules' counters need none."""
    till, now = make_till(session), utc_now()
    banking = Banking(
        id=new_id(),
        organisation_id=owed.organisation_id,
        location_id=till.location_id,
        reference="Bag 17",
        cash_cents=6900,
        cheque_cents=0,
        banked_by_name="Sana Iqbal",
        banked_at=now,
    )
    session.add(banking)
    session.flush()
    closed = _closed_session(session, till, banking)
    till.closed_at = now
    waiver = ask_waiver(session, Actor.system(owed.organisation_id), payable_id=owed.id, reason="The council's mistake")
    return {
        "location_id": str(till.location_id),
        "till_id": str(till.id),
        "session_id": str(closed.id),
        "banking_id": str(banking.id),
        "waiver_id": str(waiver.id),
    }


def make_attempt(session: Session, owed: Payable, **given: Any) -> PaymentAttempt:
    """A page at the provider that somebody has opened."""
    values: dict[str, Any] = {
        "provider": "stripe",
        "livemode": False,
        "state": Attempt.OPEN.value,
        "amount_cents": owed.total_cents,
        "currency": "aud",
        "payee": "Blue Hills Shire Council",
        "success_url": "http://localhost:8000/paid",
        "cancel_url": "http://localhost:8000/cancelled",
        "expires_at": utc_now() + timedelta(minutes=30),
        "checkout_id": f"cs_test_{uuid.uuid4().hex}",
        "asked_at": utc_now(),
    }
    attempt = PaymentAttempt(id=new_id(), organisation_id=owed.organisation_id, payable_id=owed.id, **(values | given))
    session.add(attempt)
    session.flush()
    return attempt


def _surcharge(session: Session) -> Surcharge:
    """What EFTPOS will cost on top next decade; not today, or every payment of the walk would have to add it."""
    surcharge = Surcharge(
        id=new_id(),
        organisation_id=organisation_id_of(session),
        method="eftpos",
        basis_points=85,
        from_on=date(2036, 7, 1),
    )
    session.add(surcharge)
    session.flush()
    return surcharge


def _provider_examples(session: Session, payment: Payment) -> dict[str, str]:
    """A dispute that was won, and a payout."""
    dispute = Dispute(
        id=new_id(),
        organisation_id=payment.organisation_id,
        payable_id=payment.payable_id,
        payment_id=payment.id,
        provider="stripe",
        provider_dispute_id="du_example",
        state="won",
        amount_cents=payment.amount_cents,
        reason="fraudulent",
        evidence={},
        opened_at=utc_now(),
        closed_at=utc_now(),
    )
    payout = Payout(
        id=new_id(),
        organisation_id=payment.organisation_id,
        provider="stripe",
        payout_id="po_example",
        amount_cents=6753,
        status="paid",
        arrives_on=date(2026, 11, 20),
    )
    session.add_all([dispute, payout])
    session.flush()
    return {"dispute_id": str(dispute.id), "payout_id": str(payout.id)}


def _finance_examples(session: Session) -> dict[str, str]:
    """An account with a cheque towards it, and a code of the general ledger."""
    account, actor = make_account(session, code="EXAMPLE"), Actor.system(organisation_id_of(session))
    money = AccountMoney("cheque", 1000, 0, reference="000123", drawer="Dale & Kaur")
    paid = receive_account_payment(session, actor, account_id=account.id, money=money)
    code = add_gl_code(session, actor, code="4100.101", title="Planning certificates")
    return {"account_id": str(account.id), "account_payment_id": str(paid.id), "gl_code_id": str(code.id)}


def route_examples(session: Session) -> dict[str, str]:
    """What the routes' path parameters can name: something that was paid at the counter, and something open online."""
    owed, online = make_payable(session), make_payable(session, reference="BH-2026-00002")
    session.flush()
    transactions = Transactions(platform_of(session), Actor.system(owed.organisation_id))
    cash = CounterPart("cash", owed.total_cents, tendered_cents=owed.total_cents)
    take_counter_payment(transactions, payable=owed.ref, parts=[cash])
    session.expire_all()
    wish = RefundWish("Ordered twice", owed.total_cents, counter_reference="cash")
    (refunded,) = refund(session, transactions.actor, payable=owed.ref, wish=wish)
    attempt = make_attempt(session, online)
    case = ReviewCase(
        id=new_id(),
        organisation_id=owed.organisation_id,
        kind=ReviewKind.MISMATCH.value,
        source_id=attempt.id,
        payable_id=online.id,
        evidence={},
    )
    session.add(case)
    session.flush()
    receipt = session.scalars(queries.receipts_of(owed.organisation_id)).first()
    assert receipt is not None
    payment = session.scalars(queries.payments_for(owed.organisation_id, owed.id)).one()
    return {
        "payable_id": str(owed.id),
        "kind": owed.ref[0],
        "subject_id": str(owed.ref[1]),
        "attempt_id": str(attempt.id),
        "refund_id": str(refunded.id),
        "case_id": str(case.id),
        "receipt_id": str(receipt.id),
        "token": "a-token-that-is-guessed",
        "payment_id": str(payment.id),
        "surcharge_id": str(_surcharge(session).id),
        **_finance_examples(session),
        **_provider_examples(session, payment),
        **_till_examples(session, make_payable(session, reference="BH-2026-00003")),
    }

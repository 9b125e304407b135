"""A disputed order: it says so, and its evidence holds what was done with its certificates."""

from collections.abc import Callable

from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.payments.public import PaymentDisputed
from banksia.kit.actor import Actor
from banksia.kit.models import new_id
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.service.disputes import show_what_was_delivered
from banksia.modules.certificates.service.downloading import download_certificate
from banksia.modules.certificates.service.reading import read_order
from banksia.modules.certificates.tests.factories import make_certificate, make_order, pay


def dispute_of(session: Session, order: Order) -> PaymentDisputed:
    """The payer's bank takes the order's payment back."""
    dispute_id = new_id()
    session.execute(
        text(
            "INSERT INTO payments.disputes (id, created_at, organisation_id, payable_id, payment_id, provider,"
            " provider_dispute_id, state, amount_cents, reason, evidence, opened_at)"
            " SELECT :id, now(), organisation_id, payable_id, id, 'stripe', 'du_1', 'needs_response', amount_cents,"
            " 'fraudulent', '{}', now() FROM payments.payments"
        ),
        {"id": dispute_id},
    )
    return PaymentDisputed(
        payable_kind="certificates.order",
        payable_id=order.id,
        dispute_id=dispute_id,
        state="needs_response",
        amount_cents=order.total_cents,
    )


def test_the_order_says_so_and_the_evidence_holds_its_downloads(
    session: Session,
    guest: Actor,
    officer: Actor,
    actor_with: Callable[..., Actor],
    run_outbox: Callable[[], int],
    signed_in_as: Callable[..., TestClient],
) -> None:
    order = make_order(session, guest)
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    certificate = make_certificate(session, order.lines[0], officer)
    download_certificate(session, guest, order=order, certificate_id=certificate.id)
    session.commit()
    assert not read_order(session, officer, order).payment_disputed
    told = dispute_of(session, order)
    show_what_was_delivered(session, told)
    assert read_order(session, officer, order).payment_disputed
    session.execute(text("UPDATE payments.disputes SET state = 'lost' WHERE id = :id"), {"id": told.dispute_id})
    shown = read_order(session, officer, order)
    assert (shown.payment_disputed, shown.lost_cents) == (False, order.total_cents)
    session.commit()
    detail = signed_in_as("finance_officer").get(f"/api/payments/disputes/{told.dispute_id}").json()
    done = {entry["what"] for entry in detail["entries"]}
    assert {"certificates.order_placed", "certificates.certificate_downloaded"} <= done


def test_what_is_no_order_is_left_alone(session: Session) -> None:
    event = PaymentDisputed(
        payable_kind="tests.order", payable_id=new_id(), dispute_id=new_id(), state="won", amount_cents=1
    )
    show_what_was_delivered(session, event)

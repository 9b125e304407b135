"""A replacement that was begun can be called off: the issued certificate stays, and its customer hears nothing."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.payments.public import PaymentRefunded
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.errors import TransitionRefused
from banksia.modules.certificates.errors.acting import CertificateStands, NothingReplaced
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.lines import AmountRow, AnswerUpdate, DraftRead, DraftUpdate
from banksia.modules.certificates.service.assigning import assign_line
from banksia.modules.certificates.service.drafting import read_draft, save_draft
from banksia.modules.certificates.service.holding import hold_line, refuse_line
from banksia.modules.certificates.service.issuing import issue_certificate
from banksia.modules.certificates.service.reading import read_order
from banksia.modules.certificates.service.replacing import keep_issued, replace_certificate
from banksia.modules.certificates.service.working import stop_work
from banksia.modules.certificates.tests.factories import complete_draft, make_order, pay

WHY, NOT_AFTER_ALL = "The lot number is wrong.", "The lot number was right."
MAILS = "SELECT count(*) FROM notifications.messages"


@pytest.fixture
def line(session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]) -> OrderLine:
    """A paid line of a rates certificate."""
    order = make_order(session, guest, "603")
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    return session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines[0]


@pytest.fixture
def replaced(session: Session, officer: Actor, line: OrderLine) -> DraftRead:
    """The line, issued and being replaced."""
    version = complete_draft(session, officer, line)
    session.flush()
    issue_certificate(Transactions(platform_of(session), officer), line_id=line.id, version=version)
    session.expire_all()
    return replace_certificate(session, officer, line_id=line.id, because="mistake", reason=WHY)


class TestReplaceCertificate:
    def test_says_what_is_replaced_and_why(self, replaced: DraftRead) -> None:
        (certificate,) = replaced.certificates
        assert replaced.replaces
        assert replaced.replaces.model_dump() == {"number": certificate.number, "because": "mistake", "reason": WHY}

    def test_nothing_is_replaced_before_it_is_issued(self, session: Session, officer: Actor, line: OrderLine) -> None:
        assert read_draft(session, officer, line_id=line.id).replaces is None

    def test_is_not_refused_while_the_issued_one_stands(
        self, session: Session, officer: Actor, line: OrderLine, replaced: DraftRead
    ) -> None:
        mails = session.execute(text(MAILS)).scalar_one()
        with pytest.raises(CertificateStands, match=replaced.certificates[0].number):
            refuse_line(session, officer, line_id=line.id, reason="It cannot be done.")
        assert (line.state, session.execute(text(MAILS)).scalar_one()) == ("drafted", mails)


class TestKeepIssued:
    def test_leads_back_with_the_answers_of_then_and_no_mail(
        self, session: Session, officer: Actor, line: OrderLine, replaced: DraftRead
    ) -> None:
        mails = session.execute(text(MAILS)).scalar_one()
        issued_at = line.issued_at
        key = next(iter(replaced.known))
        owing = AnswerUpdate(choice="yes", amounts=[AmountRow(description="Rates", amount_cents=10_000)])
        other = DraftUpdate(version=replaced.version, answers={key: owing})
        before = replaced.sections[0].fields[0].statement
        changed = save_draft(session, officer, line_id=line.id, changes=other)
        assert changed.sections[0].fields[0].statement != before
        kept = keep_issued(session, officer, line_id=line.id, reason=NOT_AFTER_ALL)
        assert (kept.line.state, kept.replaces, line.replaced_because, line.issued_at) == (
            "issued",
            None,
            None,
            issued_at,
        )
        assert kept.sections[0].fields[0].statement == before
        assert [(step.kind, step.to_state, step.note) for step in kept.history[-2:]] == [
            ("step", "drafted", WHY),
            ("kept_issued", "issued", NOT_AFTER_ALL),
        ]
        assert session.execute(text(MAILS)).scalar_one() == mails
        told = read_order(session, officer, line.order)
        assert (told.work, told.lines[0].state) == ("complete", "ready")
        assert told.timeline[-1].title == f"{line.product_title} stays as it was issued"
        assert NOT_AFTER_ALL not in str(told.timeline[-1])

    def test_from_a_question_the_clock_is_forgotten(
        self, session: Session, officer: Actor, line: OrderLine, replaced: DraftRead
    ) -> None:
        hold_line(session, officer, line_id=line.id, question="Which lot is it?")
        kept = keep_issued(session, officer, line_id=line.id, reason=NOT_AFTER_ALL)
        assert (kept.line.state, kept.reason, line.held_from_state) == ("issued", None, None)

    def test_it_can_be_replaced_again(
        self, session: Session, officer: Actor, line: OrderLine, replaced: DraftRead
    ) -> None:
        keep_issued(session, officer, line_id=line.id, reason=NOT_AFTER_ALL)
        again = replace_certificate(session, officer, line_id=line.id, because="asked", reason="They want another.")
        session.flush()
        issued = issue_certificate(Transactions(platform_of(session), officer), line_id=line.id, version=again.version)
        newest, first = issued.certificates
        assert (issued.line.state, first.superseded_by, newest.superseded_by) == ("issued", newest.number, None)

    def test_a_refund_in_full_leaves_the_issued_one_too(
        self, session: Session, line: OrderLine, replaced: DraftRead
    ) -> None:
        refunded = PaymentRefunded(
            payable_kind="certificates.order", payable_id=line.order_id, refunded_cents=line.total_cents, in_full=True
        )
        stop_work(session, refunded)
        assert (line.state, line.replaced_because) == ("issued", None)

    def test_only_where_one_is_issued_and_being_replaced(
        self, session: Session, officer: Actor, line: OrderLine
    ) -> None:
        assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        with pytest.raises(NothingReplaced):
            keep_issued(session, officer, line_id=line.id, reason=NOT_AFTER_ALL)
        line.state = "issued"
        with pytest.raises(TransitionRefused):
            keep_issued(session, officer, line_id=line.id, reason=NOT_AFTER_ALL)

    def test_over_http(self, replaced: DraftRead, signed_in_as: Callable[..., TestClient]) -> None:
        path = f"/api/certificates/lines/{replaced.line.id}"
        assert signed_in_as("counter_clerk").post(f"{path}/keep-issued", json={"reason": WHY}).status_code == 403
        officer = signed_in_as("certificate_officer")
        refused = officer.post(f"{path}/refuse", json={"reason": "It cannot be done."})
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:banksia:certificates:certificate-stands")
        assert officer.post(f"{path}/keep-issued", json={"reason": WHY}).json()["line"]["state"] == "issued"

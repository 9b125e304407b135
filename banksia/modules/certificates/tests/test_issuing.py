"""Drafting and issuing: nothing unanswered, nothing unpaid, nothing twice, nothing lost half-way."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from banksia.foundation.storage.public import find_object, open_object
from banksia.kit import kill_points
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.errors import (
    AnswerInvalid,
    DraftIncomplete,
    DraftStale,
    IssueInProgress,
    OrderNotPaid,
    TransitionRefused,
)
from banksia.modules.certificates.models import Certificate, OrderLine
from banksia.modules.certificates.queries.certificates import certificates_of, open_issuance
from banksia.modules.certificates.queries.orders import lines_with_term, order_with_id
from banksia.modules.certificates.schemas.lines import AnswerUpdate, DraftRead, DraftUpdate
from banksia.modules.certificates.service.assigning import assign_line
from banksia.modules.certificates.service.drafting import draft_document, preview, read_draft, save_draft
from banksia.modules.certificates.service.holding import hold_line, refuse_line
from banksia.modules.certificates.service.issuing import finish_issuing, issue_certificate
from banksia.modules.certificates.service.replacing import replace_certificate
from banksia.modules.certificates.service.verification import verify_certificate, verify_file
from banksia.modules.certificates.tests.factories import CLIENT, complete_draft, make_order, pay

NOT_FLOODED = {"flood_controls": AnswerUpdate(choice="no")}


@pytest.fixture
def line(session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]) -> OrderLine:
    """A paid line of a planning certificate."""
    order = make_order(session, guest, "10.7-2")
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    return session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines[0]


def transactions(session: Session, actor: Actor) -> Transactions:
    session.flush()
    return Transactions(platform_of(session), actor)


def issue(session: Session, officer: Actor, line: OrderLine, version: int = 1) -> DraftRead:
    read = issue_certificate(transactions(session, officer), line_id=line.id, version=version)
    session.expire_all()
    return read


def certificate_of(session: Session, line: OrderLine) -> Certificate:
    return session.scalars(certificates_of(line.organisation_id).where(Certificate.line_id == line.id)).one()


def mails(session: Session) -> list[Any]:
    return list(
        session.execute(
            text("SELECT to_address, subject, text FROM notifications.messages WHERE template LIKE 'certificates/%'")
        )
    )


class TestSaveDraft:
    def test_keeps_what_changed_and_says_who(self, session: Session, officer: Actor, line: OrderLine) -> None:
        assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        before = read_draft(session, officer, line_id=line.id)
        after = save_draft(session, officer, line_id=line.id, changes=DraftUpdate(version=0, answers=NOT_FLOODED))
        assert (after.version, after.line.state, after.saved_by_name) == (1, "drafted", officer.name)
        assert after.open_count == before.open_count - 1
        field = next(each for section in after.sections for each in section.fields if each.key == "flood_controls")
        assert (field.origin, field.changed_from, field.changed_by_name) == ("officer", "Unknown", officer.name)

    def test_an_empty_answer_takes_it_away(self, session: Session, officer: Actor, line: OrderLine) -> None:
        assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        before = read_draft(session, officer, line_id=line.id).open_count
        save_draft(session, officer, line_id=line.id, changes=DraftUpdate(version=0, answers=NOT_FLOODED))
        nothing = DraftUpdate(version=1, answers={"flood_controls": AnswerUpdate()})
        assert save_draft(session, officer, line_id=line.id, changes=nothing).open_count == before

    def test_a_stale_one_says_who_was_faster(
        self, session: Session, officer: Actor, actor_with: Callable[..., Actor], line: OrderLine
    ) -> None:
        other = actor_with("certificate_officer")
        assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        save_draft(session, other, line_id=line.id, changes=DraftUpdate(version=0, answers=NOT_FLOODED))
        with pytest.raises(DraftStale, match=other.name) as stale:
            save_draft(session, officer, line_id=line.id, changes=DraftUpdate(version=0, answers=NOT_FLOODED))
        assert stale.value.extra == {"version": 1, "changed_by": other.name}

    def test_answers_must_fit(self, session: Session, officer: Actor, line: OrderLine) -> None:
        assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        answers = {"flood_controls": AnswerUpdate(text="wet"), "no_such": AnswerUpdate(choice="no")}
        with pytest.raises(AnswerInvalid) as refused:
            save_draft(session, officer, line_id=line.id, changes=DraftUpdate(version=0, answers=answers))
        assert {error["field"] for error in refused.value.extra["errors"]} == {
            "answers.flood_controls",
            "answers.no_such",
        }

    def test_a_line_that_nobody_has_taken_is_not_drafted(
        self, session: Session, officer: Actor, line: OrderLine
    ) -> None:
        with pytest.raises(TransitionRefused, match="waiting in the queue"):
            save_draft(session, officer, line_id=line.id, changes=DraftUpdate(version=0, answers=NOT_FLOODED))


class TestPreview:
    def test_marks_what_is_open_and_carries_no_number(self, session: Session, officer: Actor, line: OrderLine) -> None:
        document = draft_document(session, officer, line_id=line.id)
        assert document.unanswered
        assert document.authenticity is None
        assert preview(document).startswith(b"%PDF-1.7")


class TestIssueCertificate:
    def test_makes_one_numbered_certificate_with_its_bytes(
        self, session: Session, officer: Actor, line: OrderLine, run_outbox: Callable[[], int]
    ) -> None:
        version = complete_draft(session, officer, line)
        likely = read_draft(session, officer, line_id=line.id).when_you_issue.number_preview
        read = issue(session, officer, line, version)
        certificate = certificate_of(session, line)
        assert (read.line.state, read.line.certificate_number) == ("issued", likely)
        assert certificate.number == likely
        assert likely.startswith("10.7/20")
        assert session.scalars(lines_with_term(line.organisation_id, likely)).all() == [line.id]
        stored = find_object(session, certificate.object_id)
        assert stored is not None
        content = b"".join(open_object(platform_of(session), stored))
        assert hashlib.sha256(content).hexdigest() == certificate.sha256
        assert len(content) == certificate.size_bytes
        assert certificate.document["facts"][1] == {
            "label": "Land", "value": "Lot 2 Section 2 DP 2288", "strong": True,
        }  # fmt: skip
        assert run_outbox() > 0

    def test_tells_the_customer_once_with_a_key_and_without_a_word_on_answers(
        self, session: Session, officer: Actor, line: OrderLine
    ) -> None:
        issue(session, officer, line, complete_draft(session, officer, line))
        (mail,) = mails(session)
        assert mail.to_address == "r.kaur@dalekaur.example"
        assert mail.subject == "Planning certificate 10.7(2) for 54 WILLIWA STREET PORTLAND NSW 2847 is ready"
        assert f"/certificates/customer/orders/{line.order_id}#token=" in mail.text

    def test_speaks_to_other_modules_once(self, session: Session, officer: Actor, line: OrderLine) -> None:
        issue(session, officer, line, complete_draft(session, officer, line))
        events = list(
            session.execute(
                text("SELECT payload FROM events.outbox WHERE name = 'certificates.certificate_issued'")
            ).scalars()
        )
        certificate = certificate_of(session, line)
        assert [(event["certificate_id"], event["sha256"]) for event in events] == [
            (str(certificate.id), certificate.sha256)
        ]

    def test_refuses_open_questions_by_name(self, session: Session, officer: Actor, line: OrderLine) -> None:
        assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        with pytest.raises(DraftIncomplete, match="Flood related controls") as refused:
            issue(session, officer, line, 0)
        assert "flood_controls" in refused.value.extra["unanswered"]

    def test_refuses_an_unpaid_order(self, session: Session, officer: Actor, line: OrderLine) -> None:
        version = complete_draft(session, officer, line)
        session.execute(text("UPDATE payments.payables SET state = 'needs_review'"))
        with pytest.raises(OrderNotPaid):
            issue(session, officer, line, version)

    def test_refuses_a_draft_that_changed_meanwhile(self, session: Session, officer: Actor, line: OrderLine) -> None:
        version = complete_draft(session, officer, line)
        save_draft(session, officer, line_id=line.id, changes=DraftUpdate(version=version, answers=NOT_FLOODED))
        with pytest.raises(DraftStale):
            issue(session, officer, line, version)

    def test_a_second_press_issues_nothing(self, session: Session, officer: Actor, line: OrderLine) -> None:
        version = complete_draft(session, officer, line)
        issue(session, officer, line, version)
        with pytest.raises(TransitionRefused, match="that is issued"):
            issue(session, officer, line, version)
        certificate_of(session, line)
        assert len(mails(session)) == 1

    def test_cannot_be_changed_by_the_application(self, session: Session, officer: Actor, line: OrderLine) -> None:
        issue(session, officer, line, complete_draft(session, officer, line))
        for statement in ("UPDATE certificates.certificates SET number = 'x'", "DELETE FROM certificates.certificates"):
            with pytest.raises(DBAPIError, match="permission denied"), session.begin_nested():
                session.execute(text(statement))


class _Died(BaseException):
    """Stands for kill -9: no handler of the application may catch it."""


class TestDyingHalfWay:
    @pytest.mark.parametrize("point", ["certificates.certificate_stored", "certificates.certificate_issued"])
    def test_the_task_finishes_what_a_dead_process_began(
        self,
        session: Session,
        officer: Actor,
        line: OrderLine,
        monkeypatch: pytest.MonkeyPatch,
        point: str,
    ) -> None:
        def die(reached: str) -> None:
            if reached == point:
                raise _Died

        version = complete_draft(session, officer, line)
        monkeypatch.setattr(kill_points, "_on_reach", die)
        with pytest.raises(_Died):
            issue(session, officer, line, version)
        monkeypatch.undo()
        session.expire_all()
        issuance_id = session.execute(text("SELECT id FROM certificates.issuances")).scalar_one()
        for _ in range(2):
            finish_issuing(transactions(session, Actor.system(officer.organisation_id)), issuance_id=issuance_id)
        session.expire_all()
        certificate = certificate_of(session, line)
        assert certificate.issued_by_name == officer.name
        assert len(mails(session)) == 1

    def test_until_then_nothing_else_happens_to_the_line(
        self, session: Session, officer: Actor, line: OrderLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def die(reached: str) -> None:
            raise _Died

        version = complete_draft(session, officer, line)
        monkeypatch.setattr(kill_points, "_on_reach", die)
        with pytest.raises(_Died):
            issue(session, officer, line, version)
        monkeypatch.undo()
        session.expire_all()
        number = session.scalars(open_issuance(line.organisation_id, line.id)).one().number
        with pytest.raises(IssueInProgress, match=number):
            issue(session, officer, line, version)
        with pytest.raises(IssueInProgress):
            hold_line(session, officer, line_id=line.id, question="Which shed?")
        with pytest.raises(IssueInProgress):
            refuse_line(session, officer, line_id=line.id, reason="No such land.")
        assert read_draft(session, officer, line_id=line.id).issuing_number == number

    def test_a_task_waits_from_the_decision_on(self, session: Session, officer: Actor, line: OrderLine) -> None:
        issue(session, officer, line, complete_draft(session, officer, line))
        name = "certificates.finish_issuing"
        waiting = session.execute(text("SELECT count(*) FROM events.outbox WHERE name = :name"), {"name": name})
        assert waiting.scalar_one() == 1


class TestReplaceAndVerify:
    def test_a_new_one_supersedes_and_the_public_page_says_so(
        self, session: Session, officer: Actor, line: OrderLine
    ) -> None:
        version = complete_draft(session, officer, line)
        issue(session, officer, line, version)
        first = certificate_of(session, line)
        assert verify(session, first.number, first.code).result == "genuine"
        reason = "The flood study changed."
        reopened = replace_certificate(session, officer, line_id=line.id, because="facts_changed", reason=reason)
        assert (reopened.line.state, reopened.can_issue) == ("drafted", True)
        issue(session, officer, line, version)
        second = session.scalars(certificates_of(line.organisation_id).order_by(Certificate.id.desc())).first()
        assert second is not None
        assert (second.supersedes_id, second.document["supersedes"]) == (first.id, first.number)
        old = verify(session, first.number, first.code)
        assert old.certificate is not None
        assert (old.result, old.certificate.superseded_by) == ("superseded", second.number)
        assert old.certificate.superseded_because == "facts_changed"
        assert reason not in old.model_dump_json()
        assert verify_file(session, sha256=first.sha256, client=CLIENT) == old
        assert verify(session, second.number, second.code).result == "genuine"
        assert f"It replaces {first.number}." in mails(session)[-1].text

    @pytest.mark.parametrize("typed", ["{code}", "{lower}", "{grouped}", " {grouped} "])
    def test_reads_the_code_however_it_is_typed(
        self, session: Session, officer: Actor, line: OrderLine, typed: str
    ) -> None:
        issue(session, officer, line, complete_draft(session, officer, line))
        certificate = certificate_of(session, line)
        code = certificate.code
        grouped = "-".join(code[start : start + 4] for start in range(0, 16, 4))
        found = verify(
            session, certificate.number.lower(), typed.format(code=code, lower=code.lower(), grouped=grouped)
        )
        assert found.certificate is not None
        assert (found.result, found.certificate.sha256) == ("genuine", certificate.sha256)

    def test_a_wrong_code_and_another_councils_certificate_are_not_found(
        self, session: Session, other_session: Session, officer: Actor, line: OrderLine
    ) -> None:
        issue(session, officer, line, complete_draft(session, officer, line))
        certificate = certificate_of(session, line)
        assert verify(session, certificate.number, "A" * 16).result == "not_found"
        assert verify(session, "603/2026/0001", certificate.code).result == "not_found"
        assert verify(other_session, certificate.number, certificate.code).result == "not_found"


def verify(session: Session, number: str, code: str) -> Any:
    session.flush()
    return verify_certificate(session, number=number, code=code, client=CLIENT)

"""The second officer: whoever did not prepare a certificate looks first, and only what they saw is issued."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import update_module_settings
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.errors import (
    CheckedChanged,
    CheckMissing,
    DraftIncomplete,
    OwnWork,
    TransitionRefused,
)
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.lines import AnswerUpdate, DraftUpdate, QueueFilter
from banksia.modules.certificates.service.assigning import assign_line
from banksia.modules.certificates.service.checking import check_line, send_back, send_to_check
from banksia.modules.certificates.service.drafting import read_draft, save_draft
from banksia.modules.certificates.service.holding import hold_line, resume_line
from banksia.modules.certificates.service.issuing import issue_certificate
from banksia.modules.certificates.service.queue import count_lines, list_lines
from banksia.modules.certificates.tests.factories import answers_for, complete_draft, make_order, pay

FLOODED = {"flood_controls": AnswerUpdate(choice="yes")}


@pytest.fixture
def line(session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]) -> OrderLine:
    """A paid line of a certificate that asks for a second officer."""
    session.execute(text("UPDATE certificates.products SET needs_check = true WHERE code = '10.7-2'"))
    order = make_order(session, guest, "10.7-2")
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    return session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines[0]


@pytest.fixture
def second(actor_with: Callable[..., Actor]) -> Actor:
    """An officer who did not prepare it."""
    return actor_with("certificate_officer")


@pytest.fixture
def waiting(session: Session, officer: Actor, line: OrderLine) -> OrderLine:
    """The line, drafted and handed over by the officer."""
    version = complete_draft(session, officer, line)
    send_to_check(session, officer, line_id=line.id, version=version)
    return line


def issue(session: Session, officer: Actor, line: OrderLine, version: int = 1) -> Any:
    session.flush()
    issued = issue_certificate(Transactions(platform_of(session), officer), line_id=line.id, version=version)
    session.expire_all()
    return issued


class TestNeedsCheck:
    def test_is_not_issued_before_and_can_be_after(
        self, session: Session, officer: Actor, second: Actor, line: OrderLine
    ) -> None:
        version = complete_draft(session, officer, line)
        assert not read_draft(session, officer, line_id=line.id).can_issue
        with pytest.raises(CheckMissing):
            issue(session, officer, line)
        send_to_check(session, officer, line_id=line.id, version=version)
        with pytest.raises(TransitionRefused, match="waiting to be checked"):
            issue(session, officer, line)
        checked = check_line(session, second, line_id=line.id)
        assert (checked.line.state, checked.checked_by_name, checked.can_issue) == ("checked", second.name, True)
        issued = issue(session, officer, line)
        assert issued.line.state == "issued"
        assert [step.to_state for step in issued.history[-3:]] == ["to_check", "checked", "issued"]

    def test_as_it_was_sold(self, session: Session, officer: Actor, line: OrderLine) -> None:
        session.execute(text("UPDATE certificates.products SET needs_check = false"))
        complete_draft(session, officer, line)
        with pytest.raises(CheckMissing):
            issue(session, officer, line)

    def test_any_other_can_be_looked_at_too(
        self, session: Session, officer: Actor, second: Actor, waiting: OrderLine
    ) -> None:
        waiting.product_snapshot = {**waiting.product_snapshot, "needs_check": False}
        assert check_line(session, second, line_id=waiting.id).line.state == "checked"

    def test_only_what_is_complete_is_handed_over(self, session: Session, officer: Actor, line: OrderLine) -> None:
        assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        with pytest.raises(DraftIncomplete):
            send_to_check(session, officer, line_id=line.id, version=0)


class TestSecondLook:
    def test_is_nobodys_who_prepared_it(
        self, session: Session, officer: Actor, second: Actor, actor_with: Callable[..., Actor], line: OrderLine
    ) -> None:
        complete_draft(session, officer, line)
        version = save_draft(session, second, line_id=line.id, changes=DraftUpdate(version=1, answers={})).version
        send_to_check(session, officer, line_id=line.id, version=version)
        for preparer in (officer, second):
            with pytest.raises(OwnWork), session.begin_nested():
                check_line(session, preparer, line_id=line.id)
            session.expire_all()
        assert check_line(session, actor_with("certificate_officer"), line_id=line.id).line.state == "checked"

    def test_what_waits_for_it_is_not_changed(self, session: Session, officer: Actor, waiting: OrderLine) -> None:
        with pytest.raises(TransitionRefused):
            save_draft(session, officer, line_id=waiting.id, changes=DraftUpdate(version=1, answers=FLOODED))

    def test_it_comes_back_with_a_reason_and_is_checked_anew(
        self, session: Session, officer: Actor, second: Actor, waiting: OrderLine
    ) -> None:
        check_line(session, second, line_id=waiting.id)
        back = send_back(session, second, line_id=waiting.id, reason="The flood study says otherwise.")
        assert (back.line.state, back.reason, back.checked_by_name) == (
            "drafted",
            "The flood study says otherwise.",
            None,
        )
        with pytest.raises(CheckMissing):
            issue(session, officer, waiting)
        again = send_to_check(session, officer, line_id=waiting.id, version=1)
        assert (again.line.state, again.reason) == ("to_check", None)

    def test_what_council_learns_after_it_is_not_issued_unseen(
        self, session: Session, officer: Actor, second: Actor, administrator: Actor, line: OrderLine
    ) -> None:
        def standard(answer: str) -> None:
            values = {"standard_answers": {"flood_controls": answer}}
            update_module_settings(session, administrator, name="certificates", values=values)
            session.flush()

        standard("no")
        answers = {key: given for key, given in answers_for(line).items() if key != "flood_controls"}
        assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        save_draft(session, officer, line_id=line.id, changes=DraftUpdate(version=0, answers=answers))
        send_to_check(session, officer, line_id=line.id, version=1)
        check_line(session, second, line_id=line.id)
        standard("yes")
        with pytest.raises(CheckedChanged, match=second.name):
            issue(session, officer, line)
        standard("no")
        assert issue(session, officer, line).line.state == "issued"

    def test_a_question_to_the_customer_keeps_it(
        self, session: Session, officer: Actor, second: Actor, waiting: OrderLine
    ) -> None:
        check_line(session, second, line_id=waiting.id)
        hold_line(session, officer, line_id=waiting.id, question="Has the shed been removed?")
        resumed = resume_line(session, officer, line_id=waiting.id)
        assert (resumed.line.state, resumed.checked_by_name) == ("checked", second.name)
        assert issue(session, officer, waiting).line.state == "issued"


class TestQueue:
    def test_what_waits_is_nobodys_work_but_the_second_officers(
        self, session: Session, officer: Actor, second: Actor, waiting: OrderLine
    ) -> None:
        def seen(actor: Actor, view: Any) -> list[Any]:
            return [line.id for line in list_lines(session, actor, wanted=QueueFilter(view=view)).results]

        assert (seen(officer, "mine"), seen(second, "to_check")) == ([], [waiting.id])
        assert (count_lines(session, officer).mine, count_lines(session, second).to_check) == (0, 1)
        check_line(session, second, line_id=waiting.id)
        assert (seen(officer, "mine"), seen(second, "to_check")) == ([waiting.id], [])


def test_the_whole_way_over_http(
    session: Session, officer: Actor, waiting: OrderLine, signed_in_as: Callable[..., TestClient]
) -> None:
    session.commit()
    path = f"/api/certificates/lines/{waiting.id}"
    clerk, second = signed_in_as("counter_clerk"), signed_in_as("certificate_officer")
    assert clerk.post(f"{path}/check", json={"known": {}}).status_code == 403
    assert second.post(f"{path}/send-back", json={"reason": " "}).status_code == 422
    assert second.post(f"{path}/send-back", json={"reason": "The zone is wrong."}).json()["line"]["state"] == "drafted"
    assert second.post(f"{path}/send-to-check", json={"version": 1}).status_code == 422
    known = second.get(path).json()["known"]
    sent = second.post(f"{path}/send-to-check", json={"version": 1, "known": known})
    assert (sent.status_code, sent.json()["line"]["state"]) == (200, "to_check")
    refused = second.post(f"{path}/check", json={"known": known})
    assert (refused.status_code, refused.json()["title"]) == (409, "Somebody else has to check this certificate")

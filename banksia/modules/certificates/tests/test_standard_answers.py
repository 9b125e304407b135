"""Answers for all land of the council: what is asked, what they do to drafts, and who changed them."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import module_settings, update_module_settings
from banksia.kit.actor import Actor
from banksia.kit.errors import Problem
from banksia.modules.certificates.errors.standard_answers import (
    StandardAnswerInvalid,
    StandardAnswerNotFound,
    StandardAnswerStale,
)
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.standard_answers import StandardAnswerRead, StandardAnswerUpdate
from banksia.modules.certificates.service.drafting import read_draft
from banksia.modules.certificates.service.standard_answers import change_standard_answer, list_standard_answers
from banksia.modules.certificates.settings import CertificatesSettings
from banksia.modules.certificates.tests.factories import make_order, pay


def change(session: Session, actor: Actor, key: str, answer: str | None, seen: str | None = None) -> StandardAnswerRead:
    return change_standard_answer(session, actor, key=key, changes=StandardAnswerUpdate(answer=answer, seen=seen))


def of(session: Session, actor: Actor, key: str) -> StandardAnswerRead:
    return next(each for each in list_standard_answers(session, actor).answers if each.key == key)


def test_each_question_is_there_once_with_the_certificates_that_ask_it(session: Session, administrator: Actor) -> None:
    answers = list_standard_answers(session, administrator).answers
    assert len({each.key for each in answers}) == len(answers)
    plan = of(session, administrator, "lep")
    assert (plan.kind, plan.answer, plan.choices, plan.changed_at) == ("text", None, [], None)
    assert plan.products == ["Planning 10.7(2)", "Planning 10.7(2) and (5)"]
    widening = of(session, administrator, "road_widening")
    assert [each.value for each in widening.choices] == ["yes", "no", "not_known"]
    assert all(each.words for each in widening.choices)
    rows = next(each for each in answers if each.kind == "amounts")
    assert [each.value for each in rows.choices] == ["no"], "rows are of one lot, and are written by its officer"


def test_an_answer_stands_in_drafts_and_says_who_gave_it(
    session: Session,
    guest: Actor,
    officer: Actor,
    administrator: Actor,
    actor_with: Callable[..., Actor],
    run_outbox: Callable[[], int],
) -> None:
    order = make_order(session, guest, "10.7-2")
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    line = session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines[0]
    changed = change(session, administrator, "lep", "Blue Hills LEP 2027")
    assert (changed.answer, changed.changed_by_name) == ("Blue Hills LEP 2027", administrator.name)
    assert changed.changed_at is not None
    assert of(session, administrator, "lep") == changed
    fields = {
        field.key: field for part in read_draft(session, officer, line_id=line.id).sections for field in part.fields
    }
    assert (fields["lep"].statement, fields["lep"].is_unknown) == ("Blue Hills LEP 2027", False)
    gone = change(session, administrator, "lep", "", seen="Blue Hills LEP 2027")
    assert (gone.answer, gone.changed_at) == (None, None)
    assert module_settings(session, CertificatesSettings).standard_answers_changed == {}


@pytest.mark.parametrize(
    ("key", "answer", "seen", "refused"),
    [
        ("road_widening", "perhaps", None, StandardAnswerInvalid),
        ("nobody_asks", "no", None, StandardAnswerNotFound),
        ("lep", "Mine", "What it was before", StandardAnswerStale),
    ],
)
def test_what_does_not_fit_changes_nothing(
    session: Session, administrator: Actor, key: str, answer: str, seen: str | None, refused: type[Problem]
) -> None:
    with pytest.raises(refused):
        change(session, administrator, key, answer, seen)
    assert module_settings(session, CertificatesSettings).standard_answers == {}


def test_an_answer_that_nobody_asks_for_is_shown_and_can_only_go(session: Session, administrator: Actor) -> None:
    values = {"standard_answers": {"an_old_question": "no"}}
    update_module_settings(session, administrator, name="certificates", values=values)
    old = of(session, administrator, "an_old_question")
    assert (old.products, old.answer) == ([], "no")
    with pytest.raises(StandardAnswerInvalid):
        change(session, administrator, "an_old_question", "yes", seen="no")
    change(session, administrator, "an_old_question", None, seen="no")
    assert "an_old_question" not in module_settings(session, CertificatesSettings).standard_answers


def test_is_for_administrators(session: Session, signed_in_as: Callable[..., TestClient]) -> None:
    session.commit()
    path = "/api/certificates/standard-answers"
    assert signed_in_as("certificate_officer").get(path).status_code == 403
    administrator = signed_in_as("administrator")
    body = {"answer": "no", "seen": None}
    assert administrator.put(f"{path}/road_widening", json=body).json()["answer"] == "no"
    assert administrator.put(f"{path}/road_widening", json=body).status_code == 409

"""What council learns between draft and issue is shown to the officer, and nothing is issued that says it unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.errors.acting import KnownChanged
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.batches import BatchCreate
from banksia.modules.certificates.schemas.lines import DraftRead, DraftUpdate
from banksia.modules.certificates.service.assigning import assign_line
from banksia.modules.certificates.service.batches import preview_batch, read_batch, start_batch
from banksia.modules.certificates.service.checking import check_line, send_to_check
from banksia.modules.certificates.service.drafting import read_draft, save_draft
from banksia.modules.certificates.service.issuing import issue_certificate
from banksia.modules.certificates.tests.factories import answers_for, make_order, pay

Record = Callable[..., None]
LEARNT = "Zone: RU5 Village → R1 General Residential"


@pytest.fixture
def line(session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]) -> OrderLine:
    """A paid line of a planning certificate."""
    order = make_order(session, guest, "10.7-2")
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    return session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines[0]


@pytest.fixture
def record(session: Session, signed_in_as: Callable[..., TestClient], line: OrderLine) -> Record:
    """Record an attribute of the line's lot: `record("zone", "RU5 Village")`."""
    officer = signed_in_as("certificate_officer")

    def put(code: str, value: str, **more: Any) -> None:
        session.flush()
        body = {"value": value, "source": "Zoning layer", "as_at_on": "2026-11-01", **more}
        answer = officer.put(f"/api/property/properties/{line.property_id}/attributes/{code}", json=body)
        assert answer.status_code == 200, answer.text
        session.expire_all()

    return put


@pytest.fixture
def drafted(session: Session, officer: Actor, line: OrderLine, record: Record) -> DraftRead:
    """The line with every question answered, its zone by what council knows."""
    record("zone", "RU5 Village")
    assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
    answers = {key: given for key, given in answers_for(line).items() if key != "zone"}
    seen = read_draft(session, officer, line_id=line.id)
    return save_draft(
        session, officer, line_id=line.id, changes=DraftUpdate(version=0, answers=answers, known=seen.known)
    )


def issue(session: Session, officer: Actor, seen: DraftRead) -> DraftRead:
    session.flush()
    try:
        return issue_certificate(
            Transactions(platform_of(session), officer), line_id=seen.line.id, version=seen.version, known=seen.known
        )
    finally:
        session.expire_all()


def notes(draft: DraftRead) -> list[tuple[str, str | None]]:
    return [(step.kind, step.note) for step in draft.history if step.kind == "changed"]


class TestIssueCertificate:
    def test_not_what_changed_unseen_and_then_what_was_looked_at(
        self, session: Session, officer: Actor, line: OrderLine, drafted: DraftRead, record: Record
    ) -> None:
        assert (drafted.open_count, drafted.changes) == (0, [])
        record("zone", "R1 General Residential")
        for _ in range(2):
            with pytest.raises(KnownChanged, match=LEARNT) as told:
                issue(session, officer, drafted)
        (change,) = told.value.extra["changes"]
        assert change == {
            "key": "zone", "label": "Zone", "before": "RU5 Village", "now": "R1 General Residential",
        }  # fmt: skip
        seen = read_draft(session, officer, line_id=line.id)
        assert ([each.model_dump() for each in seen.changes], seen.can_issue) == ([change], True)
        issued = issue(session, officer, seen)
        assert (issued.line.state, issued.changes) == ("issued", [])
        assert notes(issued) == [("changed", LEARNT)]

    def test_a_change_that_was_seen_when_the_page_was_opened_again_is_noted(
        self, session: Session, officer: Actor, line: OrderLine, drafted: DraftRead, record: Record
    ) -> None:
        record("zone", "R1 General Residential")
        seen = read_draft(session, officer, line_id=line.id)
        assert [(each.label, each.before, each.now) for each in seen.changes] == [
            ("Zone", "RU5 Village", "R1 General Residential")
        ]
        assert notes(issue(session, officer, seen)) == [("changed", LEARNT)]

    def test_the_same_told_anew_is_no_change(
        self, session: Session, officer: Actor, drafted: DraftRead, record: Record
    ) -> None:
        record("zone", "RU5 Village", as_at_on="2026-11-20", source="Another layer")
        assert notes(issue(session, officer, drafted)) == []

    def test_what_an_officer_answered_is_compared_with_what_was_known_under_it(
        self, session: Session, officer: Actor, line: OrderLine, drafted: DraftRead, record: Record
    ) -> None:
        record("bush_fire_prone", "yes")
        with pytest.raises(KnownChanged, match="→ Yes"):
            issue(session, officer, drafted)

    def test_a_page_of_before_does_not_hide_a_change_by_saving(
        self, session: Session, officer: Actor, line: OrderLine, drafted: DraftRead, record: Record
    ) -> None:
        record("zone", "R1 General Residential")
        flood = {"flood_controls": answers_for(line)["flood_controls"]}
        changes = DraftUpdate(version=drafted.version, answers=flood, known=drafted.known)
        saved = save_draft(session, officer, line_id=line.id, changes=changes)
        assert [each.key for each in saved.changes] == ["zone"]
        zone = DraftUpdate(version=saved.version, answers={"zone": answers_for(line)["zone"]}, known=saved.known)
        assert save_draft(session, officer, line_id=line.id, changes=zone).changes == []

    def test_over_http_the_request_says_what_was_seen(
        self, officer: Actor, drafted: DraftRead, record: Record, signed_in_as: Callable[..., TestClient]
    ) -> None:
        record("zone", "R1 General Residential")
        client, path = signed_in_as("certificate_officer"), f"/api/certificates/lines/{drafted.line.id}/issue"
        assert client.post(path, json={"version": drafted.version}).status_code == 422
        refused = client.post(path, json={"version": drafted.version, "known": drafted.known})
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:banksia:certificates:known-changed")
        assert [each["label"] for each in refused.json()["changes"]] == ["Zone"]
        odd = client.post(path, json={"version": drafted.version, "known": {"zone": "\0"}})
        assert odd.status_code == 422


class TestSendToCheck:
    def test_hands_over_and_notes_only_what_was_seen(
        self, session: Session, officer: Actor, actor_with: Callable[..., Actor], drafted: DraftRead, record: Record
    ) -> None:
        second, line_id = actor_with("certificate_officer"), drafted.line.id
        record("zone", "R1 General Residential")
        with pytest.raises(KnownChanged):
            send_to_check(session, officer, line_id=line_id, version=drafted.version, known=drafted.known)
        seen = read_draft(session, officer, line_id=line_id)
        sent = send_to_check(session, officer, line_id=line_id, version=seen.version, known=seen.known)
        assert (sent.line.state, len(sent.changes)) == ("to_check", 1)
        record("zone", "E1 Local Centre")
        with pytest.raises(KnownChanged):
            check_line(session, second, line_id=line_id, known=sent.known)
        again = read_draft(session, second, line_id=line_id)
        assert check_line(session, second, line_id=line_id, known=again.known).line.state == "checked"


class TestIssueBatch:
    def test_leaves_what_changed_to_a_look(
        self, session: Session, officer: Actor, drafted: DraftRead, record: Record, run_outbox: Callable[[], int]
    ) -> None:
        (ready,) = preview_batch(session, officer, line_ids=[drafted.line.id]).lines
        assert ready.reason is None
        chosen = ready.model_dump(include={"line_id", "version", "template_number", "known_sha256"})
        batch = start_batch(
            session,
            officer,
            wanted=BatchCreate.model_validate({"key": "0198c0de-0000-7000-8000-000000000001", "lines": [chosen]}),
        )
        record("zone", "R1 General Residential")
        run_outbox()
        session.expire_all()
        (left,) = read_batch(session, officer, batch_id=batch.id).lines
        assert (left.state, left.number) == ("refused", None)
        assert LEARNT in (left.reason or "")
        (shown,) = preview_batch(session, officer, line_ids=[drafted.line.id]).lines
        assert shown.reason == left.reason

"""Issuing several certificates together: shown first, named when refused, and gone on with after a crash."""

import uuid
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit import kill_points
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.errors.straight_through import BatchNotFound
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.queries.certificates import certificates_of
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.batches import BatchCreate, BatchRead
from banksia.modules.certificates.service.batches import issue_batch, preview_batch, read_batch, start_batch
from banksia.modules.certificates.service.checking import check_line, send_to_check
from banksia.modules.certificates.tests.factories import complete_draft, make_order, pay

BATCHES = "/api/certificates/issue-batches"
Versions = dict[uuid.UUID, int]


@pytest.fixture
def lines(
    session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]
) -> list[OrderLine]:
    """Paid lines of one order: rates, notices, orders, drainage."""
    order = make_order(session, guest, "603", "735A", "orders", "drainage")
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    return session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines


def wanted(session: Session, officer: Actor, versions: Versions, key: uuid.UUID | None = None) -> BatchCreate:
    known = {each.line_id: each.known_sha256 for each in preview_batch(session, officer, line_ids=list(versions)).lines}
    seen = [
        {"line_id": line_id, "version": version, "template_number": 0, "known_sha256": known.get(line_id, "0" * 64)}
        for line_id, version in versions.items()
    ]
    return BatchCreate.model_validate({"key": key or uuid.uuid4(), "lines": seen})


def told(read: BatchRead) -> list[tuple[str, bool, str | None]]:
    return [(line.state, line.number is not None, line.reason) for line in read.lines]


class TestPreviewBatch:
    def test_says_of_each_whether_it_is_issued_and_why_not(
        self, session: Session, officer: Actor, actor_with: Callable[..., Actor], lines: list[OrderLine]
    ) -> None:
        ready, _, to_check, checked = lines
        for line in (ready, to_check, checked):
            complete_draft(session, officer, line)
        for line in (to_check, checked):
            line.product_snapshot = {**line.product_snapshot, "needs_check": True}
        send_to_check(session, officer, line_id=checked.id, version=1)
        check_line(session, actor_with("certificate_officer"), line_id=checked.id)
        ids = [line.id for line in lines]
        found = preview_batch(session, officer, line_ids=[*ids, uuid.uuid4()]).lines
        assert [line.line_id for line in found] == ids
        reasons = [line.reason or "" for line in found]
        assert (reasons[0], reasons[3]) == ("", "")
        assert "waiting in the queue" in reasons[1]
        assert "Send it to be checked" in reasons[2]


class TestIssueBatch:
    def test_issues_one_after_another_and_names_what_was_refused(
        self, session: Session, officer: Actor, lines: list[OrderLine], run_outbox: Callable[[], int]
    ) -> None:
        versions = {line.id: complete_draft(session, officer, line) for line in lines[:2]}
        versions |= {lines[2].id: 0, lines[3].id: complete_draft(session, officer, lines[3]) - 1}
        batch = start_batch(session, officer, wanted=wanted(session, officer, versions))
        assert (batch.waiting_count, batch.finished_at) == (4, None)
        session.flush()
        run_outbox()
        session.expire_all()
        read = read_batch(session, officer, batch_id=batch.id)
        assert (read.issued_count, read.refused_count, read.waiting_count) == (2, 2, 0)
        assert read.finished_at is not None
        issued, again, queued, stale = told(read)
        assert issued == again == ("issued", True, None)
        assert "waiting in the queue" in (queued[2] or "")
        assert officer.name in (stale[2] or "")
        assert {each.issued_by_name for each in session.scalars(certificates_of(officer.organisation_id))} == {
            officer.name
        }

    def test_a_worker_that_takes_over_goes_on_where_it_stood(
        self, session: Session, officer: Actor, lines: list[OrderLine], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Died(BaseException):
            """Stands for kill -9."""

        def die(reached: str) -> None:
            if reached == "certificates.certificate_stored":
                raise Died

        versions = {line.id: complete_draft(session, officer, line) for line in lines[:2]}
        batch = start_batch(session, officer, wanted=wanted(session, officer, versions))
        session.flush()
        worker = Transactions(platform_of(session), Actor.system(officer.organisation_id))
        monkeypatch.setattr(kill_points, "_on_reach", die)
        with pytest.raises(Died):
            issue_batch(worker, batch_id=batch.id)
        monkeypatch.undo()
        for _ in range(2):
            session.expire_all()
            issue_batch(worker, batch_id=batch.id)
        session.expire_all()
        assert read_batch(session, officer, batch_id=batch.id).issued_count == 2
        assert len(session.scalars(certificates_of(officer.organisation_id)).all()) == 2

    def test_who_may_no_longer_issue_issues_nothing(
        self, session: Session, officer: Actor, lines: list[OrderLine], run_outbox: Callable[[], int]
    ) -> None:
        versions = {lines[0].id: complete_draft(session, officer, lines[0])}
        batch = start_batch(session, officer, wanted=wanted(session, officer, versions))
        session.execute(text("UPDATE auth.users SET active = false WHERE id = :id"), {"id": officer.user_id})
        session.flush()
        run_outbox()
        session.expire_all()
        read = read_batch(session, officer, batch_id=batch.id)
        assert told(read) == [("refused", False, "Your account may no longer issue certificates.")]

    def test_is_the_councils_own(
        self,
        session: Session,
        other_session: Session,
        officer: Actor,
        lines: list[OrderLine],
        actor_in: Callable[..., Actor],
    ) -> None:
        batch = start_batch(session, officer, wanted=wanted(session, officer, {lines[0].id: 0}))
        stranger = actor_in(other_session, other_session.info["organisation_id"], ("certificate_officer",))
        with pytest.raises(BatchNotFound):
            read_batch(other_session, stranger, batch_id=batch.id)
        assert start_batch(other_session, stranger, wanted=wanted(session, officer, {lines[0].id: 0})).lines == []


class TestRoutes:
    def test_a_key_sent_twice_is_one_batch(
        self, session: Session, officer: Actor, lines: list[OrderLine], signed_in_as: Callable[..., TestClient]
    ) -> None:
        versions = {lines[0].id: complete_draft(session, officer, lines[0])}
        session.flush()
        client = signed_in_as("certificate_officer")
        shown = client.post(f"{BATCHES}/preview", json={"line_ids": [str(lines[0].id)]}).json()
        assert [(line["version"], line["reason"]) for line in shown["lines"]] == [(1, None)]
        body = wanted(session, officer, versions).model_dump(mode="json")
        first, second = (client.post(BATCHES, json=body).json() for _ in range(2))
        assert first["id"] == second["id"]
        assert client.get(f"{BATCHES}/{first['id']}").json()["waiting_count"] == 1
        assert signed_in_as("counter_clerk").post(BATCHES, json=body).status_code == 403

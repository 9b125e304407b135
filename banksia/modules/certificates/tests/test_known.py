"""Certificates begin with what the council knows of the lot; the page of a property shows what was ordered for it."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.lines import AnswerUpdate, DraftRead, DraftUpdate, FieldRead
from banksia.modules.certificates.service.assigning import assign_line
from banksia.modules.certificates.service.contributing import orders_of_property
from banksia.modules.certificates.service.drafting import read_draft, save_draft
from banksia.modules.certificates.tests.factories import make_order, pay

Record = Callable[..., None]


@pytest.fixture
def line(session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]) -> OrderLine:
    """A paid line of a planning certificate."""
    order = make_order(session, guest, "10.7-2")
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    return session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines[0]


@pytest.fixture
def record(signed_in_as: Callable[..., TestClient], line: OrderLine) -> Record:
    """Record an attribute of the line's lot: `record("zone", "RU5 Village")`."""
    officer = signed_in_as("certificate_officer")

    def put(code: str, value: str, **more: Any) -> None:
        body = {"value": value, "source": "Zoning layer", "as_at_on": "2026-11-01", **more}
        answer = officer.put(f"/api/property/properties/{line.property_id}/attributes/{code}", json=body)
        assert answer.status_code == 200, answer.text

    return put


def field(draft: DraftRead, key: str) -> FieldRead:
    return next(each for section in draft.sections for each in section.fields if each.key == key)


class TestKnownOf:
    def test_answers_with_its_source_and_day_and_leaves_the_unknown_open(
        self, session: Session, officer: Actor, line: OrderLine, record: Record
    ) -> None:
        before = read_draft(session, officer, line_id=line.id)
        record("zone", "RU5 Village")
        record("bush_fire_prone", "Yes, part")
        record("flood_controls", "unknown")
        draft = read_draft(session, officer, line_id=line.id)
        zone = field(draft, "zone")
        assert (zone.statement, zone.origin, zone.source, str(zone.as_at_on), zone.is_changed) == (
            "RU5 Village",
            "truth",
            "Zoning layer",
            "2026-11-01",
            False,
        )
        assert field(draft, "bush_fire_prone").answer
        assert field(draft, "flood_controls").is_unknown
        assert draft.open_count == before.open_count - 2

    def test_gives_way_to_the_officer_and_says_so(
        self, session: Session, officer: Actor, line: OrderLine, record: Record
    ) -> None:
        record("zone", "RU5 Village")
        assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
        given = DraftUpdate(version=0, answers={"zone": AnswerUpdate(text="R1 General Residential")})
        zone = field(save_draft(session, officer, line_id=line.id, changes=given), "zone")
        assert (zone.statement, zone.origin, zone.is_changed, zone.changed_from) == (
            "R1 General Residential",
            "officer",
            True,
            "RU5 Village",
        )


class TestOrdersOfProperty:
    def test_shows_the_last_orders_with_state_and_due_day(
        self, session: Session, officer: Actor, line: OrderLine
    ) -> None:
        told = orders_of_property(session, officer, property_id=line.property_id)
        assert (told["count"], told["summary"]) == (1, "1 certificate ordered")
        (shown,) = told["lines"]
        assert (shown["title"], shown["status"]) == (line.product_title, "Queued")
        assert shown["detail"].startswith(f"{line.order_number}, due {line.due_on.day} ")
        assert shown["href"] == f"/certificates/staff/lines/{line.id}"
        assert orders_of_property(session, officer, property_id=uuid.uuid4())["lines"] == []

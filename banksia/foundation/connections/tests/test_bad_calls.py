"""Whatever a module sends, nothing breaks down: the walk over all routes asks as people, whom these do not let in."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.connections.tests.calling_factories import CallingModule, calling_manifest
from banksia.foundation.connections.tests.factories import connect
from banksia.foundation.connections.tests.test_calls import BOOKING, CALLS

BAD: tuple[Any, ...] = ("a\x00b", "\ud800", "", "x" * 100_000, -1, 2**200, float("nan"), None, [], {}, {"x": "a\x00b"})
FITTING: dict[str, dict[str, Any]] = {
    "payments": BOOKING,
    "notices": {"email": "ann@walker.example", "subject": "Your booking", "text": "It stands.", "link": "/bookings/1"},
    "audit": {"action": "bookings.cancelled", "detail": {"hall": 7}},
    "reminders": {"due_at": "2027-01-01T00:00:00Z", "data": {"hall": 7}},
    "events": {"type": "bookings.booking_made", "data": {"hall": 7}},
}


@pytest.mark.parametrize("path", FITTING)
def test_nothing_breaks_down(session: Session, client: TestClient, path: str) -> None:
    _, secrets = connect(session, manifest=calling_manifest())
    session.commit()
    module, fitting = CallingModule(client, secrets).acts_for(), FITTING[path]
    bodies: list[Any] = [[], "x", 3, *({**fitting, field: bad} for field in fitting for bad in BAD)]
    for number, body in enumerate(bodies):
        headers = {"Content-Type": "application/json"}
        content = json.dumps(body).encode()
        answer = module.call("POST", f"{CALLS}/{path}", key=f"bad-{number}", content=content, headers=headers)
        assert answer.status_code < 500, f"{str(body)[:200]}: {answer.text[:300]}"

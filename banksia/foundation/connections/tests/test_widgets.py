"""What remote modules show on the dashboard and on a property's page."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from banksia.foundation.connections.tests.factories import RemoteServer, connect, serving

Browser = Callable[..., Any]
DASHBOARD = "/bookings/.well-known/banksia/dashboard.json"
COUNTS = {"counts": [{"label": "Today", "count": 3, "to": "/bookings/staff/today"}]}


def claims_of(server: RemoteServer, path: str) -> dict[str, Any]:
    """What the module was told of who asks."""
    token = next(headers["authorization"] for asked, headers in server.asked if asked.startswith(path))
    body = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


class TestDashboard:
    def test_shows_what_the_module_answers_for_this_person(self, signed_in_as: Browser, session: Session) -> None:
        with serving() as server:
            connection, _ = connect(session, server.base_url)
            session.commit()
            server.says("/widgets/today", COUNTS)
            clerk = signed_in_as("counter_clerk")
            answer = clerk.get(DASHBOARD).json()
            assert answer["widgets"][0]["content"]["counts"][0] == {**COUNTS["counts"][0], "alert": False}
            assert answer["failed"] == []
            claims = claims_of(server, "/bookings/widgets/today")
            assert claims["aud"] == f"banksia:module:bookings:{connection.id}"
            assert "bookings.bookings.manage" in claims["permissions"]
            assert not any("cookie" in headers for _, headers in server.asked)
            assert signed_in_as("records_officer").get(DASHBOARD).json()["widgets"] == []

    @pytest.mark.parametrize(
        ("status", "content"),
        [
            (500, COUNTS),
            (200, {"counts": [{"label": "x", "count": 1, "to": "https://evil.example/"}]}),
            (200, {"counts": [{"label": "x", "count": 1, "to": "//evil.example/"}]}),
            (200, {"counts": [{"label": "x", "count": 1, "to": "javascript:alert(1)"}]}),
            (200, {"counts": "many"}),
            (200, ["x" * 70_000]),
            (302, {}),
        ],
    )
    def test_names_a_widget_that_cannot_be_shown(
        self, signed_in_as: Browser, session: Session, status: int, content: Any
    ) -> None:
        with serving() as server:
            connect(session, server.base_url)
            session.commit()
            server.says("/widgets/today", content, status=status)
            answer = signed_in_as("administrator").get(DASHBOARD)
            assert (answer.status_code, answer.json()["failed"]) == (200, ["Bookings today"])
            assert answer.json()["widgets"] == []

    def test_of_a_module_that_is_away_or_not_in_use(self, signed_in_as: Browser, session: Session) -> None:
        connection, _ = connect(session)
        session.commit()
        administrator = signed_in_as("administrator")
        assert administrator.get(DASHBOARD).json()["failed"] == ["Bookings today"]
        connection.state = "disabled"
        session.commit()
        assert administrator.get(DASHBOARD).status_code == 404
        assert administrator.get("/bookings/.well-known/banksia/meta.json").status_code == 404

    def test_of_installed_modules_answers_as_before(self, signed_in_as: Browser) -> None:
        answer = signed_in_as("administrator").get("/certificates/.well-known/banksia/dashboard.json").json()
        assert answer["failed"] == []
        assert answer["widgets"]

"""What remote modules show on the dashboard and on a property's page."""

import base64
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from banksia.foundation.connections.tests.factories import RemoteServer, a_manifest, connect, serving
from banksia.modules.property.tests.factories import make_property

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


class TestPropertyPage:
    def test_shows_what_the_module_knows_of_the_property(self, signed_in_as: Browser, session: Session) -> None:
        found = make_property(session)
        knows = {"summary": "1 booking", "count": 1, "lines": [{"title": "Hall", "href": "/bookings/staff/1"}]}
        with serving() as server:
            connect(session, server.base_url)
            session.commit()
            server.says("/widgets/property", knows)
            officer = signed_in_as("records_officer")
            path = f"/api/property/properties/{found}/contributions"
            mine = [each for each in officer.get(path).json()["contributions"] if each["module"] == "bookings"]
            assert (mine[0]["title"], mine[0]["summary"], mine[0]["lines"][0]["detail"]) == (
                "Bookings",
                "1 booking",
                "",
            )
            asked = next(path for path, _ in server.asked if "/widgets/property" in path)
            assert asked.endswith(f"?property_id={found}")
            server.says("/widgets/property", {"summary": "x"}, status=503)
            assert officer.get(path).json()["failed"] == ["Hall bookings"]
            assert officer.get(path.replace(str(found), str(uuid.uuid4()))).status_code == 404

    def test_is_asked_for_nothing_without_a_connection(self, signed_in_as: Browser, session: Session) -> None:
        manifest = a_manifest(widgets=[])
        with serving(manifest) as server:
            connect(session, server.base_url, manifest)
            found = make_property(session)
            session.commit()
            answer = signed_in_as("records_officer").get(f"/api/property/properties/{found}/contributions")
            assert (answer.status_code, server.asked) == (200, [])

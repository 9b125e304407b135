"""Modules that run elsewhere beside the installed ones: what one shows on the page of another."""

import uuid
from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.connections.tests.calling_factories import CallingModule, calling_manifest
from banksia.foundation.connections.tests.factories import a_manifest, connect, serving
from banksia.modules.property.tests.factories import make_property

Browser = Callable[..., Any]


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


class TestCallsBack:
    def test_read_properties_and_take_snapshots(self, session: Session, client: TestClient) -> None:
        _, secrets = connect(session, manifest=calling_manifest())
        property_id = make_property(session)
        session.commit()
        acting = CallingModule(client, secrets).acts_for()
        found = acting.call("GET", f"/api/property/properties/{property_id}")
        assert (found.status_code, found.json()["source"]) == (200, None)
        snapshot = acting.call("GET", f"/api/property/properties/{property_id}/snapshot").json()
        assert snapshot["property_id"] == str(property_id)
        assert acting.call("GET", "/api/property/search", params={"q": "green"}).status_code == 200

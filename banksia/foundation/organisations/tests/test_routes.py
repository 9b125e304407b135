"""The council over HTTP: what anybody sees, and what an administrator changes."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from banksia.foundation.organisations.service.themes import DEFAULT_THEME

CURRENT, LOGO = "/api/organisations/current", "/api/organisations/current/logo"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>'
Browser = Callable[..., TestClient]


class TestGetCurrentOrganisation:
    def test_anybody_sees_the_council_of_the_address(self, client: TestClient) -> None:
        mine = client.get(CURRENT).json()
        theirs = client.get(CURRENT, headers={"Host": "kurrajong.localhost"}).json()
        assert (mine["slug"], theirs["slug"]) == ("bluehills", "kurrajong")
        assert mine["theme"] == DEFAULT_THEME
        assert mine["logo_url"] is None

    def test_no_council_no_answer(self, client: TestClient) -> None:
        answer = client.get(CURRENT, headers={"Host": "evil.example"})
        assert answer.status_code == 404
        assert answer.json()["type"] == "urn:banksia:organisations:council-not-found"


class TestUpdateOrganisation:
    def test_changes_what_is_given_and_nothing_else(self, signed_in_as: Browser) -> None:
        browser = signed_in_as("administrator")
        before = browser.get(CURRENT).json()
        changes = {"abn": "51824753556", "theme": {"action": "#003366"}, "time_zone": "Australia/Broken_Hill"}
        changed = browser.patch(CURRENT, json=changes).json()
        assert changed["abn"] == "51 824 753 556"
        assert changed["theme"] == DEFAULT_THEME | {"action": "#003366"}
        assert changed["name"] == before["name"]
        assert browser.get(CURRENT).json() == changed

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"abn": "51 824 753 557"}, "abn"),
            ({"email": "no address"}, "email"),
            ({"name": ""}, "name"),
            ({"name": "x" * 201}, "name"),
            ({"name": "a\x00b"}, "name"),
            ({"time_zone": "Europe/London"}, "time_zone"),
            ({"slug": "other"}, "slug"),
            ({"theme": {"text": "#ffffff"}}, "theme.text"),
            ({"theme": {"text": 3}}, "theme.text"),
        ],
    )
    def test_names_the_field_that_is_wrong_and_changes_nothing(
        self, signed_in_as: Browser, changes: dict[str, object], field: str
    ) -> None:
        browser = signed_in_as("administrator")
        before = browser.get(CURRENT).json()
        answer = browser.patch(CURRENT, json=changes)
        assert answer.status_code == 422
        assert field in {each["field"] for each in answer.json()["errors"]}
        assert browser.get(CURRENT).json() == before

    def test_an_officer_may_not(self, signed_in_as: Browser) -> None:
        assert signed_in_as("certificate_officer").patch(CURRENT, json={"name": "Mine"}).status_code == 403


class TestSetLogo:
    @pytest.mark.parametrize(
        ("content", "kind"), [(PNG, "image/png"), (b"\xff\xd8\xff\xe0rest", "image/jpeg"), (SVG, "image/svg+xml")]
    )
    def test_keeps_a_picture_and_serves_it_harmlessly(self, signed_in_as: Browser, content: bytes, kind: str) -> None:
        browser = signed_in_as("administrator")
        answer = browser.put(LOGO, content=content, headers={"Content-Type": "application/octet-stream"})
        assert answer.status_code == 200
        served = browser.get(answer.json()["logo_url"])
        assert (served.content, served.headers["content-type"]) == (content, kind)
        assert "default-src 'none'" in served.headers["content-security-policy"]
        assert "sandbox" in served.headers["content-security-policy"]
        assert served.headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "PNG, JPEG or SVG"),
            (b"GIF89a", "PNG, JPEG or SVG"),
            (b"<!doctype html><html><body><svg></svg>", "The drawing"),
            (SVG.replace(b"<path", b"<script>1</script><path"), "<script>"),
            (PNG + b"\x00" * 256 * 1024, "256 kB"),
        ],
    )
    def test_refuses_everything_else_with_a_sentence(
        self, signed_in_as: Browser, content: bytes, sentence: str
    ) -> None:
        browser = signed_in_as("administrator")
        answer = browser.put(LOGO, content=content, headers={"Content-Type": "image/png"})
        assert answer.status_code == 422
        assert sentence in answer.json()["detail"]
        assert browser.get(LOGO).status_code == 404

    def test_nobody_without_the_permission_gets_to_send_a_byte(self, client: TestClient, signed_in_as: Browser) -> None:
        assert client.put(LOGO, content=PNG).status_code == 401
        assert signed_in_as("records_officer").put(LOGO, content=PNG).status_code == 403

    def test_its_address_changes_with_it_and_goes_with_it(self, signed_in_as: Browser) -> None:
        browser = signed_in_as("administrator")
        first = browser.put(LOGO, content=PNG).json()["logo_url"]
        second = browser.put(LOGO, content=SVG).json()["logo_url"]
        assert first != second
        assert browser.delete(LOGO).json()["logo_url"] is None
        assert browser.get(LOGO).json()["type"] == "urn:banksia:organisations:logo-not-found"


class TestModules:
    def test_the_foundation_cannot_be_switched_off(self, signed_in_as: Browser) -> None:
        answer = signed_in_as("administrator").put("/api/organisations/modules/audit", json={"enabled": False})
        assert answer.status_code == 409
        assert "always on" in answer.json()["detail"]

    def test_lists_every_installed_one(self, signed_in_as: Browser) -> None:
        listed = signed_in_as("administrator").get("/api/organisations/modules").json()
        assert {"organisations", "auth", "audit", "events"} <= {each["name"] for each in listed}
        assert all(each["enabled"] for each in listed)

    @pytest.mark.parametrize("path", ["nothing", "nothing/settings", "audit/settings"])
    def test_an_unknown_one_is_not_found(self, signed_in_as: Browser, path: str) -> None:
        browser = signed_in_as("administrator")
        body = {} if path.endswith("settings") else {"enabled": True}
        assert browser.put(f"/api/organisations/modules/{path}", json=body).status_code == 404

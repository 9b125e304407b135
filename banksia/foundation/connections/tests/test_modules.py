"""Connecting a module over HTTP, from its address to its removal."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.connections.errors import NameTaken
from banksia.foundation.connections.queries import connection_named
from banksia.foundation.connections.service import registering
from banksia.foundation.connections.service.fetching import FoundModule
from banksia.foundation.connections.tasks import check_modules
from banksia.foundation.connections.tests.factories import RemoteServer, a_manifest, connect, serving
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.manifest import read_manifest
from banksia.kit.platform import Platform

Browser = Callable[..., Any]
MODULES = "/api/connections/modules"
BOOKINGS = f"{MODULES}/bookings"


@pytest.fixture
def browser(signed_in_as: Browser) -> Any:
    return signed_in_as("administrator")


def register(browser: Any, server: RemoteServer) -> dict[str, Any]:
    answer = browser.post(MODULES, json={"base_url": f"{server.base_url}/{server.name}"})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def approve(browser: Any, found: dict[str, Any], mode: str = "frame") -> dict[str, Any]:
    body = {"manifest_sha256": found["asks_sha256"], "page_mode": mode}
    answer = browser.post(f"{MODULES}/{found['name']}/approve", json=body)
    assert answer.status_code == 200, answer.text
    approved: dict[str, Any] = answer.json()
    return approved


class TestTheWay:
    def test_from_an_address_to_a_module_in_use_and_away_again(self, browser: Any, session: Session) -> None:
        with serving() as server:
            found = register(browser, server)
            assert (found["state"], found["manifest"], found["base_url"]) == ("registered", None, server.base_url)
            assert found["asks"]["events"]["emits"][0]["schema"]["type"] == "object"
            assert {each["area"] for each in found["differences"]} >= {"permissions", "routes", "data", "hears"}
            assert browser.post(f"{BOOKINGS}/enable").json()["type"] == "urn:banksia:connections:not-approved"
            assert "bookings" not in {each["name"] for each in browser.get("/api/modules").json()}

            approved = approve(browser, found)
            assert approved["state"] == "verified"
            secrets = approved["client_secret"], approved["webhook_secret"]
            kept = session.execute(text("SELECT connections::text FROM connections.connections")).scalar_one()
            assert not any(secret in kept for secret in secrets)
            assert not any(secret in browser.get(BOOKINGS).text for secret in secrets)

            assert browser.post(f"{BOOKINGS}/enable").json()["state"] == "enabled"
            module = next(each for each in browser.get("/api/modules").json() if each["name"] == "bookings")
            assert module["page_url"].startswith("/modules/bookings/page.js")
            assert (module["page_mode"], len(module["navigation"])) == ("frame", 2)

            (listed,) = browser.get(MODULES).json()
            assert listed["blocked_by"] == []
            assert "halls" in listed["notices"][0]
            assert browser.post(f"{BOOKINGS}/disable").json()["state"] == "disabled"
            assert "bookings" not in {each["name"] for each in browser.get("/api/modules").json()}
            assert browser.post(f"{BOOKINGS}/remove").status_code == 204
            assert browser.get(BOOKINGS).status_code == 404
            assert register(browser, server)["state"] == "registered"

    def test_of_the_manifests_own_address_and_of_a_folder(self, browser: Any) -> None:
        with serving() as server:
            url = f"{server.base_url}/bookings/.well-known/banksia/meta.json"
            assert browser.post(MODULES, json={"base_url": url}).json()["base_url"] == server.base_url

    def test_what_changed_since_it_was_looked_at_is_not_approved(self, browser: Any) -> None:
        with serving() as server:
            found = register(browser, server)
            server.describes_itself(a_manifest(capabilities=["audit.record", "payments.raise"]))
            browser.post(f"{BOOKINGS}/check")
            body = {"manifest_sha256": found["asks_sha256"], "page_mode": "origin"}
            answer = browser.post(f"{BOOKINGS}/approve", json=body)
            assert (answer.status_code, answer.json()["type"]) == (409, "urn:banksia:connections:manifest-changed")

    def test_secrets_are_changed_and_the_old_client_secret_ends(self, browser: Any, session: Session) -> None:
        connect(session)
        session.commit()
        first = session.execute(text("SELECT client_secret_hash FROM connections.connections")).scalar_one()
        answer = browser.post(f"{BOOKINGS}/secrets").json()
        assert answer["client_secret"]
        assert answer["old_webhook_secret_until"]
        assert session.execute(text("SELECT client_secret_hash FROM connections.connections")).scalar_one() != first


class TestAddresses:
    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("http://modules.example.com/bookings", "https"),
            ("https://10.0.0.1/bookings", "public internet"),
            ("https://user@modules.example.com/bookings", "user name"),
            ("http://127.0.0.1:9/bookings?a=b", "question mark"),
        ],
    )
    def test_that_may_not_be_called_are_refused(self, browser: Any, url: str, words: str) -> None:
        answer = browser.post(MODULES, json={"base_url": url})
        assert answer.status_code == 422
        assert words in answer.json()["errors"][0]["message"]

    def test_of_this_machine_are_refused_where_it_is_not_a_demo(self, browser: Any, platform: Platform) -> None:
        platform.settings = platform.settings.model_copy(update={"webhooks_to_this_machine": False})
        with serving() as server:
            assert browser.post(MODULES, json={"base_url": f"{server.base_url}/bookings"}).status_code == 422
            assert server.asked == []

    @pytest.mark.parametrize(
        ("status", "content", "words"),
        [
            (404, b"{}", "404"),
            (200, b"<html>", "not JSON"),
            (200, b"{" + b" " * 300_000 + b"}", "256 KB"),
            (200, b"[" * 100_000, "not JSON"),
            (200, b'{"protocol": 2}', "protocol 1"),
        ],
    )
    def test_without_a_manifest_are_told(self, browser: Any, status: int, content: bytes, words: str) -> None:
        with serving() as server:
            server.says("/.well-known/banksia/meta.json", content, status=status)
            answer = browser.post(MODULES, json={"base_url": f"{server.base_url}/bookings"})
            assert answer.status_code == 422
            assert words in answer.json()["errors"][0]["message"]

    def test_that_lead_elsewhere_are_not_followed(self, browser: Any) -> None:
        with serving() as server:
            server.says("/.well-known/banksia/meta.json", b"", status=302)
            answer = browser.post(MODULES, json={"base_url": f"{server.base_url}/bookings"})
            assert "redirect" in answer.json()["errors"][0]["message"]


class TestManifests:
    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"id": "property", "permissions": [], "routes": [], "pages": None, "widgets": []}, "part of this"),
            ({"kind": "foundation"}, "truth or a workflow"),
            ({"events": {"hears": ["payments.money_eaten"]}}, "no event"),
        ],
    )
    def test_that_do_not_fit_this_installation_are_refused(
        self, browser: Any, changes: dict[str, Any], words: str
    ) -> None:
        manifest = a_manifest(**changes)
        if manifest["id"] != "bookings":
            manifest |= {"events": {}, "payments": [], "capabilities": [], "requires": []}
        with serving(manifest) as server:
            answer = browser.post(MODULES, json={"base_url": f"{server.base_url}/{manifest['id']}"})
            assert answer.status_code in (409, 422), answer.text
            assert words in answer.text

    def test_with_roles_that_there_are_not_are_refused(self, browser: Any) -> None:
        permission = {"name": "bookings.bookings.manage", "title": "Manage", "roles": ["wizard"]}
        with serving(a_manifest(permissions=[permission])) as server:
            answer = browser.post(MODULES, json={"base_url": f"{server.base_url}/bookings"})
            assert "counter_clerk" in answer.json()["errors"][0]["message"]

    def test_are_connected_once(self, browser: Any) -> None:
        with serving() as server:
            register(browser, server)
            answer = browser.post(MODULES, json={"base_url": f"{server.base_url}/bookings"})
            assert answer.json()["type"] == "urn:banksia:connections:name-taken"

    def test_that_can_no_longer_be_read_spoil_no_list(self, browser: Any, session: Session) -> None:
        connection, _ = connect(session)
        connection.manifest, connection.manifest_sha256 = {"protocol": 0, "was": "written long ago"}, "0" * 64
        session.commit()
        (listed,) = browser.get(MODULES).json()
        assert (listed["title"], listed["version"]) == ("bookings", None)
        assert browser.get(BOOKINGS).json()["unreadable"] is True
        assert browser.get("/api/modules").status_code == 200
        with serving() as server:
            connection.base_url = server.base_url
            session.commit()
            checked = browser.post(f"{BOOKINGS}/check").json()
            assert checked["health"] == "failing"
            assert approve(browser, checked)["unreadable"] is False

    def test_whose_name_an_installed_module_has_taken_since_are_out_of_use(
        self, browser: Any, session: Session, signed_in_as: Browser
    ) -> None:
        right = {"name": "files.things.do", "title": "Do things", "roles": ["counter_clerk"]}
        bare: dict[str, Any] = {"routes": [], "pages": None, "widgets": [], "events": {}, "payments": []}
        connect(session, manifest=a_manifest(id="files", permissions=[right], capabilities=[], **bare))
        session.commit()
        assert [each["remote"] for each in browser.get("/api/modules").json() if each["name"] == "files"] == [False]
        clerk = signed_in_as("counter_clerk").get("/api/auth/me").json()["user"]
        assert "files.things.do" not in clerk["permissions"]
        assert browser.get(f"{MODULES}/files").json()["state"] == "enabled"

    def test_connected_at_the_same_moment_are_connected_once(
        self, session: Session, administrator: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        connect(session)
        found = FoundModule("http://127.0.0.1:9", read_manifest(json.dumps(a_manifest()).encode()))
        unseen = connection_named(administrator.organisation_id, "another")
        monkeypatch.setattr(registering, "connection_named", lambda *_: unseen)
        with pytest.raises(NameTaken):
            registering.keep_module(session, administrator, found)


class TestChecking:
    def test_takes_what_asks_for_no_more_and_lets_more_wait(self, browser: Any) -> None:
        with serving() as server:
            approve(browser, register(browser, server))
            server.describes_itself(a_manifest(title="Halls", version="1.3.0", capabilities=["payments.raise"]))
            checked = browser.post(f"{BOOKINGS}/check").json()
            assert (checked["title"], checked["waits_for_approval"], checked["health"]) == ("Halls", False, "ok")

            server.describes_itself(a_manifest(capabilities=["payments.raise", "audit.record"]))
            checked = browser.post(f"{BOOKINGS}/check").json()
            assert checked["waits_for_approval"] is True
            assert checked["manifest"]["title"] == "Halls"
            more = [each["name"] for each in checked["differences"] if each["asks_for_more"]]
            assert more == ["audit.record"]
            again = approve(browser, checked, "origin")
            assert (again["title"], again["page_mode"], again["client_secret"]) == ("Hall bookings", "origin", None)

    def test_writes_down_that_a_page_changed(self, browser: Any, session: Session) -> None:
        def written() -> int:
            log = text("SELECT count(*) FROM audit.entries WHERE action = 'connections.page_changed'")
            return int(session.execute(log).scalar_one())

        with serving() as server:
            approve(browser, register(browser, server), "origin")
            for expected in (1, 1):
                browser.post(f"{BOOKINGS}/check")
                assert written() == expected
            server.says("/pages/page.js", b"export function mount() { steal() }", kind="text/javascript")
            browser.post(f"{BOOKINGS}/check")
            assert written() == 2

    def test_tells_why_a_module_is_not_well(self, browser: Any) -> None:
        with serving() as server:
            approve(browser, register(browser, server))
            server.says("/health", {}, status=500)
            sick = browser.post(f"{BOOKINGS}/check").json()
            assert (sick["health"], "500" in sick["health_detail"]) == ("failing", True)
        away = browser.post(f"{BOOKINGS}/check").json()
        assert "refused the connection" in away["health_detail"]

    def test_runs_by_itself(self, browser: Any, platform: Platform, organisation: Any, session: Session) -> None:
        with serving() as server:
            connect(session, server.base_url)
            session.commit()
            check_modules(Transactions(platform, Actor.system(organisation.id)))
            (listed,) = browser.get(MODULES).json()
            assert (listed["health"], listed["waits_for_approval"]) == ("ok", False)


class TestRequirements:
    def test_that_are_missing_block_with_a_sentence(self, browser: Any) -> None:
        with serving(a_manifest(requires=[{"module": "property"}, {"module": "rates", "version": ">=2"}])) as server:
            approve(browser, register(browser, server))
            answer = browser.post(f"{BOOKINGS}/enable")
            assert (answer.status_code, answer.json()["type"]) == (409, "urn:banksia:connections:requirements-missing")
            assert "rates" in answer.json()["detail"]

    def test_of_a_newer_version_block(self, browser: Any) -> None:
        with serving(a_manifest(requires=[{"module": "property", "version": ">=99"}])) as server:
            approve(browser, register(browser, server))
            assert ">=99" in browser.post(f"{BOOKINGS}/enable").json()["detail"]

    def test_cannot_be_switched_off_while_a_module_needs_them(self, browser: Any, session: Session) -> None:
        connect(session)
        keys = {"id": "keys", "title": "Keys", "requires": [{"module": "bookings"}], "payments": [], "capabilities": []}
        bare: dict[str, Any] = {"permissions": [], "routes": [], "pages": None, "widgets": [], "events": {}}
        connect(session, manifest=a_manifest(**keys, **bare))
        session.commit()
        for act in ("disable", "remove"):
            answer = browser.post(f"{BOOKINGS}/{act}")
            assert (answer.status_code, "Keys" in answer.json()["detail"]) == (409, True)
        for name in ("certificates", "files"):
            browser.put(f"/api/organisations/modules/{name}", json={"enabled": False})
        answer = browser.put("/api/organisations/modules/property", json={"enabled": False})
        assert (answer.status_code, "Hall bookings" in answer.json()["detail"]) == (409, True)
        assert browser.post(f"{MODULES}/keys/disable").status_code == 200
        assert browser.post(f"{BOOKINGS}/disable").status_code == 200
        assert browser.put("/api/organisations/modules/property", json={"enabled": False}).status_code == 200


class TestPermissions:
    def test_of_a_module_in_use_are_had_by_its_roles(
        self, signed_in_as: Browser, session: Session, browser: Any
    ) -> None:
        def has() -> list[bool]:
            people = [signed_in_as(role) for role in ("counter_clerk", "records_officer")]
            return [
                "bookings.bookings.manage" in each.get("/api/auth/me").json()["user"]["permissions"] for each in people
            ]

        connection, _ = connect(session)
        session.commit()
        assert has() == [True, False]
        roles = {each["name"]: each["permissions"] for each in browser.get("/api/auth/roles").json()}
        assert "Manage hall bookings" in [each["title"] for each in roles["counter_clerk"]]
        connection.state = "disabled"
        session.commit()
        assert has() == [False, False]

    def test_of_a_neighbour_are_not_ours(self, neighbour_signed_in_as: Browser, session: Session) -> None:
        connect(session)
        session.commit()
        neighbour = neighbour_signed_in_as("administrator")
        assert "bookings.bookings.manage" not in neighbour.get("/api/auth/me").json()["user"]["permissions"]
        assert neighbour.get(MODULES).json() == []
        assert neighbour.get(BOOKINGS).status_code == 404


class TestSettings:
    def test_are_kept_when_they_fit_the_schema(self, browser: Any, session: Session) -> None:
        connect(session)
        session.commit()
        assert browser.get(f"{BOOKINGS}/settings").json()["values"] == {"deposit_cents": 5000}
        kept = browser.put(f"{BOOKINGS}/settings", json={"deposit_cents": 100})
        assert kept.json()["values"] == {"deposit_cents": 100}
        assert browser.get(f"{BOOKINGS}/settings").json()["values"] == {"deposit_cents": 100}

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"deposit_cents": -1}, "deposit_cents"),
            ({"wings": 2}, "wings"),
            ({"deposit_cents": "\x00"}, "deposit_cents"),
        ],
    )
    def test_that_do_not_fit_are_told_by_field(
        self, browser: Any, session: Session, values: dict[str, Any], field: str
    ) -> None:
        connect(session)
        session.commit()
        answer = browser.put(f"{BOOKINGS}/settings", json=values)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["field"] == field

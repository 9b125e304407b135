"""What the pages may load and frame follows from the modules that a council uses."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.app import create_app
from banksia.app.policies import POLICY, ModulePage, can_be_named, frame_policy, shell_policy
from banksia.foundation.connections.tests.factories import a_manifest, connect
from banksia.kit.platform import Platform

HOST = "bluehills.localhost:8000"


def parts(policy: str) -> dict[str, str]:
    return {each.split()[0]: " ".join(each.split()[1:]) for each in policy.split(";")}


class TestShellPolicy:
    def test_without_modules_runs_its_own_assets_and_frames_nothing(self) -> None:
        policy = parts(shell_policy(HOST, []))
        assert policy["script-src"] == f"{HOST}/assets/"
        assert policy["frame-src"] == "'none'"
        assert (policy["connect-src"], policy["frame-ancestors"]) == ("'self'", "'none'")

    def test_a_trusted_module_adds_its_scripts_and_one_in_a_frame_its_frame_alone(self) -> None:
        pages = [ModulePage("trees", "origin"), ModulePage("bookings", "frame")]
        policy = parts(shell_policy(HOST, pages))
        assert policy["script-src"] == f"{HOST}/assets/ {HOST}/modules/trees/"
        assert policy["frame-src"] == f"{HOST}/modules/bookings/frame.html"

    @pytest.mark.parametrize("host", ["[::1]:8000", "", "a b", "a;script-src *", "a/../b", "*"])
    def test_a_host_that_cannot_be_named_gets_the_general_one(self, host: str) -> None:
        assert shell_policy(host, [ModulePage("bookings", "frame")]) == POLICY
        assert not can_be_named(host)


def test_the_frame_has_no_origin_no_network_and_only_the_files_of_its_module() -> None:
    policy = parts(frame_policy(HOST, "bookings"))
    assert policy["sandbox"] == "allow-scripts allow-forms allow-downloads"
    assert [policy[name] for name in ("default-src", "form-action", "frame-src")] == ["'none'"] * 3
    assert "connect-src" not in policy
    assert policy["script-src"] == f"{HOST}/assets/ {HOST}/modules/bookings/"


class TestServing:
    @pytest.fixture
    def client(self, platform: Platform, tmp_path: Path) -> TestClient:
        for name in ("index.html", "frame.html"):
            tmp_path.joinpath(name).write_text(f"<title>{name}</title>")
        platform.settings = platform.settings.model_copy(update={"web_dir": tmp_path})
        return TestClient(create_app(platform=platform), base_url="http://localhost")

    @pytest.mark.parametrize("host", ["nobody.example", "a;b"])
    def test_the_shell_is_shown_whosever_host_it_is(self, client: TestClient, host: str) -> None:
        answer = client.get("/somewhere", headers={"Host": host})
        assert (answer.status_code, answer.text) == (200, "<title>index.html</title>")
        policy = parts(answer.headers["content-security-policy"])
        assert (policy["frame-src"], "unsafe" in policy["script-src"]) == ("'none'", False)

    @pytest.mark.parametrize("name", ["bookings", "property", "organisations"])
    def test_there_is_no_frame_of_a_module_that_is_not_connected(self, client: TestClient, name: str) -> None:
        assert client.get(f"/modules/{name}/frame.html").status_code == 404

    def test_the_frame_of_a_connected_module_is_served_and_framed_by_the_shell_alone(
        self, client: TestClient, session: Session
    ) -> None:
        connect(session)
        session.commit()
        answer = client.get("/modules/bookings/frame.html")
        assert (answer.status_code, answer.text) == (200, "<title>frame.html</title>")
        assert answer.headers["content-security-policy"] == frame_policy("localhost", "bookings")
        assert (answer.headers["x-frame-options"], answer.headers["cache-control"]) == ("SAMEORIGIN", "no-cache")
        shell = parts(client.get("/bookings/staff").headers["content-security-policy"])
        assert shell["frame-src"] == "localhost/modules/bookings/frame.html"
        assert "bookings" not in shell["script-src"]

    @pytest.mark.parametrize(("mode", "state"), [("origin", "enabled"), ("frame", "disabled")])
    def test_one_that_is_trusted_or_off_has_no_frame(
        self, client: TestClient, session: Session, mode: str, state: str
    ) -> None:
        connection, _ = connect(session)
        connection.page_mode, connection.state = mode, state  # type: ignore[assignment]
        session.commit()
        assert client.get("/modules/bookings/frame.html").status_code == 404
        shell = parts(client.get("/bookings/staff").headers["content-security-policy"])
        assert shell["frame-src"] == "'none'"
        assert ("modules/bookings/" in shell["script-src"]) is (state == "enabled")

    def test_one_without_pages_adds_nothing(self, client: TestClient, session: Session) -> None:
        connect(session, manifest=a_manifest(pages=None))
        session.commit()
        assert parts(client.get("/").headers["content-security-policy"])["frame-src"] == "'none'"

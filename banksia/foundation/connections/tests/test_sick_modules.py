"""A module that hangs, dies, floods or is away hurts nobody but whoever asks it."""

import hashlib
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.connections.adapters import breaking
from banksia.foundation.connections.service import forwarding, page_files
from banksia.foundation.connections.service.forwarding import AnswerCutOff
from banksia.foundation.connections.tests.gateway_factories import ModuleServer, make_connection, module_server
from banksia.kit.ports import free_port

MB = 1024 * 1024
_running: list[ModuleServer] = []


@pytest.fixture(scope="module")
def servers() -> Iterator[ExitStack]:
    """Ends the processes."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def server(servers: ExitStack) -> ModuleServer:
    """A server that runs: the one of the tests before, unless one of them ended it."""
    if not _running or _running[-1].process.poll() is not None:
        _running.append(servers.enter_context(module_server()))
    return _running[-1]


@pytest.fixture
def reached(session: Session, server: ModuleServer, client: TestClient) -> TestClient:
    """A browser at a council that uses the module."""
    make_connection(session, server.url)
    return client


def kind_of(answer: object) -> str:
    return str(answer.json()["type"]).rsplit(":", 1)[1]  # type: ignore[attr-defined]  # an answer of the test client


class TestAnswers:
    def test_one_that_hangs_is_given_up(self, reached: TestClient) -> None:
        answer = reached.get("/api/bookings/hang")
        assert (answer.status_code, kind_of(answer)) == (504, "module-too-slow")
        assert answer.json()["detail"].startswith("Hall bookings did not answer in time.")
        assert reached.get("/api/bookings/echo").status_code in (200, 401)

    def test_one_that_is_away_is_said(self, session: Session, client: TestClient) -> None:
        make_connection(session, f"http://127.0.0.1:{free_port()}")
        answer = client.get("/api/bookings/echo")
        assert (answer.status_code, kind_of(answer), answer.headers["retry-after"]) == (503, "module-away", "5")

    @pytest.mark.parametrize("end", ["cut", "die"])
    def test_one_that_dies_in_the_middle_is_no_whole_answer(self, reached: TestClient, end: str) -> None:
        with pytest.raises(AnswerCutOff):
            reached.get("/api/bookings/stream", params={"pieces": 8, "end": end, "length": 10 * MB, "pause": 0.05})

    def test_one_that_dies_before_the_first_word_is_a_problem(self, reached: TestClient) -> None:
        answer = reached.get("/api/bookings/stream", params={"pieces": 0, "end": "die", "length": 100})
        assert (answer.status_code, kind_of(answer)) == (503, "module-away")

    def test_a_large_one_is_passed_on_as_it_comes(self, reached: TestClient) -> None:
        answer = reached.get("/api/bookings/stream", params={"pieces": 160})
        assert len(answer.content) == 10 * MB

    def test_one_that_is_too_large_is_refused_or_cut(
        self, reached: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(forwarding, "MOST_ANSWER_BYTES", MB)
        answer = reached.get("/api/bookings/stream", params={"pieces": 1, "length": 2 * MB})
        assert (answer.status_code, kind_of(answer)) == (502, "module-answer-refused")
        with pytest.raises(AnswerCutOff):
            reached.get("/api/bookings/stream", params={"pieces": 1000})

    def test_one_that_drips_is_cut(self, reached: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(forwarding, "PAUSE_SECONDS", 0.2)
        with pytest.raises(AnswerCutOff):
            reached.get("/api/bookings/stream", params={"pieces": 3, "pause": 1})

    def test_without_a_body_there_is_none(self, reached: TestClient) -> None:
        assert reached.get("/api/bookings/answer", params={"status": 204, "body": ""}).status_code == 204
        head = reached.head("/api/bookings/answer", params={"body": "twelve bytes"})
        assert (head.status_code, head.headers["content-length"], head.content) == (200, "12", b"")


class TestBodies:
    def test_one_that_is_announced_too_large_never_reaches_the_module(
        self, reached: TestClient, server: ModuleServer
    ) -> None:
        before = server.calls()
        answer = reached.post("/api/bookings/answer", content=b"x" * (MB + 1))
        assert (answer.status_code, kind_of(answer)) == (413, "body-too-large")
        assert "1 MB" in answer.json()["detail"]
        assert server.calls() == before

    def test_one_that_grows_too_large_is_given_up(self, reached: TestClient) -> None:
        def pieces() -> Iterator[bytes]:
            for _ in range(40):
                yield b"x" * 65_536

        answer = reached.post("/api/bookings/answer", content=pieces())
        assert (answer.status_code, kind_of(answer)) == (413, "body-too-large")

    @pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 3 * MB])
    def test_each_size_arrives_whole(
        self, session: Session, client: TestClient, server: ModuleServer, size: int
    ) -> None:
        connection = make_connection(session, server.url, limits={"body_bytes": 4 * MB, "seconds": 5})
        keys = client.get("/.well-known/banksia/jwks.json").json()
        server.tell(keys=keys, iss="http://localhost:8000", aud=f"banksia:module:bookings:{connection.id}")
        body = json.dumps("x" * (size - 2)).encode() if size > 2 else b"1" * size
        answer = client.post("/api/bookings/echo", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 200, answer.text
        assert (answer.json()["sent"], answer.json()["sha256"]) == (size, hashlib.sha256(body).hexdigest())

    def test_a_module_that_reads_none_of_it_is_given_up(self, reached: TestClient) -> None:
        answer = reached.post("/api/bookings/ignore", content=b"x" * MB)
        assert (answer.status_code, kind_of(answer)) == (504, "module-too-slow")


class TestBreaker:
    def test_a_module_that_fails_rests_and_comes_back(
        self, session: Session, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        port = free_port()
        make_connection(session, f"http://127.0.0.1:{port}")
        kinds = [kind_of(client.get("/api/bookings/answer")) for _ in range(7)]
        assert kinds == ["module-away"] * 5 + ["module-resting"] * 2
        resting = client.get("/api/bookings/answer")
        assert (resting.status_code, int(resting.headers["retry-after"]) in range(1, 6)) == (503, True)
        with module_server(port):
            monkeypatch.setattr(breaking, "REST_SECONDS", 0.0)
            assert client.get("/api/bookings/answer").status_code == 200
            monkeypatch.setattr(breaking, "REST_SECONDS", 60.0)
            assert client.get("/api/bookings/answer").status_code == 200

    def test_errors_of_one_route_close_nothing(self, reached: TestClient) -> None:
        for _ in range(8):
            assert reached.get("/api/bookings/answer", params={"status": 500}).status_code == 500
        assert reached.get("/api/bookings/answer").status_code == 200

    def test_another_module_is_not_hurt(self, session: Session, client: TestClient, server: ModuleServer) -> None:
        make_connection(session, f"http://127.0.0.1:{free_port()}")
        make_connection(
            session, server.url, id="halls", permissions=[], routes=[
                {"path": "/{any}", "methods": ["GET"], "audience": "public"}
            ],
        )  # fmt: skip
        for _ in range(6):
            assert client.get("/api/bookings/answer").status_code == 503
        assert client.get("/api/halls/1").status_code == 401  # it answers, and was not told our keys

    def test_full_is_said_at_once(self, reached: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(breaking, "AT_ONCE", 0)
        answer = reached.get("/api/bookings/answer")
        assert (answer.status_code, kind_of(answer), answer.headers["retry-after"]) == (503, "module-crowded", "2")


class TestPages:
    def test_are_shown_on_while_their_server_is_down(
        self, reached: TestClient, server: ModuleServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(page_files, "FRESH_SECONDS", 0.0)
        before = reached.get("/modules/bookings/page.js")
        server.kill()
        after = reached.get("/modules/bookings/page.js")
        assert (after.status_code, after.content) == (200, before.content)
        assert reached.get("/modules/bookings/never-seen.js").status_code == 503


class TestAddresses:
    @pytest.mark.parametrize("url", ["https://10.0.0.5", "https://169.254.169.254", "http://example.com"])
    def test_one_that_may_not_be_called_is_not(self, session: Session, client: TestClient, url: str) -> None:
        make_connection(session, url)
        answer = client.get("/api/bookings/answer")
        assert (answer.status_code, kind_of(answer)) == (502, "module-answer-refused")

    def test_a_name_that_leads_inside_is_not_called(
        self, session: Session, client: TestClient, look_up_as: Callable[[str], None]
    ) -> None:
        look_up_as("10.0.0.5")
        make_connection(session, "https://rebound.example.com")
        answer = client.get("/api/bookings/answer")
        assert (answer.status_code, kind_of(answer)) == (503, "module-away")


@pytest.fixture
def look_up_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let every name lead to one address."""

    def install(address: str) -> None:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)

    return install

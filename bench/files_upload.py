"""One large file into a property's file, in one go and in parts, beside a bare handler with equal hash and fsyncs."""

import hashlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from banksia.foundation.auth.public import create_user, open_session
from banksia.kit.actor import Actor
from banksia.kit.ports import free_port, listens
from banksia.modules.files.tests.factories import folder_id, make_property, part_headers, tus_headers
from banksia.testing.processes import eventually, variables_of
from bench import bare_upload
from bench.measuring import Bench, Row, quantile

TITLE = "Uploads"
MEGABYTES, QUICK_MEGABYTES = 512, 64
PART_MEGABYTES = 16
ROUNDS, QUICK_ROUNDS = 5, 2
ANSWERED = re.compile(rb"HTTP/1.1 (\d+)[^\r]*\r\n(.*)", re.DOTALL)


class File:
    """A file on disk whose bytes are others in each round, so that nothing is found to be there already."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        """Write it once."""
        self.path, self.size = folder / "survey.bin", megabytes * 1024**2
        self.sha256 = ""
        with self.path.open("wb") as file:
            block = os.urandom(1024**2)
            for _ in range(megabytes):
                file.write(block)

    def become_another(self) -> None:
        """Change its first bytes, and reckon its hash as a client does."""
        with self.path.open("r+b") as file:
            file.write(os.urandom(16))
        with self.path.open("rb") as file:
            self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()


class Sender:
    """Somebody who sends files as fast as a socket takes them."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        """Take the server and what goes with every request."""
        self._port = port
        self._headers = {"Host": f"127.0.0.1:{port}", "Connection": "close", **headers}

    def send(
        self, method: str, path: str, headers: dict[str, str], file: File | None = None, start: int = 0, size: int = 0
    ) -> dict[str, str]:
        """One request with a part of the file as its body; answers the headers of the answer."""
        given = self._headers | headers | {"Content-Length": str(size)}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items()), "", ""]
        with socket.create_connection(("127.0.0.1", self._port)) as connection:
            connection.sendall("\r\n".join(lines).encode())
            if file is not None:
                with file.path.open("rb") as body:
                    connection.sendfile(body, offset=start, count=size)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        found = ANSWERED.match(answer)
        if found is None or not found[1].startswith(b"2"):
            raise RuntimeError(answer[:2000])
        head = found[2].partition(b"\r\n\r\n")[0].decode("latin-1")
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head.split("\r\n"))}


def measure(bench: Bench) -> Iterator[Row]:
    """The three in turn, in each round, so that the machine is the same for all."""
    megabytes, rounds = (QUICK_MEGABYTES, QUICK_ROUNDS) if bench.quick else (MEGABYTES, ROUNDS)
    file = File(bench.folder, megabytes)
    port, records = free_port(), _records(bench)
    with _bare_handler(bench, port):
        bare = Sender(port, {})
        rates: dict[str, list[float]] = {"bare": [], "one go": [], "parts": []}
        for _ in range(rounds + 1):
            for name, found in rates.items():
                file.become_another()
                began = time.perf_counter()
                if name == "bare":
                    bare.send("POST", "/", {}, file, 0, file.size)
                elif name == "one go":
                    records.in_one_go(file)
                else:
                    records.in_parts(file)
                found.append(megabytes / (time.perf_counter() - began))
    file.path.unlink()
    middle = {name: quantile(found[1:], 0.5) for name, found in rates.items()}  # the first round warms up
    size = f"{megabytes} MB, {rounds} times"
    yield Row(
        "bare handler, MB a second",
        size,
        per_second=middle["bare"],
        note="body to a file, hashed, synced, renamed; no people, rows or offsets",
    )
    yield Row(
        "POST in one go, MB a second", size, per_second=middle["one go"], beside=middle["one go"] / middle["bare"]
    )
    note = f"tus PATCHes of {PART_MEGABYTES} MB, each synced and recorded; the whole is hashed from the disk at the end"
    beside = middle["parts"] / middle["bare"]
    yield Row("in parts (tus), MB a second", size, per_second=middle["parts"], beside=beside, note=note)


class Records:
    """A records officer, signed in at the real server."""

    def __init__(self, sender: Sender, property_id: str, folder: str) -> None:
        """Take where files go."""
        self._sender = sender
        self._property_id = property_id
        self._folder = folder

    def in_one_go(self, file: File) -> None:
        """The simple upload."""
        query = urlencode({"folder_id": self._folder, "file_name": "survey.bin"})
        headers = {"Content-Type": "application/octet-stream", "X-Content-SHA256": file.sha256}
        path = f"/api/files/properties/{self._property_id}/documents?{query}"
        self._sender.send("POST", path, headers, file, 0, file.size)

    def in_parts(self, file: File) -> None:
        """Announce it, then part after part."""
        about = {"property_id": self._property_id, "folder_id": self._folder, "sha256": file.sha256}
        announced = tus_headers(b"", **about) | {"Upload-Length": str(file.size)}
        place = self._sender.send("POST", "/api/files/uploads", announced)["location"]
        for offset in range(0, file.size, PART_MEGABYTES * 1024**2):
            size = min(PART_MEGABYTES * 1024**2, file.size - offset)
            answer = self._sender.send("PATCH", place, part_headers(offset), file, offset, size)
        if "banksia-document" not in answer:
            raise RuntimeError(answer)


def _records(bench: Bench) -> Records:
    url = bench.serve()
    with bench.platform.database.session(bench.organisation_id) as session:
        system = Actor.system(bench.organisation_id)
        user = create_user(
            session,
            system,
            email="files@bench.example",
            name="Records",
            kind="staff",
            roles=["records_officer"],
            verified=True,
        )
        session.flush()
        opened = open_session(session, Actor(bench.organisation_id, "staff", user_id=user.id))
        property_id = make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["2/2/DP2288"])
        folder = folder_id(session, system)
    headers = {"Cookie": f"banksia_session={opened.token}", "X-CSRF-Token": opened.csrf_token, "Origin": url}
    return Records(Sender(int(url.rsplit(":", 1)[1]), headers), str(property_id), str(folder))


@contextmanager
def _bare_handler(bench: Bench, port: int) -> Iterator[None]:
    """The bare handler in a process of its own, on the same disk, served as the real one is."""
    folder = bench.folder / "bare"
    folder.mkdir()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--no-ws", "--log-level", "warning"]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), "bench.bare_upload:application"],
        env=bench.installation.environment(**variables_of(bench.settings), **{bare_upload.FOLDER: str(folder)}),
    )
    try:
        eventually(lambda: listens(port), "the bare handler listens")
        yield
    finally:
        process.terminate()
        process.wait()

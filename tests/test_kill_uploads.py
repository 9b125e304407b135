"""A file comes in parts while the API is killed with -9 between any two steps; it is there once, byte for byte.

The person does what a page does by itself: when the connection breaks, it asks where the upload stands and goes on from
there.
"""

import hashlib
import uuid
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pytest
from live import Live, live

from banksia.kit.kill_points import UPLOAD_KILL_POINTS
from banksia.kit.module import Modules
from banksia.modules.files.tests.factories import part_headers, tus_headers
from banksia.modules.property.tests.factories import make_property
from banksia.testing.databases import TestDatabases

pytestmark = pytest.mark.slow
PART = 1024**2 + 7
POINTS = (*UPLOAD_KILL_POINTS[:-1], "storage.bytes_received", "storage.bytes_kept", UPLOAD_KILL_POINTS[-1])
"""In the order in which an upload comes by; those of every stored file lie before the last."""


@pytest.fixture(scope="module")
def here(databases: TestDatabases, modules: Modules, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(databases, modules, tmp_path_factory.mktemp("uploads")) as found:
        yield found


@pytest.fixture(scope="module")
def records(here: Live) -> httpx.Client:
    browser: httpx.Client = here.browser("records_officer")
    return browser


def restart(here: Live, **variables: str) -> None:
    """Kill the API, if it still runs, and start it again."""
    if "api" in here.processes.processes:
        here.processes.kill("api")
    here.processes.log_of("api").unlink(missing_ok=True)
    here.start("api", **variables)


def send(records: httpx.Client, place: str, content: bytes, offset: int) -> Any:
    """One part, as large as a page sends them."""
    return records.patch(place, content=content[offset : offset + PART], headers=part_headers(offset))


def begin(records: httpx.Client, property_id: uuid.UUID, content: bytes) -> str:
    """Announce the file; answers where its parts go."""
    folder = records.get("/api/files/folders").json()[1]["id"]
    about = tus_headers(content, property_id=property_id, folder_id=folder)
    return str(records.post("/api/files/uploads", headers=about).headers["location"])


def go_on(records: httpx.Client, place: str, content: bytes) -> str:
    """Ask where it stands and send the rest; answers the document. Whole already, one request without bytes does it."""
    head = records.head(place, headers={"Tus-Resumable": "1.0.0"}).headers
    while "banksia-document" not in head:
        answer = send(records, place, content, int(head["upload-offset"]))
        assert answer.status_code == 204, answer.text
        head = answer.headers
    return str(head["banksia-document"])


def test_a_file_whose_server_is_killed_at_every_step_arrives_whole_and_once(here: Live, records: httpx.Client) -> None:
    content = b"\x01" * PART + b"\x02" * PART + b"the last part"
    with here.platform.database.session(here.organisation_id) as session:
        property_id = make_property(session, address="9 MORT STREET", parcels=["9//DP88009"])
    place = ""
    for point in POINTS:
        restart(here, BANKSIA_KILL_POINT=point)
        place = place or begin(records, property_id, content)
        with pytest.raises(httpx.TransportError):
            go_on(records, place, content)
        assert f"kill point {point} reached" in here.processes.log_of("api").read_text("utf-8", errors="replace")
        assert here.query("SELECT count(*) FROM files.documents") == [(0,)]
    restart(here)
    document_id = go_on(records, place, content)
    assert go_on(records, place, content) == document_id
    (document,) = records.get(f"/api/files/properties/{property_id}/documents").json()["results"]
    assert (document["id"], document["latest"]["number"]) == (document_id, 1)
    kept = records.get(f"/api/files/documents/{document_id}/versions/1/content").content
    assert hashlib.sha256(kept).hexdigest() == document["latest"]["sha256"] == hashlib.sha256(content).hexdigest()

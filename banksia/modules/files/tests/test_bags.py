"""A property's file as a bag: what is restricted, kept or said stays so, and twice at once brings everything once."""

import contextlib
import hashlib
import io
import json
import threading
import uuid
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files import queries, service
from banksia.modules.files.errors import BagInvalid
from banksia.modules.files.models import Document
from banksia.modules.files.permissions import BATCHES_LOAD
from banksia.modules.files.service.bags import importing
from banksia.modules.files.service.writing import Bytes, write_document
from banksia.modules.files.tests.factories import make_property, upload
from banksia.modules.files.tests.secrets import FILES, ok, send_version

INDEX = "data/metadata.json"


def take(client: TestClient, property_id: uuid.UUID) -> bytes:
    answer = client.get(f"{FILES}/properties/{property_id}/bag")
    assert answer.status_code == 200, answer.text
    return answer.content


def bring(client: TestClient, property_id: uuid.UUID, bag: bytes) -> Any:
    headers = {"Content-Type": "application/octet-stream", "X-Content-SHA256": hashlib.sha256(bag).hexdigest()}
    return client.post(f"{FILES}/properties/{property_id}/bag", content=bag, headers=headers)


def index_of(bag: bytes) -> Any:
    return json.loads(read(bag, INDEX))


def read(bag: bytes, path: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(bag)) as packed:
        return packed.read(next(name for name in packed.namelist() if name.endswith(path)))


def with_index(bag: bytes, index: object) -> bytes:
    """The same bag with another index, which no hash in a bag is checked for."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bag)) as packed, zipfile.ZipFile(out, "w") as written:
        for name in packed.namelist():
            written.writestr(name, json.dumps(index) if name.endswith(INDEX) else packed.read(name))
    return out.getvalue()


def file_of(client: TestClient, property_id: uuid.UUID) -> Any:
    return client.get(f"{FILES}/properties/{property_id}").json()


def named(client: TestClient, property_id: uuid.UUID, name: str) -> list[Any]:
    """The open folders of a name in a property's file."""
    folders = file_of(client, property_id)["folders"]
    return [each for each in folders if each["name"] == name and each["archived_at"] is None]


def shown(client: TestClient, property_id: uuid.UUID) -> list[str]:
    rows = client.get(f"{FILES}/properties/{property_id}/documents").json()["results"]
    return sorted(each["title"] for each in rows)


@pytest.fixture
def boss(signed_in_as: Callable[..., TestClient]) -> TestClient:
    return signed_in_as("administrator")


class TestRestricted:
    @pytest.fixture
    def bag(self, boss: TestClient, home: uuid.UUID, folders: dict[str, str]) -> bytes:
        """With a document in a restricted folder, which the council has archived since."""
        ok(upload(boss, home, b"order", folder_id=folders["closed"], title="Order"))
        bag = take(boss, home)
        ok(boss.patch(f"{FILES}/folders/{folders['closed']}", json={"is_archived": True}))
        return bag

    def test_a_folder_that_is_made_for_it_is_restricted(self, boss: TestClient, other: uuid.UUID, bag: bytes) -> None:
        ok(bring(boss, other, bag))
        (made,) = named(boss, other, "Notices and orders")
        assert (made["kind"], made["is_restricted"]) == ("own", True)
        assert shown(boss, other) == ["Order"]

    def test_nothing_comes_into_an_open_folder(self, boss: TestClient, other: uuid.UUID, bag: bytes) -> None:
        ok(boss.post(f"{FILES}/properties/{other}/folders", json={"name": "Notices and orders"}))
        refused = bring(boss, other, bag)
        assert (refused.status_code, refused.json()["type"]) == (422, BagInvalid.type_urn())
        assert "is restricted in the bag and would lie open here" in refused.json()["errors"][0]["message"]
        assert shown(boss, other) == []

    def test_only_who_may_open_such_folders_brings_it(
        self, boss: TestClient, transactions: Transactions, other: uuid.UUID, bag: bytes
    ) -> None:
        loader = Actor(
            transactions.actor.organisation_id, "staff", user_id=uuid.uuid4(), name="Ellen",
            permissions=frozenset({BATCHES_LOAD.name}),
        )  # fmt: skip
        stored = storage.put_bytes(transactions, bag)
        with pytest.raises(BagInvalid):
            service.import_bag(Transactions(transactions.platform, loader), property_id=other, stored=stored)
        assert shown(boss, other) == []


class TestKept:
    @pytest.mark.parametrize("kept_as", ["significant-applications", "subdivisions", None])
    def test_an_application_comes_back_with_its_class(
        self, boss: TestClient, home: uuid.UUID, other: uuid.UUID, kept_as: str | None
    ) -> None:
        wanted = {"number": "2017/41", "kept_as": kept_as or "major-works"}
        top = ok(boss.post(f"{FILES}/properties/{home}/applications", json=wanted))
        if kept_as is None:
            none = {"retention_class_id": None}
            top = ok(boss.put(f"{FILES}/property-folders/{top['id']}/retention", json=none))
        (plans,) = named(boss, home, "Plans")
        ok(upload(boss, home, b"plans", folder_id=plans["id"]))
        ok(bring(boss, other, take(boss, home)))
        (made,) = named(boss, other, "DA 2017/41")
        assert made["retention_class_id"] == top["retention_class_id"]

    def test_so_does_a_folder_of_the_file_alone(self, boss: TestClient, home: uuid.UUID, other: uuid.UUID) -> None:
        classes = {each["code"]: each["id"] for each in boss.get(f"{FILES}/retention-classes").json()}
        own = ok(boss.post(f"{FILES}/properties/{home}/folders", json={"name": "Old register"}))["id"]
        kept = {"retention_class_id": classes["registers"]}
        ok(boss.put(f"{FILES}/property-folders/{own}/retention", json=kept))
        ok(upload(boss, home, b"page", folder_id=own))
        ok(bring(boss, other, take(boss, home)))
        (made,) = named(boss, other, "Old register")
        assert made["retention_class_id"] == classes["registers"]


class TestWhole:
    def test_two_documents_with_the_same_bytes_are_two(
        self, records: TestClient, home: uuid.UUID, other: uuid.UUID, folders: dict[str, str]
    ) -> None:
        for title in ("Leaflet", "Leaflet, signed"):
            ok(upload(records, home, b"same", folder_id=folders["open"], title=title, add_anyway=True))
        bag = take(records, home)
        ok(upload(records, other, b"same", folder_id=folders["open"], title="Leaflet, signed", add_anyway=True))
        for came, here in ((1, 1), (0, 2)):
            assert ok(bring(records, other, bag)) == {"documents": came, "already_here": here, "comments": 0}
            assert shown(records, other) == ["Leaflet", "Leaflet, signed"]

    def test_what_was_said_of_the_file_and_of_folders_comes_too(
        self, records: TestClient, home: uuid.UUID, other: uuid.UUID
    ) -> None:
        own = ok(records.post(f"{FILES}/properties/{home}/folders", json={"name": "Old shed"}))["id"]
        where = f"{FILES}/properties/{home}/comments"
        ok(records.post(where, json={"text": "Owner rang"}))
        ok(records.post(where, json={"text": "Key is missing", "folder_id": own}))
        bag = take(records, home)
        for came in (2, 0):
            assert ok(bring(records, other, bag))["comments"] == came
        (made,) = named(records, other, "Old shed")
        there = f"{FILES}/properties/{other}/comments"
        for text_, about in (("Owner rang", {}), ("Key is missing", {"folder_id": made["id"]})):
            (said,) = records.get(there, params=about).json()["results"]
            assert said["text"].startswith(f"{text_}\n(")
        assert ok(bring(records, home, bag)) == {"documents": 0, "already_here": 0, "comments": 0}

    def test_a_document_without_a_folder_is_refused_with_a_sentence(
        self, records: TestClient, home: uuid.UUID, other: uuid.UUID, folders: dict[str, str]
    ) -> None:
        ok(upload(records, home, b"letter", folder_id=folders["open"]))
        bag = take(records, home)
        index = index_of(bag)
        index["documents"][0]["folder"] = []
        refused = bring(records, other, with_index(bag, index))
        assert (refused.status_code, refused.json()["type"]) == (422, BagInvalid.type_urn())

    def test_a_bag_of_former_days_says_nothing_of_folders(
        self, records: TestClient, home: uuid.UUID, other: uuid.UUID, folders: dict[str, str]
    ) -> None:
        ok(upload(records, home, b"letter", folder_id=folders["open"]))
        bag = take(records, home)
        index = index_of(bag)
        del index["folders"], index["left_out"]
        assert ok(bring(records, other, with_index(bag, index)))["documents"] == 1

    def test_the_same_bag_twice_at_once_brings_everything_once(
        self, live_platform: Platform, live_organisation: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        live = Transactions(live_platform, Actor.system(live_organisation.id))
        with live() as session:
            home, other = (make_property(session, parcels=[lot]) for lot in ("2/2/DP2288", "7//DP9"))
            own = service.create_folder(session, live.actor, property_id=home, parent_id=None, name="Old shed")
            document = Document(
                organisation_id=live.actor.organisation_id, property_id=home, folder_id=own.id, title="Letter",
                description="", property_label="",
            )  # fmt: skip
        stored = storage.put_bytes(live, b"letter")
        with live() as session:
            write_document(session, live.actor, document, Bytes(stored, "letter.txt"), action="document_added")
            packed = service.export_file(session, live.actor, property_id=home)
        bag = io.BytesIO()
        with zipfile.ZipFile(bag, "w") as written:
            for member in packed.members:
                written.writestr(member.name, member.content if isinstance(member, storage.ZipText) else b"letter")
        both = threading.Barrier(2)

        def write_together(*given: Any, **about: Any) -> Document:
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(timeout=1)  # who takes turns is not there with the other
            return write_document(*given, **about)

        monkeypatch.setattr(importing, "write_document", write_together)
        kept = storage.put_bytes(live, bag.getvalue())
        with ThreadPoolExecutor(2) as pool:
            came = list(
                pool.map(lambda _: service.import_bag(live, property_id=other, stored=kept).documents, range(2))
            )
        with live() as session:
            there = queries.documents_of(live.actor.organisation_id).where(Document.property_id == other)
            assert (sorted(came), len(list(session.scalars(there)))) == ([0, 1], 1)


class TestUnsafe:
    def test_bytes_that_are_not_handed_out_are_left_out_and_named(
        self, records: TestClient, transactions: Transactions, home: uuid.UUID, other: uuid.UUID,
        folders: dict[str, str],
    ) -> None:  # fmt: skip
        ok(upload(records, home, b"letter", folder_id=folders["open"], title="Letter"))
        bad = ok(upload(records, home, b"first sheet", folder_id=folders["open"], title="Sheets"))["id"]
        ok(send_version(records, bad, b"virus sheet"))
        ok(upload(records, home, b"broken sheet", folder_id=folders["open"], title="Broken"))
        with transactions() as session:
            versions = "(SELECT object_id FROM files.document_versions WHERE sha256 = :sha256)"
            found = (
                f"UPDATE files.contents SET virus_scan = 'infected', virus_name = 'Eicar' WHERE object_id = {versions}"  # noqa: S608
            )
            session.execute(text(found), {"sha256": hashlib.sha256(b"virus sheet").hexdigest()})
            damaged = f"""
                INSERT INTO storage.verifications (id, created_at, organisation_id, object_id, verified_at, verdict)
                SELECT gen_random_uuid(), now(), organisation_id, id, now(), 'damaged'
                FROM storage.objects WHERE id = {versions}
            """  # noqa: S608
            session.execute(text(damaged), {"sha256": hashlib.sha256(b"broken sheet").hexdigest()})
        bag = take(records, home)
        for content in (b"virus sheet", b"broken sheet"):
            assert content not in bag
        assert b"first sheet" in bag
        named_ = {(each["title"], each["number"], each["why"].split(":")[0]) for each in index_of(bag)["left_out"]}
        assert named_ == {
            ("Sheets", 2, "A virus was found in it"),
            ("Broken", 1, "The stored bytes are not those that came."),
        }
        (line,) = records.get(f"{FILES}/properties/{home}/log", params={"limit": 1}).json()["results"]
        assert line["detail"]["note"] == "Left out for a virus or damaged bytes: 2 of 4 files"
        assert b"data/index.csv names them: 2\n" in read(bag, "bag-info.txt")
        assert b"Left out: zebra signed.pdf. A virus was found in it: Eicar." in read(bag, "data/index.csv")
        assert ok(bring(records, other, bag))["documents"] == 2
        assert shown(records, other) == ["Letter", "Sheets"]

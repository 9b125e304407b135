"""Scanned shelves: a dry run with verdicts, a load that a kill only pauses, its undoing; and bags out and in."""

import contextlib
import hashlib
import io
import threading
import uuid
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files import queries, service
from banksia.modules.files.errors import BagInvalid, PlaceNotAllowed
from banksia.modules.files.models import Batch, BatchRow, Document
from banksia.modules.files.schemas.keeping import HoldCreate
from banksia.modules.files.schemas.talking import CommentCreate
from banksia.modules.files.service.loading import running, undoing
from banksia.modules.files.service.writing import write_document
from banksia.modules.files.tests.factories import folder_id, make_property, upload

MANIFEST = """path,parcel,folder,title,date,box
plans/a.pdf,2/2/DP2288,DA 2017/41/Plans,Stamped plans,12/3/2017,B 7
b.txt,Lot 2 Sec 2 DP 2288,General correspondence/Letters,Letter,2018-01-02,B 7
gone.pdf,2/2/DP2288,Rates,Gone,,
c.txt,9/9/DP999,Rates,Wrong lot,,
d.txt,2/2/DP2288,Nowhere,Wrong folder,,
../secret.txt,2/2/DP2288,Rates,Out,,
b.txt,2/2/DP2288,Rates,Twice,,
e.txt,2/2/DP2288,Rates,Bad day,31/2/2017,
"""
both_stores = pytest.mark.parametrize("own_store", ["file", "s3"], indirect=True)


@pytest.fixture
def shelf(tmp_path: Path, property_id: uuid.UUID) -> Path:
    (tmp_path / "plans").mkdir()
    for name in ("plans/a.pdf", "b.txt", "c.txt", "d.txt", "e.txt"):
        (tmp_path / name).write_text(f"scan of {name}")
    (tmp_path / "manifest.csv").write_text(MANIFEST, encoding="utf-8-sig")
    return tmp_path


@pytest.fixture
def checked(transactions: Transactions, shelf: Path) -> uuid.UUID:
    with transactions() as session:
        batch = service.create_batch(session, transactions.actor, place=str(shelf), name="Shelf 7", in_browser=False)
    service.check_batch(transactions, batch_id=batch.id)
    return batch.id


def documents(session: Session, actor: Actor) -> list[Document]:
    present = queries.documents_of(actor.organisation_id).where(Document.state == "present")
    return list(session.scalars(present.order_by(Document.title)))


def load(transactions: Transactions, batch_id: uuid.UUID) -> None:
    with transactions() as session:
        service.start_load(session, transactions.actor, batch_id=batch_id, in_browser=False)
    service.load_batch(transactions, batch_id=batch_id)


class TestCheckBatch:
    def test_says_of_each_line_why_it_cannot_be_loaded(self, transactions: Transactions, checked: uuid.UUID) -> None:
        with transactions() as session:
            rows = session.scalars(
                queries.batch_rows_of(transactions.actor.organisation_id, checked).order_by(BatchRow.number)
            )
            verdicts = [(row.number, row.verdict, row.reason.split(".")[0]) for row in rows]
            assert documents(session, transactions.actor) == []
        assert verdicts == [
            (2, "ready", ""),
            (3, "ready", ""),
            (4, "rejected", "The file is not there"),
            (5, "rejected", "No property has 9/9/DP999"),
            (6, "rejected", "There is no folder “Nowhere” in the files of this council"),
            (7, "rejected", "The path is empty or leads out of the folder"),
            (8, "rejected", "This file stands in the manifest already"),
            (9, "rejected", "“31/2/2017” is no day"),
        ]

    def test_a_council_loads_from_its_own_part_only(self, transactions: Transactions, shelf: Path) -> None:
        with transactions() as session, pytest.raises(PlaceNotAllowed):
            service.create_batch(session, transactions.actor, place=str(shelf), name="")


class TestLoadBatch:
    def test_loads_each_file_once_into_its_folder(self, transactions: Transactions, checked: uuid.UUID) -> None:
        load(transactions, checked)
        load_again = service.load_batch(transactions, batch_id=checked)
        assert (load_again.state, load_again.counts["loaded"]) == ("loaded", 2)
        with transactions() as session:
            letter, plans = documents(session, transactions.actor)
            assert (letter.title, plans.title, str(plans.dated_on)) == ("Letter", "Stamped plans", "2017-03-12")
            assert plans.latest.sha256 == hashlib.sha256(b"scan of plans/a.pdf").hexdigest()

    def test_one_that_was_broken_off_goes_on(
        self, transactions: Transactions, checked: uuid.UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def die(_name: str) -> None:
            raise KeyboardInterrupt

        with transactions() as session:
            service.start_load(session, transactions.actor, batch_id=checked, in_browser=False)
        with monkeypatch.context() as patch:
            patch.setattr(running, "reach", die)
            with pytest.raises(KeyboardInterrupt):
                service.load_batch(transactions, batch_id=checked)
        service.load_batch(transactions, batch_id=checked)
        with transactions() as session:
            assert [each.title for each in documents(session, transactions.actor)] == ["Letter", "Stamped plans"]

    def test_two_loads_of_one_shelf_at_once_store_each_file_once(
        self, live_platform: Platform, live_organisation: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        live = Transactions(live_platform, Actor.system(live_organisation.id))
        (tmp_path / "a.txt").write_text("scan of a.txt")
        (tmp_path / "manifest.csv").write_text("path,parcel,folder,title\na.txt,2/2/DP2288,Rates,A")
        with live() as session:
            make_property(session, parcels=["2/2/DP2288"])
        batches = []
        for _ in range(2):
            with live() as session:
                batch = service.create_batch(session, live.actor, place=str(tmp_path), name="", in_browser=False)
            service.check_batch(live, batch_id=batch.id)
            with live() as session:
                service.start_load(session, live.actor, batch_id=batch.id, in_browser=False)
            batches.append(batch.id)
        both = threading.Barrier(2)

        def write_together(*given: Any, **named: Any) -> Document:
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(timeout=1)  # who takes turns is not there with the other
            return write_document(*given, **named)

        monkeypatch.setattr(running, "write_document", write_together)
        with ThreadPoolExecutor(2) as pool:
            loads = list(pool.map(lambda batch_id: service.load_batch(live, batch_id=batch_id), batches))
        assert sorted(next(iter(each.counts)) for each in loads) == ["already_here", "loaded"]

    def test_is_taken_back_as_a_unit(
        self, transactions: Transactions, checked: uuid.UUID, actor_with: Callable[..., Actor]
    ) -> None:
        boss = actor_with("administrator")
        load(transactions, checked)
        undone = undo(transactions, checked)
        with transactions() as session:
            assert (undone.state, documents(session, transactions.actor)) == ("undone", [])
            removals, _ = service.list_removals(session, boss, state="isolated", limit=9, cursor=None)
            assert len(removals) == 2
            service.restore_document(session, boss, removal_id=removals[0].id)
            assert len(documents(session, transactions.actor)) == 1

    def test_a_request_to_remove_one_is_decided_by_it(
        self, transactions: Transactions, checked: uuid.UUID, actor_with: Callable[..., Actor]
    ) -> None:
        viewer, boss = actor_with("files_viewer"), actor_with("administrator")
        load(transactions, checked)
        with transactions() as session:
            asked = documents(session, transactions.actor)[0]
            service.ask_removal(session, viewer, document_id=asked.id, reason="Twice here")
        undone = undo(transactions, checked)
        assert (undone.state, undone.counts.get("undone")) == ("undone", 2)
        with transactions() as session:
            removals, _ = service.list_removals(session, boss, state="isolated", limit=9, cursor=None)
            assert {each.reason for each in removals} == {"Twice here", "The load Shelf 7 was taken back."}
            lines, _ = service.document_log(session, boss, document_id=asked.id, limit=1, cursor=None)
            assert lines[0].detail["note"] == f"{viewer.name} had asked to remove it: Twice here"

    def test_what_stays_is_not_counted_as_taken_back(
        self, transactions: Transactions, checked: uuid.UUID, actor_with: Callable[..., Actor]
    ) -> None:
        boss = actor_with("administrator")
        load(transactions, checked)
        with transactions() as session:
            letter = documents(session, transactions.actor)[0]
            wanted = HoldCreate(property_id=letter.property_id, document_id=letter.id, reason="Court case")
            service.place_hold(session, boss, wanted=wanted)
        undone = undo(transactions, checked)
        assert {key: undone.counts.get(key) for key in ("undone", "kept")} == {"undone": 1, "kept": 1}
        with transactions() as session:
            assert [each.title for each in documents(session, transactions.actor)] == ["Letter"]
        said = b"".join(service.rejected_rows(transactions, batch_id=checked)).decode()
        assert '3,not taken back,"A hold is on, so it stays: Court case",b.txt' in said

    def test_what_was_worked_on_since_stays(
        self, transactions: Transactions, checked: uuid.UUID, actor_with: Callable[..., Actor]
    ) -> None:
        officer = actor_with("records_officer")
        load(transactions, checked)
        with transactions() as session:
            letter, plans = documents(session, transactions.actor)
            for each in (letter, plans):  # a look is no work
                service.record_download(session, officer, document_id=each.id, number=1, shown=False)
            wanted = CommentCreate(text="Sheet 4 is missing", document_id=letter.id)
            service.add_comment(session, officer, property_id=letter.property_id, wanted=wanted)
        undone = undo(transactions, checked)
        assert {key: undone.counts.get(key) for key in ("undone", "kept")} == {"undone": 1, "kept": 1}
        with transactions() as session:
            assert [each.title for each in documents(session, transactions.actor)] == ["Letter"]
        said = b"".join(service.rejected_rows(transactions, batch_id=checked)).decode()
        assert '3,not taken back,"It was commented on since, so it stays.",b.txt' in said

    def test_every_administrator_hears_of_it_once(
        self, transactions: Transactions, checked: uuid.UUID, actor_with: Callable[..., Actor]
    ) -> None:
        bosses = {actor_with("administrator").email for _ in range(2)}
        load(transactions, checked)
        undo(transactions, checked)
        with transactions() as session:
            mails = text("SELECT to_address, text FROM notifications.messages WHERE template = 'files/load_undone'")
            told = session.execute(mails).all()
        assert {to for to, _ in told} == bosses
        assert len(told) == len(bosses)
        assert all("2 documents are in isolation and can be restored there." in words for _, words in told)

    def test_one_that_fails_says_so_and_can_be_tried_again(
        self, transactions: Transactions, checked: uuid.UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_given: object) -> None:
            raise OSError

        load(transactions, checked)
        with monkeypatch.context() as patch:
            patch.setattr(undoing, "index_documents", fail)
            broken = undo(transactions, checked)
        assert (broken.state, broken.counts.get("loaded"), broken.note) == ("undo_failed", 2, undoing.FAILED)
        again = undo(transactions, checked)
        assert (again.state, again.counts.get("undone"), again.note) == ("undone", 2, "")


def undo(transactions: Transactions, batch_id: uuid.UUID) -> Batch:
    with transactions() as session:
        service.start_undo(session, transactions.actor, batch_id=batch_id, in_browser=False)
    return service.undo_batch(transactions, batch_id=batch_id)


@both_stores
@pytest.mark.usefixtures("own_store")
class TestBag:
    def test_leaves_whole_and_comes_back_whole(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        with transactions() as session:
            folder = folder_id(session, transactions.actor)
            other = make_property(session, address="11 PORTLAND ROAD PORTLAND", parcels=["3/2/DP2288"])
        added = upload(records, property_id, b"first words", folder_id=folder, title="A letter: ä/ö").json()
        where = f"/api/files/properties/{property_id}"
        records.post(f"{where}/comments", json={"text": "Sheet 4", "document_id": added["id"]})
        bag = records.get(f"{where}/bag").content
        with zipfile.ZipFile(io.BytesIO(bag)) as packed:
            root = packed.namelist()[0].split("/")[0]
            lines = packed.read(f"{root}/manifest-sha256.txt").decode().splitlines()
            for line in lines:
                digest, path = line.split("  ", 1)
                assert hashlib.sha256(packed.read(f"{root}/{path}")).hexdigest() == digest
        assert len(lines) == 3
        for came in (1, 0):
            answer = send_bag(records, other, bag)
            counts = {"documents": came, "already_here": 1 - came, "comments": 0}
            assert (answer.status_code, answer.json()) == (201, counts)
        (back,) = records.get(f"/api/files/properties/{other}/documents").json()["results"]
        assert (back["title"], back["latest"]["sha256"]) == ("A letter: ä/ö", added["latest"]["sha256"])

    def test_chosen_documents_leave_as_a_zip(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        with transactions() as session:
            folder = folder_id(session, transactions.actor)
        contents = [b"first words", b"other words"]
        ids = [upload(records, property_id, each, folder_id=folder).json()["id"] for each in contents]
        answer = records.get("/api/files/zip", params={"document_id": ids})
        assert answer.status_code == 200, answer.text
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            whole = [packed.read(name) for name in packed.namelist()]
        assert set(contents) <= set(whole)

    def test_a_damaged_one_brings_nothing(
        self, records: TestClient, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        with transactions() as session:
            folder = folder_id(session, transactions.actor)
        upload(records, property_id, b"first words", folder_id=folder)
        bag = records.get(f"/api/files/properties/{property_id}/bag").content
        assert bag.count(b"first words") == 1
        answer = send_bag(records, property_id, bag.replace(b"first words", b"other words"))
        assert (answer.status_code, answer.json()["type"]) == (422, BagInvalid.type_urn())


def send_bag(client: TestClient, property_id: uuid.UUID, bag: bytes) -> Any:
    return client.post(
        f"/api/files/properties/{property_id}/bag",
        content=bag,
        headers={"Content-Type": "application/octet-stream", "X-Content-SHA256": hashlib.sha256(bag).hexdigest()},
    )

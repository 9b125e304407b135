"""The end of bytes: only of those that nothing names, remembered, and never against an upload of the same bytes."""

import threading
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from banksia.foundation.events.public import emit
from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.errors import StorageUnavailable
from banksia.foundation.storage.events import FixityFailed
from banksia.foundation.storage.models import StoredObject
from banksia.foundation.storage.public import compare_objects, open_object, purge_object, put_bytes, receive
from banksia.foundation.storage.queries import columns_of_objects, name_of_column
from banksia.foundation.storage.service.keeping import object_key, record_object, store_of
from banksia.foundation.storage.service.sweeping import sweep_objects
from banksia.kit import kill_points
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.kill_points import PURGE_KILL_POINTS
from banksia.kit.platform import Platform

LETTER = b"a letter that nobody needs"
VERSIONS = "files.document_versions.object_id"


class Killed(BaseException):
    """As SIGKILL, nothing after it is done; the transaction it happens in is lost."""


@pytest.fixture
def transactions(platform: Platform, organisation: Council, each_store: str) -> Transactions:
    assert each_store
    return Transactions(platform, Actor.system(organisation.id))


@pytest.fixture
def stored(transactions: Transactions) -> StoredObject:
    return put_bytes(transactions, LETTER)


def is_there(transactions: Transactions, stored: StoredObject) -> bool:
    key = object_key(stored.organisation_id, stored.sha256)
    return store_of(transactions.platform).size_of(key) is not None


def refer(transactions: Transactions, stored: StoredObject, statement: str) -> None:
    with transactions() as session:
        session.execute(text(statement), {"council": stored.organisation_id, "object": stored.id, "id": uuid.uuid4()})


A_CONTENT = """
INSERT INTO files.contents (id, created_at, organisation_id, object_id, text_state, text, text_note, picture_state,
    picture_note, is_scan, ocr_pages_done, ocr_seconds, virus_scan, virus_name)
VALUES (:id, now(), :council, :object, 'waiting', '', '', 'waiting', '', false, 0, 0, 'not_scanned', '')
"""


class TestPurgeObject:
    def test_removes_bytes_that_nothing_names_and_calls_them_no_loss(
        self, transactions: Transactions, stored: StoredObject
    ) -> None:
        assert purge_object(transactions, stored.id)
        assert purge_object(transactions, stored.id)
        assert not is_there(transactions, stored)
        swept = sweep_objects(transactions)
        assert (swept.rows_without_bytes, swept.bytes_without_row) == (0, 0)
        assert compare_objects(transactions).is_clean

    def test_keeps_what_a_row_of_any_module_names(self, transactions: Transactions, stored: StoredObject) -> None:
        refer(transactions, stored, A_CONTENT)
        assert not purge_object(transactions, stored.id)
        assert purge_object(transactions, stored.id, judged={"files.contents.object_id": lambda _: False})

    def test_keeps_what_is_named_inside_json(self, transactions: Transactions, stored: StoredObject) -> None:
        with transactions() as session:
            emit(session, FixityFailed(object_id=stored.id, sha256=stored.sha256, verdict="damaged"))
        assert not purge_object(transactions, stored.id)
        assert is_there(transactions, stored)

    def test_keeps_what_its_judge_needs(self, transactions: Transactions, stored: StoredObject) -> None:
        assert not purge_object(transactions, stored.id, judged={VERSIONS: lambda _: True})
        with pytest.raises(ValueError, match=r"files\.misspelt"):
            purge_object(transactions, stored.id, judged={"files.misspelt": lambda _: False})

    def test_finds_every_column_that_may_name_an_object(self) -> None:
        found = {name_of_column(column) for column in columns_of_objects()}
        assert found >= {
            VERSIONS,
            "files.contents.thumbnail_id",
            "payments.receipt_documents.object_id",
            "certificates.certificates.object_id",  # without a foreign key
            "property.import_runs.rejected_object_id",
            "certificates.drafts.attached",  # inside JSON
        }

    def test_the_same_bytes_that_come_again_are_an_object_again(
        self, transactions: Transactions, stored: StoredObject
    ) -> None:
        for _ in range(2):
            assert purge_object(transactions, stored.id)
            assert put_bytes(transactions, LETTER).id == stored.id
            assert b"".join(open_object(transactions.platform, stored)) == LETTER
            assert compare_objects(transactions).is_clean

    def test_an_upload_whose_bytes_a_purge_took_is_told_to_come_again(
        self, transactions: Transactions, stored: StoredObject
    ) -> None:
        """It found the bytes there, so it kept no copy of its own; then they went."""
        with receive(transactions.platform, size=len(LETTER)) as receiving:
            receiving.write(LETTER)
            kept = receiving.keep(transactions, sha256=stored.sha256)
        assert purge_object(transactions, stored.id)
        with pytest.raises(StorageUnavailable), transactions() as session:
            record_object(session, kept)

    def test_what_is_remembered_cannot_be_changed(self, transactions: Transactions, stored: StoredObject) -> None:
        purge_object(transactions, stored.id)
        with pytest.raises(ProgrammingError, match="permission denied"), transactions() as session:
            session.execute(text("DELETE FROM storage.purges"))

    @pytest.mark.parametrize("point", PURGE_KILL_POINTS)
    def test_killed_on_the_way_it_is_finished_by_doing_it_again(
        self, transactions: Transactions, stored: StoredObject, monkeypatch: pytest.MonkeyPatch, point: str
    ) -> None:
        def die(reached: str) -> None:
            if reached == point:
                raise Killed

        monkeypatch.setattr(kill_points, "_on_reach", die)
        with pytest.raises(Killed):
            purge_object(transactions, stored.id)
        assert sweep_objects(transactions).rows_without_bytes == 0
        monkeypatch.setattr(kill_points, "_on_reach", lambda _: None)
        assert purge_object(transactions, stored.id)
        assert put_bytes(transactions, LETTER).id == stored.id
        assert is_there(transactions, stored)


def test_purges_and_uploads_of_the_same_bytes_never_lose_them(
    live_platform: Platform, live_organisation: Council
) -> None:
    """Whoever was answered that the bytes are kept, and refers to them, finds them."""
    transactions = Transactions(live_platform, Actor.system(live_organisation.id))
    stored, kept = put_bytes(transactions, LETTER), list[uuid.UUID]()
    stop = threading.Event()

    def purge() -> None:
        while not stop.is_set():
            purge_object(transactions, stored.id, judged={"files.contents.object_id": lambda _: bool(kept)})

    purger = threading.Thread(target=purge)
    purger.start()
    try:
        for _ in range(10):
            try:
                with receive(live_platform, size=len(LETTER)) as receiving:
                    receiving.write(LETTER)
                    bytes_of_it = receiving.keep(transactions, sha256=stored.sha256)
                with transactions() as session:
                    record_object(session, bytes_of_it)
                    kept.append(stored.id)
            except StorageUnavailable:
                continue
            assert is_there(transactions, stored)
            kept.clear()
    finally:
        stop.set()
        purger.join()
    assert compare_objects(transactions).is_clean

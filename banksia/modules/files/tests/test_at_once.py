"""Two people at one document at once: the second waits for the first, and neither loses what was done."""

import threading
import time
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.public import put_bytes
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.models import new_id
from banksia.kit.platform import Platform
from banksia.modules.files import queries, service
from banksia.modules.files.models import Batch, BatchRow
from banksia.modules.files.schemas.talking import CommentCreate
from banksia.modules.files.service.finding import Narrow
from banksia.modules.files.service.reading import get_document, versions_of_document
from banksia.modules.files.service.writing import Bytes, write_next_version
from banksia.modules.files.tests.factories import PLAN, make_certificate, make_document, make_property

Work = Callable[[Session], object]
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


@pytest.fixture
def live(live_platform: Platform, live_organisation: Council) -> Transactions:
    return Transactions(live_platform, Actor.system(live_organisation.id))


@pytest.fixture
def home(live: Transactions) -> uuid.UUID:
    with live() as session:
        return make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["2/2/DP2288"])


@pytest.fixture
def document_id(live: Transactions, home: uuid.UUID) -> uuid.UUID:
    with live() as session:
        return make_document(session, live.actor, home).id


@pytest.fixture
def add_version(live: Transactions, document_id: uuid.UUID) -> Work:
    """What adds another version to the document."""

    def add(session: Session, wanted: uuid.UUID = document_id) -> None:
        content = Bytes(put_bytes(live, PLAN + wanted.bytes), "again.pdf")
        document = get_document(session, live.actor, document_id=wanted, lock=True)
        write_next_version(session, live.actor, document, content, action="version_added")

    return add


def one_after_the_other(live: Transactions, first: Work, second: Work) -> None:
    """Begin the second while the first is not committed, and see it wait."""
    failed: list[BaseException] = []

    def begin() -> None:
        try:
            with live() as session:
                second(session)
        except BaseException as error:  # noqa: BLE001  (the test's own thread raises it)
            failed.append(error)

    thread = threading.Thread(target=begin)
    with live() as session:
        first(session)
        session.flush()
        thread.start()
        ends_at = time.monotonic() + 20
        while not _somebody_waits(live):
            assert time.monotonic() < ends_at, failed or "nobody waited"
            time.sleep(0.02)
    thread.join(30)
    if failed:
        raise failed[0]


def _somebody_waits(live: Transactions) -> bool:
    with live() as session:
        return int(session.execute(WAITING).scalar_one()) > 0


def numbers_of(live: Transactions, document_id: uuid.UUID) -> list[int]:
    with live() as session:
        document = get_document(session, live.actor, document_id=document_id)
        return [each.number for each in versions_of_document(session, live.actor, document=document)]


class TestVersions:
    def test_both_are_kept(self, live: Transactions, document_id: uuid.UUID, add_version: Work) -> None:
        one_after_the_other(live, add_version, add_version)
        assert numbers_of(live, document_id) == [3, 2, 1]

    def test_a_certificate_is_filed_behind_one(self, live: Transactions, home: uuid.UUID) -> None:
        first, _ = make_certificate(live, home)
        with live() as session:
            service.file_certificate(session, first)
            placed, _ = service.list_documents(
                session, live.actor, property_id=home, folder_id=None, limit=9, cursor=None
            )
        again, _ = make_certificate(live, home, PLAN + b"again", supersedes_id=first.certificate_id)
        content = Bytes(put_bytes(live, PLAN + b"by hand"), "by hand.pdf")

        def add(session: Session) -> None:
            document = get_document(session, live.actor, document_id=placed[0].id, lock=True)
            write_next_version(session, live.actor, document, content, action="version_added")

        one_after_the_other(live, add, lambda session: service.file_certificate(session, again))
        assert numbers_of(live, placed[0].id) == [3, 2, 1]

    def test_a_load_that_is_taken_back_leaves_what_just_got_one(
        self, live: Transactions, document_id: uuid.UUID, add_version: Work
    ) -> None:
        with live() as session:
            batch_id = _batch(session, live.actor, document_id)
            service.start_undo(session, live.actor, batch_id=batch_id, in_browser=False)
        one_after_the_other(live, add_version, lambda _session: service.undo_batch(live, batch_id=batch_id))
        with live() as session:
            (row,) = session.scalars(queries.batch_rows_of(live.actor.organisation_id, batch_id))
        assert (row.verdict, row.reason) == ("kept", "It got a new version since, so it stays.")


def _batch(session: Session, actor: Actor, document_id: uuid.UUID) -> uuid.UUID:
    """A load of one document."""
    batch = Batch(
        id=new_id(), organisation_id=actor.organisation_id, name="Shelf 4", place="/srv/shelf-4", state="loaded",
        counts={}, started_by_name="Tom",
    )  # fmt: skip
    session.add(batch)
    session.flush()
    session.add(
        BatchRow(
            organisation_id=actor.organisation_id, batch_id=batch.id, number=2, path="a.pdf", title="", description="",
            folder_words="Rates", property_words="2/2/DP2288", box="", verdict="loaded", document_id=document_id,
        )
    )  # fmt: skip
    return batch.id


class TestWords:
    def test_of_both_comments_are_found(self, live: Transactions, home: uuid.UUID, document_id: uuid.UUID) -> None:
        def comment(words: str) -> Work:
            wanted = CommentCreate(text=words, document_id=document_id)
            return lambda session: service.add_comment(session, live.actor, property_id=home, wanted=wanted)

        one_after_the_other(live, comment("A wombat burrow"), comment("See the boatshed"))
        for words in ("wombat", "boatshed"):
            with live() as session:
                found = service.search_documents(session, live.actor, text=words, narrow=Narrow(), limit=9)
            assert [each.id for each in found.results] == [document_id], words

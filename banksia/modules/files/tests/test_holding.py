"""A hold keeps what the file that it is on shows: its own, what is linked into it, and what its land came from."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.modules.files import queries, service
from banksia.modules.files.errors import HeldInPlace, KeptForEver, NothingDue
from banksia.modules.files.models import Document, Folder
from banksia.modules.files.schemas.documents import DocumentUpdate, LinkCreate
from banksia.modules.files.schemas.keeping import DisposalCreate, HoldCreate
from banksia.modules.files.service.retention import NO_CLASS, Kept, why_kept
from banksia.modules.files.tests.factories import LONG_AGO, folder_id, keep_by, make_document, make_property

HELD = Kept("A hold is on: Court case")
DUE = DisposalCreate(title="Subdivisions", due_by_on=datetime.date(2026, 1, 1))


@pytest.fixture
def boss(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("administrator")


@pytest.fixture
def document_id(transactions: Transactions) -> uuid.UUID:
    """A document whose period is over, on a parcel that was divided later."""
    with transactions() as session:
        home = make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["B//DP397521"])
        document = make_document(session, transactions.actor, home)
        document.parcel = "B//DP397521"
        keep_by(session, transactions.actor, "subdivisions", archived_at=LONG_AGO)
        return document.id


@pytest.fixture
def child(transactions: Transactions, document_id: uuid.UUID, signed_in_as: Callable[..., TestClient]) -> uuid.UUID:
    """A property on a part of that parcel."""
    with transactions() as session:
        made = make_property(session, address="9A PORTLAND ROAD PORTLAND", parcels=["13//DP1242624"])
    event = {
        "kind": "subdivision", "plan": "DP 1242624", "occurred_on": "2018-03-12", "parents": ["B//DP397521"],
        "children": [{"parcel": f"{lot}//DP1242624"} for lot in (12, 13)], "source": "Plan of the subdivision",
    }  # fmt: skip
    assert signed_in_as("administrator").post("/api/property/lineage", json=event).status_code == 201
    return made


def hold(transactions: Transactions, boss: Actor, property_id: uuid.UUID, key: str | None = None) -> None:
    with transactions() as session:
        folder = folder_id(session, transactions.actor, key) if key else None
        wanted = HoldCreate(property_id=property_id, folder_id=folder, reason="Court case")
        service.place_hold(session, boss, wanted=wanted)


def why(transactions: Transactions, document_id: uuid.UUID) -> Kept | None:
    with transactions() as session:
        wanted = queries.documents_of(transactions.actor.organisation_id).where(Document.id == document_id)
        return why_kept(session, session.scalars(wanted).one())


def due(transactions: Transactions, boss: Actor) -> int:
    """How many documents a new list would name."""
    with transactions() as session, session.begin_nested() as undone:
        try:
            return service.create_disposal(session, boss, wanted=DUE).document_count
        except NothingDue:
            return 0
        finally:
            undone.rollback()


class TestLinked:
    @pytest.fixture
    def other(self, transactions: Transactions, boss: Actor, document_id: uuid.UUID) -> uuid.UUID:
        """A property into whose folder of rates the document is linked."""
        with transactions() as session:
            made = make_property(session, address="6 FAIRVIEW DRIVE SOUTH BOWENFELS", parcels=["2/2/DP2288"])
            wanted = LinkCreate(property_id=made, folder_id=folder_id(session, transactions.actor, "rates"))
            service.link_document(session, boss, document_id=document_id, wanted=wanted)
            return made

    @pytest.mark.parametrize(("key", "kept"), [(None, HELD), ("rates", HELD), ("general_correspondence", None)])
    def test_what_is_linked_into_a_held_file_is_kept(
        self,
        transactions: Transactions,
        boss: Actor,
        document_id: uuid.UUID,
        other: uuid.UUID,
        key: str | None,
        kept: Kept | None,
    ) -> None:
        assert (why(transactions, document_id), due(transactions, boss)) == (None, 1)
        hold(transactions, boss, other, key)
        assert (why(transactions, document_id), due(transactions, boss)) == (kept, 0 if kept else 1)


class TestInherited:
    @pytest.mark.parametrize(("key", "kept"), [(None, HELD), ("general_correspondence", HELD), ("rates", None)])
    def test_what_a_held_file_shows_of_its_parent_is_kept(
        self,
        transactions: Transactions,
        boss: Actor,
        document_id: uuid.UUID,
        child: uuid.UUID,
        key: str | None,
        kept: Kept | None,
    ) -> None:
        assert (why(transactions, document_id), due(transactions, boss)) == (None, 1)
        hold(transactions, boss, child, key)
        assert (why(transactions, document_id), due(transactions, boss)) == (kept, 0 if kept else 1)

    def test_what_lay_on_another_parcel_of_the_parent_is_not(
        self, transactions: Transactions, boss: Actor, document_id: uuid.UUID, child: uuid.UUID
    ) -> None:
        with transactions() as session:
            wanted = queries.documents_of(transactions.actor.organisation_id).where(Document.id == document_id)
            session.scalars(wanted).one().parcel = "C//DP397521"
        hold(transactions, boss, child)
        assert (why(transactions, document_id), due(transactions, boss)) == (None, 1)


class TestPutElsewhere:
    """Neither a hold nor a class that keeps for ever ends because a document is put elsewhere."""

    def move(self, transactions: Transactions, actor: Actor, document_id: uuid.UUID, key: str) -> None:
        with transactions() as session:
            keep_by(session, transactions.actor, "subdivisions", archived_at=None)
            wanted = DocumentUpdate(folder_id=folder_id(session, transactions.actor, key))
            service.change_document(session, actor, document_id=document_id, wanted=wanted)

    def own(self, transactions: Transactions, document_id: uuid.UUID) -> uuid.UUID:
        with transactions() as session:
            wanted = queries.documents_of(transactions.actor.organisation_id).where(Document.id == document_id)
            return session.scalars(wanted).one().property_id

    def test_what_a_held_folder_shows_is_not_moved_out_of_it(
        self, transactions: Transactions, boss: Actor, document_id: uuid.UUID
    ) -> None:
        hold(transactions, boss, self.own(transactions, document_id), "general_correspondence")
        with pytest.raises(HeldInPlace) as refused:
            self.move(transactions, boss, document_id, "rates")
        assert "A hold is on: Court case." in refused.value.detail
        assert why(transactions, document_id) == HELD

    def test_within_what_is_held_it_moves(
        self, transactions: Transactions, boss: Actor, document_id: uuid.UUID
    ) -> None:
        hold(transactions, boss, self.own(transactions, document_id))
        self.move(transactions, boss, document_id, "rates")
        assert why(transactions, document_id) == HELD

    def test_what_is_linked_into_a_held_file_stays_there(
        self, transactions: Transactions, boss: Actor, document_id: uuid.UUID
    ) -> None:
        with transactions() as session:
            other = make_property(session, address="6 FAIRVIEW DRIVE SOUTH BOWENFELS", parcels=["2/2/DP2288"])
            wanted = LinkCreate(property_id=other, folder_id=folder_id(session, transactions.actor, "rates"))
            service.link_document(session, boss, document_id=document_id, wanted=wanted)
        hold(transactions, boss, other)
        with transactions() as session, pytest.raises(HeldInPlace):
            service.unlink_document(session, boss, document_id=document_id, property_id=other)
        assert why(transactions, document_id) == HELD

    def test_from_a_class_that_keeps_for_ever_only_who_decides_about_keeping_moves_it(
        self, transactions: Transactions, boss: Actor, actor_with: Callable[..., Actor], document_id: uuid.UUID
    ) -> None:
        officer = actor_with("records_officer")
        with transactions() as session:
            top = service.create_application(
                session, boss, property_id=self.own(transactions, document_id), number="2017/41",
                kept_as="significant-applications",
            )  # fmt: skip
            parts = list(session.scalars(queries.folders_of(boss.organisation_id).where(Folder.parent_id == top.id)))
            wanted = [DocumentUpdate(folder_id=each.id) for each in parts[:2]]
        with transactions() as session:
            for each in wanted:  # in and about in it, everybody who adds documents moves it
                keep_by(session, transactions.actor, "subdivisions", archived_at=None)
                service.change_document(session, officer, document_id=document_id, wanted=each)
        with pytest.raises(KeptForEver):
            self.move(transactions, officer, document_id, "rates")
        self.move(transactions, boss, document_id, "rates")
        assert why(transactions, document_id) == Kept(NO_CLASS)

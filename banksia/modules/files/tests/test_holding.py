"""A hold keeps what the file that it is on shows: its own, what is linked into it, and what its land came from."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.modules.files import queries, service
from banksia.modules.files.errors import NothingDue
from banksia.modules.files.models import Document
from banksia.modules.files.schemas.documents import LinkCreate
from banksia.modules.files.schemas.keeping import DisposalCreate, HoldCreate
from banksia.modules.files.service.retention import Kept, why_kept
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

"""How documents leave: by two people, after isolation, and never while a class or a hold keeps them."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.storage.public import BytesMissing, StoredObject, open_object
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of
from banksia.modules.files import queries, service
from banksia.modules.files.errors import NothingDue, NotIsolated, SecondPersonNeeded
from banksia.modules.files.models import Document, Folder
from banksia.modules.files.schemas.keeping import DisposalCreate, HoldCreate, RemovalDecision
from banksia.modules.files.service.finding import Narrow
from banksia.modules.files.service.retention import NO_CLASS, Kept, why_kept
from banksia.modules.files.tests.factories import LONG_AGO, PLAN, keep_by, make_document, make_property

YES = RemovalDecision(approve=True)


@pytest.fixture
def asker(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("records_officer")


@pytest.fixture
def administrator(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("administrator")


@pytest.fixture
def document_id(transactions: Transactions) -> uuid.UUID:
    with transactions() as session:
        return make_document(session, transactions.actor, make_property(session)).id


def document(session: Session, document_id: uuid.UUID) -> Document:
    return session.scalars(queries.documents_of(organisation_id_of(session)).where(Document.id == document_id)).one()


@pytest.fixture
def isolated(transactions: Transactions, asker: Actor, administrator: Actor, document_id: uuid.UUID) -> uuid.UUID:
    """The removal of a document that was asked for and approved."""
    with transactions() as session:
        removal = service.ask_removal(session, asker, document_id=document_id, reason="Filed to the wrong lot")
        service.decide_removal(session, administrator, removal_id=removal.id, decision=YES)
        return removal.id


def bytes_of(transactions: Transactions, document_id: uuid.UUID) -> bytes:
    with transactions() as session:
        stored = session.get(StoredObject, document(session, document_id).latest.object_id)
    assert stored is not None
    return b"".join(open_object(transactions.platform, stored))


def found(transactions: Transactions) -> list[str]:
    with transactions() as session:
        answer = service.search_documents(session, transactions.actor, text="plans", narrow=Narrow(), limit=9)
    return [each.title for each in answer.results]


def over(transactions: Transactions, document_id: uuid.UUID) -> None:
    """Its days in isolation are over."""
    with transactions() as session:
        document(session, document_id).purge_after_at = utc_now() - datetime.timedelta(seconds=1)


class TestRemoval:
    def test_nobody_approves_what_they_asked_for(
        self, transactions: Transactions, administrator: Actor, document_id: uuid.UUID
    ) -> None:
        with transactions() as session:
            removal = service.ask_removal(session, administrator, document_id=document_id, reason="Twice here")
            with pytest.raises(SecondPersonNeeded):
                service.decide_removal(session, administrator, removal_id=removal.id, decision=YES)

    def test_an_isolated_document_is_nowhere_and_comes_back_whole(
        self, transactions: Transactions, administrator: Actor, document_id: uuid.UUID, isolated: uuid.UUID
    ) -> None:
        assert found(transactions) == []
        with transactions() as session:
            property_id = document(session, document_id).property_id
            assert service.read_file(session, transactions.actor, property_id=property_id).document_count == 0
            service.restore_document(session, administrator, removal_id=isolated)
        assert found(transactions) == ["Section 4.55 plans"]
        assert bytes_of(transactions, document_id) == PLAN

    def test_it_stays_for_ninety_days(
        self, transactions: Transactions, document_id: uuid.UUID, isolated: uuid.UUID
    ) -> None:
        with transactions() as session:
            ends = document(session, document_id).purge_after_at
        assert ends is not None
        assert ends >= utc_now() + datetime.timedelta(days=90) - datetime.timedelta(minutes=5)
        assert service.purge_isolated(transactions) == 0

    def test_then_a_stub_stays_and_nothing_restores_it(
        self, transactions: Transactions, administrator: Actor, document_id: uuid.UUID, isolated: uuid.UUID
    ) -> None:
        over(transactions, document_id)
        keep(transactions, "subdivisions", archived_at=LONG_AGO)
        assert service.purge_isolated(transactions) == 1
        with transactions() as session:
            stub = document(session, document_id)
            assert (stub.state, stub.title, len(stub.latest.sha256)) == ("purged", "Section 4.55 plans", 64)
            with pytest.raises(NotIsolated):
                service.restore_document(session, administrator, removal_id=isolated)
        with pytest.raises(BytesMissing):
            bytes_of(transactions, document_id)
        assert service.purge_isolated(transactions) == 0

    def test_a_hold_keeps_it_however_long_it_was_isolated(
        self, transactions: Transactions, administrator: Actor, document_id: uuid.UUID, isolated: uuid.UUID
    ) -> None:
        over(transactions, document_id)
        keep(transactions, "subdivisions", archived_at=LONG_AGO)
        with transactions() as session:
            property_id = document(session, document_id).property_id
            hold = service.place_hold(
                session, administrator, wanted=HoldCreate(property_id=property_id, reason="Court case")
            )
        assert service.purge_isolated(transactions) == 0
        with transactions() as session:
            service.lift_hold(session, administrator, hold_id=hold.id, because="Settled")
        assert service.purge_isolated(transactions) == 1

    def test_where_no_class_is_chosen_it_is_kept(
        self, transactions: Transactions, document_id: uuid.UUID, isolated: uuid.UUID
    ) -> None:
        over(transactions, document_id)
        assert service.purge_isolated(transactions) == 0
        with transactions() as session:
            assert why_kept(session, document(session, document_id)) == Kept(NO_CLASS)

    def test_a_class_that_keeps_for_ever_keeps_it(
        self, transactions: Transactions, document_id: uuid.UUID, isolated: uuid.UUID
    ) -> None:
        over(transactions, document_id)
        keep(transactions, "significant-applications")
        assert service.purge_isolated(transactions) == 0

    def test_every_administrator_hears_of_it(
        self, signed_in_as: Callable[..., TestClient], transactions: Transactions, document_id: uuid.UUID
    ) -> None:
        records, boss = signed_in_as("records_officer"), signed_in_as("administrator")
        asked = records.post(f"/api/files/documents/{document_id}/removals", json={"reason": "Twice here"})
        assert asked.status_code == 201, asked.text
        decide = f"/api/files/removals/{asked.json()['id']}/decide"
        assert records.post(decide, json={"approve": True}).status_code == 403
        assert boss.post(decide, json={"approve": True}).json()["state"] == "isolated"
        assert records.get(f"/api/files/documents/{document_id}").status_code == 404
        assert outbox(transactions, "files/removal") == 2


def outbox(transactions: Transactions, template: str) -> int:
    with transactions() as session:
        counted = text("SELECT count(*) FROM notifications.messages WHERE template = :template")
        return int(session.execute(counted, {"template": template}).scalar_one())


def keep(transactions: Transactions, code: str, **folder: object) -> None:
    """Keep what is in the general folder by a class."""
    with transactions() as session:
        keep_by(session, transactions.actor, code, **folder)


class TestWhyKept:
    @pytest.mark.parametrize(
        ("code", "folder", "kept"),
        [
            ("registers", {}, True),
            ("subdivisions", {}, True),
            ("subdivisions", {"archived_at": LONG_AGO}, False),
            ("subdivisions", {"archived_at": datetime.datetime(2020, 3, 1, tzinfo=datetime.UTC)}, True),
            ("major-works", {"archived_at": LONG_AGO}, True),
            (
                "major-works",
                {
                    "archived_at": LONG_AGO,
                    "demolished_on": datetime.date(2019, 5, 2),
                },
                False,
            ),
        ],
    )
    def test_by_its_folders_class(
        self, transactions: Transactions, document_id: uuid.UUID, code: str, folder: dict[str, object], kept: bool
    ) -> None:
        keep(transactions, code, **folder)
        with transactions() as session:
            assert (why_kept(session, document(session, document_id)) is not None) is kept


class TestDisposal:
    def test_two_people_destroy_what_is_due_and_a_certificate_tells_of_it(
        self, transactions: Transactions, asker: Actor, administrator: Actor, document_id: uuid.UUID
    ) -> None:
        keep(transactions, "subdivisions", archived_at=LONG_AGO)
        wanted = DisposalCreate(title="Subdivisions to 2021", due_by_on=datetime.date(2026, 1, 1))
        with transactions() as session:
            made = service.create_disposal(session, asker, wanted=wanted)
            assert made.document_count == 1
            with pytest.raises(SecondPersonNeeded):
                service.approve_disposal(session, asker, disposal_id=made.id)
            service.approve_disposal(session, administrator, disposal_id=made.id)
        service.destroy_disposal(transactions, disposal_id=made.id)
        service.destroy_disposal(transactions, disposal_id=made.id)
        with transactions() as session:
            done = service.read_disposal(session, administrator, disposal_id=made.id)
            assert (done.state, done.has_certificate) == ("done", True)
            assert document(session, document_id).state == "purged"
            stored, _ = service.disposal_certificate(session, administrator, disposal_id=made.id)
        assert stored.content_type == "application/pdf"

    def test_what_is_held_when_it_is_carried_out_stays(
        self, transactions: Transactions, asker: Actor, administrator: Actor, document_id: uuid.UUID
    ) -> None:
        keep(transactions, "subdivisions", archived_at=LONG_AGO)
        wanted = DisposalCreate(title="Subdivisions", due_by_on=datetime.date(2026, 1, 1))
        with transactions() as session:
            made = service.create_disposal(session, asker, wanted=wanted)
            service.approve_disposal(session, administrator, disposal_id=made.id)
            property_id = document(session, document_id).property_id
            service.place_hold(session, administrator, wanted=HoldCreate(property_id=property_id, reason="Court case"))
        service.destroy_disposal(transactions, disposal_id=made.id)
        with transactions() as session:
            rows, _ = service.list_disposal_documents(session, administrator, disposal_id=made.id, limit=9, cursor=None)
            assert [(row.is_kept, row.state) for row in rows] == [(True, "present")]

    def test_what_lies_in_a_part_of_an_application_is_due_and_held_with_the_whole(
        self, transactions: Transactions, asker: Actor, administrator: Actor, document_id: uuid.UUID
    ) -> None:
        wanted = DisposalCreate(title="Old sheds", due_by_on=datetime.date(2026, 1, 1))
        with transactions() as session:
            found = document(session, document_id)
            top = service.create_application(session, administrator, property_id=found.property_id, number="1999/41")
            parts = queries.folders_of(administrator.organisation_id).where(Folder.parent_id == top.id)
            found.folder_id = session.scalars(parts.limit(1)).one().id
            top.archived_at = LONG_AGO
            top.demolished_on = datetime.date(2019, 5, 2)
            about = HoldCreate(property_id=found.property_id, folder_id=top.id, reason="Court case")
            hold = service.place_hold(session, administrator, wanted=about)
            with pytest.raises(NothingDue):
                service.create_disposal(session, asker, wanted=wanted)
            assert why_kept(session, found) == Kept("A hold is on: Court case")
            service.lift_hold(session, administrator, hold_id=hold.id, because="Settled")
            assert service.create_disposal(session, asker, wanted=wanted).document_count == 1

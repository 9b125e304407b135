"""Certificates file themselves, once; and no death in between loses a document."""

import uuid
from collections.abc import Callable
from multiprocessing import get_context

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.kill_points import arm
from banksia.kit.module import discover
from banksia.kit.platform import Platform, make_platform
from banksia.kit.settings import Settings
from banksia.modules.files import service
from banksia.modules.files.errors import CertificateNotStored
from banksia.modules.files.schemas import PlacedDocument
from banksia.modules.files.schemas.folders import StructureFolderCreate
from banksia.modules.files.service.folders.structure import FIXED_FOLDERS
from banksia.modules.files.tests.factories import PLAN, Issued, folder_id, make_certificate, make_property, sha256


def file(transactions: Transactions, event: Issued) -> None:
    with transactions() as session:
        service.file_certificate(session, event)


def filed(transactions: Transactions, property_id: uuid.UUID) -> list[PlacedDocument]:
    with transactions() as session:
        rows, _ = service.list_documents(
            session, transactions.actor, property_id=property_id, folder_id=None, limit=50, cursor=None
        )
        return rows


class TestFileCertificate:
    def test_files_it_with_number_and_hash(self, transactions: Transactions, property_id: uuid.UUID) -> None:
        event, stored = make_certificate(transactions, property_id)
        file(transactions, event)
        (document,) = filed(transactions, property_id)
        assert document.title == "Planning certificate 10.7(2) 10.7/2026/0913"
        assert (document.parcel, document.property_label) == ("2/2/DP2288", "9 PORTLAND ROAD PORTLAND")
        assert document.latest.sha256 == stored.sha256
        assert document.latest.file_name == "Planning certificate 10.7(2) 10.7-2026-0913.pdf"
        with transactions() as session:
            assert document.folder_id == folder_id(session, transactions.actor, "certificates")
            lines, _ = service.document_log(session, transactions.actor, document_id=document.id, limit=9, cursor=None)
        assert [(line.action, line.actor_name) for line in lines] == [("certificate_filed", "Banksia")]

    def test_files_it_once_however_often_it_hears_of_it(
        self, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        event, _ = make_certificate(transactions, property_id)
        file(transactions, event)
        file(transactions, event)
        (document,) = filed(transactions, property_id)
        assert document.latest.number == 1

    def test_one_that_replaces_another_is_its_next_version(
        self, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        first, _ = make_certificate(transactions, property_id)
        second, _ = make_certificate(
            transactions, property_id, PLAN + b"again", number="10.7/2026/0914", supersedes_id=first.certificate_id
        )
        third, _ = make_certificate(
            transactions, property_id, PLAN + b"once more", number="10.7/2026/0915", supersedes_id=second.certificate_id
        )
        for event in (first, second, third, second):
            file(transactions, event)
        (document,) = filed(transactions, property_id)
        assert document.title == "Planning certificate 10.7(2) 10.7/2026/0915"
        with transactions() as session:
            versions = service.read_document(session, transactions.actor, document_id=document.id).versions
            lines, _ = service.document_log(session, transactions.actor, document_id=document.id, limit=9, cursor=None)
        assert [(version.number, version.sha256) for version in versions] == [
            (3, third.sha256),
            (2, second.sha256),
            (1, first.sha256),
        ]
        assert [line.action for line in lines] == ["certificate_replaced", "certificate_replaced", "certificate_filed"]

    def test_one_whose_predecessor_was_never_filed_is_a_document(
        self, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        event, _ = make_certificate(transactions, property_id, supersedes_id=uuid.uuid4())
        file(transactions, event)
        assert [document.latest.number for document in filed(transactions, property_id)] == [1]

    @pytest.mark.parametrize("state", ["isolated", "purged"])
    def test_one_whose_predecessor_has_left_the_file_is_a_document(
        self, transactions: Transactions, property_id: uuid.UUID, state: str
    ) -> None:
        first, _ = make_certificate(transactions, property_id)
        second, _ = make_certificate(transactions, property_id, PLAN + b"2", supersedes_id=first.certificate_id)
        third, _ = make_certificate(transactions, property_id, PLAN + b"3", supersedes_id=second.certificate_id)
        file(transactions, first)
        with transactions() as session:
            session.execute(text("UPDATE files.documents SET state = :state"), {"state": state})
        for event in (second, third, second):
            file(transactions, event)
        (document,) = filed(transactions, property_id)
        assert (document.latest.number, document.latest.sha256) == (2, third.sha256)

    def test_waits_for_the_bytes_that_were_announced(self, transactions: Transactions, property_id: uuid.UUID) -> None:
        event, _ = make_certificate(transactions, property_id)
        for other in (
            Issued(property_id, uuid.uuid4(), event.sha256, event.certificate_id),
            Issued(property_id, event.object_id, "0" * 64, event.certificate_id),
        ):
            with pytest.raises(CertificateNotStored, match=r"10\.7/2026/0913"):
                file(transactions, other)
        assert filed(transactions, property_id) == []

    def test_hears_the_event_of_the_certificates_module(self) -> None:
        modules = discover()
        event = modules.events["certificates.certificate_issued"]
        assert modules.listeners(event.name)["files"] is service.file_certificate
        needed = set(Issued.__dataclass_fields__)
        assert needed <= event.model_fields.keys()


class TestSeedFolders:
    def test_keeps_what_is_there(self, session: Session, administrator: Actor) -> None:
        session.execute(text("UPDATE files.folders SET name = 'Letters' WHERE key = 'general_correspondence'"))
        service.begin(session, administrator)
        names = [folder.name for folder in service.list_folders(session, administrator)]
        assert len(names) == len(FIXED_FOLDERS)
        assert "Letters" in names


class TestCreateInStructure:
    def test_a_folder_in_a_restricted_one_is_restricted(self, session: Session, administrator: Actor) -> None:
        above = next(each for each in service.list_folders(session, administrator) if each.is_restricted)
        wanted = StructureFolderCreate(name="Fire orders", parent_id=above.id)
        assert service.create_in_structure(session, administrator, wanted=wanted).is_restricted


class TestFindFiles:
    def test_tells_what_is_in_a_file_and_what_is_pinned(
        self, transactions: Transactions, property_id: uuid.UUID
    ) -> None:
        event, _ = make_certificate(transactions, property_id)
        file(transactions, event)
        (document,) = filed(transactions, property_id)
        with transactions() as session:
            service.pin_document(session, transactions.actor, document_id=document.id, pinned=True)
        with transactions() as session:
            (found,) = service.find_files(session, transactions.actor, text="9 portland", limit=5).results
        assert (found.document_count, found.pinned, found.last_action) == (1, [document.title], "document_pinned")
        assert [(each.name, each.document_count) for each in found.folders] == [("Certificates", 1)]


def add_and_die(settings: Settings, upload: service.Upload, organisation_id: uuid.UUID, kill_point: str) -> None:
    """Run in a process of its own: add a document, and be killed on the way when told so."""
    transactions = Transactions(make_platform(settings, discover()), Actor.system(organisation_id))
    arm(kill_point)
    with service.receive_upload(transactions, upload) as receiving:
        receiving.write(PLAN)
        service.add_document(transactions, upload, receiving)


def sweep(transactions: Transactions) -> tuple[int, int, int]:
    """Objects seen, rows without bytes and bytes without a row, as the daily task finds them."""
    transactions.platform.modules.tasks["storage.sweep_objects"].run(transactions)
    newest = "SELECT objects_seen, rows_without_bytes, bytes_without_row FROM storage.sweeps ORDER BY id DESC LIMIT 1"
    with transactions() as session:
        seen, rows, unclaimed = session.execute(text(newest)).one()
    return seen, rows, unclaimed


class TestKilledAtEveryStep:
    @pytest.fixture
    def live(self, live_platform: Platform, live_organisation: Council) -> Transactions:
        return Transactions(live_platform, Actor.system(live_organisation.id))

    @pytest.fixture
    def upload(self, live: Transactions) -> service.Upload:
        with live() as session:
            property_id = make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["2/2/DP2288"])
            folder = folder_id(session, live.actor)
        return service.Upload(property_id, folder, "plan.pdf", len(PLAN), sha256(PLAN))

    @pytest.fixture
    def add(self, live: Transactions, upload: service.Upload) -> Callable[[str], int | None]:
        def run(kill_point: str) -> int | None:
            arguments = (live.platform.settings, upload, live.actor.organisation_id, kill_point)
            process = get_context("spawn").Process(target=add_and_die, args=arguments)
            process.start()
            process.join(60)
            return process.exitcode

        return run

    @pytest.mark.parametrize("kill_point", ["storage.bytes_received", "storage.bytes_kept", "files.document_stored"])
    def test_an_upload_sent_again_is_there_once_and_whole(
        self, live: Transactions, upload: service.Upload, add: Callable[[str], int | None], kill_point: str
    ) -> None:
        assert add(kill_point) == -9
        assert filed(live, upload.property_id) == []
        assert sweep(live)[1] == 0
        assert add("") == 0
        (document,) = filed(live, upload.property_id)
        assert (document.latest.sha256, document.latest.size) == (sha256(PLAN), len(PLAN))
        assert sweep(live) == (1, 0, 0)

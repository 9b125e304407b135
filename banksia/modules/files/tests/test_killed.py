"""The end of a document, and a load of a shelf, by processes that are killed on the way and done again."""

import datetime
import uuid
from pathlib import Path

import pytest
from sqlalchemy import text

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.public import compare_objects
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files import queries, service
from banksia.modules.files.models import Document
from banksia.modules.files.tests import nasty
from banksia.modules.files.tests.factories import LONG_AGO, keep_by, make_document, make_property, note_bytes
from banksia.modules.files.tests.killed import die_at, find_out, load, purge

SCAN = nasty.picture("TIFF", pages=2)


@pytest.fixture
def live(live_platform: Platform, live_organisation: Council) -> Transactions:
    return Transactions(live_platform, Actor.system(live_organisation.id))


def bytes_there(live: Transactions) -> int:
    """How many files lie in the store of the council."""
    root = Path(live.platform.settings.object_store.removeprefix("file://"))
    folder = root / "objects" / live.actor.organisation_id.hex
    return sum(each.is_file() for each in folder.rglob("*"))


def isolate(live: Transactions, document_id: uuid.UUID) -> None:
    """As if its days in isolation were over."""
    wanted = queries.documents_of(live.actor.organisation_id).where(Document.id == document_id)
    with live() as session:
        row = session.scalars(wanted).one()
        row.state, row.purge_after_at = "isolated", utc_now() - datetime.timedelta(seconds=1)
        keep_by(session, live.actor, "subdivisions", archived_at=LONG_AGO)


def test_a_purge_that_is_killed_leaves_nothing_behind(live: Transactions) -> None:
    """Not the words either, nor the small picture and the preview, whose names stood in a row beside."""
    with live() as session:
        document_id = make_document(session, live.actor, make_property(session), content=SCAN).id
    find_out(live, note_bytes(live, SCAN))
    assert bytes_there(live) == 3
    isolate(live, document_id)
    assert die_at(live, purge, document_id, "files.document_marked_purged") == -9
    assert bytes_there(live) == 3
    with live() as session:
        assert session.execute(text("SELECT count(*) FROM files.contents WHERE text <> ''")).scalar_one() == 0
    assert die_at(live, purge, document_id, "storage.bytes_purged") == -9
    assert die_at(live, purge, document_id, "") == 0
    assert bytes_there(live) == 0
    with live() as session:
        assert session.execute(text("SELECT count(*) FROM files.contents")).scalar_one() == 0
        stub = session.scalars(queries.documents_of(live.actor.organisation_id)).one()
        assert (stub.state, stub.purge_after_at) == ("purged", None)


def test_a_picture_that_another_document_has_too_stays(live: Transactions) -> None:
    """Two scans of a white page differ in their bytes and look the same."""
    twin = nasty.picture("TIFF", pages=2) + b"\0"
    with live() as session:
        property_id = make_property(session)
        document_id = make_document(session, live.actor, property_id, content=SCAN).id
        make_document(session, live.actor, property_id, content=twin)
    for content in (SCAN, twin):
        find_out(live, note_bytes(live, content))
    before = bytes_there(live)
    isolate(live, document_id)
    assert service.purge_isolated(live) == 1
    assert bytes_there(live) == before - 1
    assert compare_objects(live).is_clean


def test_a_load_that_is_killed_goes_on_and_loads_each_file_once(live: Transactions, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        tmp_path.joinpath(name).write_text(f"scan of {name}")
    lines = ("path,parcel,folder,title", "a.txt,2/2/DP2288,Rates,A", "b.txt,2/2/DP2288,Rates,B")
    tmp_path.joinpath("manifest.csv").write_text("\n".join(lines))
    with live() as session:
        make_property(session, parcels=["2/2/DP2288"])
        batch = service.create_batch(session, live.actor, place=str(tmp_path), name="Shelf", in_browser=False)
    service.check_batch(live, batch_id=batch.id)
    with live() as session:
        service.start_load(session, live.actor, batch_id=batch.id, in_browser=False)
    for _ in range(2):
        assert die_at(live, load, batch.id, "files.batch_file_stored") == -9
    assert die_at(live, load, batch.id, "") == 0
    with live() as session:
        found = session.scalars(queries.documents_of(live.actor.organisation_id).order_by(Document.title)).all()
        assert [each.title for each in found] == ["A", "B"]

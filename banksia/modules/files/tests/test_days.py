"""Days are the council's, and such as a paper can bear."""

import datetime
import json
import uuid
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.modules.files import service
from banksia.modules.files.errors import NothingDue
from banksia.modules.files.models import Document, RetentionClass
from banksia.modules.files.queries import classes_of
from banksia.modules.files.schemas.keeping import DisposalCreate
from banksia.modules.files.service.bags.describing import BagDocument
from banksia.modules.files.service.retention import deciding
from banksia.modules.files.service.retention.deciding import why_kept, years_after
from banksia.modules.files.tests.factories import PLAN, keep_by, make_document, tus_headers, upload
from banksia.modules.files.tests.secrets import FILES, ok

MORNING = datetime.datetime(2001, 11, 30, 21, 0, tzinfo=datetime.UTC)
"""8 in the morning of 1 December 2001 in Sydney: a period of 20 years is over on 1 December 2021."""


@pytest.fixture
def document_id(transactions: Transactions, home: uuid.UUID) -> uuid.UUID:
    with transactions() as session:
        return make_document(session, transactions.actor, home).id


class TestDatedOn:
    @pytest.mark.parametrize("day", ["9999-12-31", "2200-01-01", "1787-12-31"])
    def test_is_a_day_that_a_paper_can_bear(
        self, records: TestClient, home: uuid.UUID, folder: uuid.UUID, document_id: uuid.UUID, day: str
    ) -> None:
        where = f"{FILES}/documents/{document_id}"
        announced = tus_headers(PLAN, property_id=home, folder_id=folder, dated_on=day)
        answers = (
            records.patch(where, json={"dated_on": day}),
            upload(records, home, PLAN + b"2", folder_id=folder, dated_on=day),
            records.post(f"{FILES}/uploads", headers=announced),
        )
        assert [answer.status_code for answer in answers] == [422, 422, 422]

    def test_that_was_kept_before_can_still_be_read_and_leaves_in_a_bag(
        self, records: TestClient, transactions: Transactions, home: uuid.UUID, document_id: uuid.UUID
    ) -> None:
        with transactions() as session:
            kept_by = session.scalars(classes_of(transactions.actor.organisation_id).limit(1)).one()
            kept_by.trigger, kept_by.keep_years, kept_by.until_demolished = "dated", 20, False
            keep_by(session, transactions.actor, kept_by.code)
            session.execute(text("UPDATE files.documents SET dated_on = '9999-12-31'"))
        read = ok(records.get(f"{FILES}/documents/{document_id}"))
        assert (read["dated_on"], read["kept_until_on"]) == ("9999-12-31", "9999-12-31")
        assert records.get(f"{FILES}/properties/{home}/bag").status_code == 200

    def test_comes_in_a_bag_only_so(self) -> None:
        about = {
            "id": str(uuid.uuid4()), "folder": ["Rates"], "title": "Letter", "description": "", "parcel": None,
            "pinned": False, "versions": [], "comments": [],
        }  # fmt: skip
        assert BagDocument.model_validate_json(json.dumps(about | {"dated_on": "2017-03-12"})).dated_on
        with pytest.raises(ValidationError, match="dated_on"):
            BagDocument.model_validate_json(json.dumps(about | {"dated_on": "9999-12-31"}))


class TestYearsAfter:
    def test_ends_with_the_calendar(self) -> None:
        leap, last = datetime.date(2024, 2, 29), datetime.date(9999, 12, 31)
        assert years_after(leap, 1) == datetime.date(2025, 2, 28)
        assert years_after(last, 0) == years_after(last, 20) == years_after(datetime.date(9990, 3, 1), 20) == last


class TestPeriods:
    @pytest.mark.parametrize("trigger", ["added", "folder_closed"])
    def test_begin_and_end_on_the_councils_days(
        self,
        transactions: Transactions,
        actor_with: Callable[..., Actor],
        document_id: uuid.UUID,
        monkeypatch: pytest.MonkeyPatch,
        trigger: str,
    ) -> None:
        boss = actor_with("administrator")
        with transactions() as session:
            keep_by(session, transactions.actor, "subdivisions", archived_at=MORNING)
            session.execute(text("UPDATE files.documents SET created_at = :at"), {"at": MORNING})
            classes = classes_of(transactions.actor.organisation_id).where(RetentionClass.code == "subdivisions")
            session.scalars(classes).one().trigger = trigger
        for hour, is_over in ((12, False), (14, True)):  # the last day of the period, and the day after it
            now = datetime.datetime(2021, 11, 30, hour, tzinfo=datetime.UTC)
            monkeypatch.setattr(deciding, "utc_now", lambda now=now: now)
            with transactions() as session:
                document = session.get(Document, document_id)
                assert document is not None
                assert (why_kept(session, document) is None) is is_over
        with transactions() as session:
            for day, count in ((datetime.date(2021, 11, 30), 0), (datetime.date(2021, 12, 1), 1)):
                assert _due(session, boss, DisposalCreate(title="Subdivisions", due_by_on=day)) == count


def _due(session: Session, boss: Actor, wanted: DisposalCreate) -> int:
    with session.begin_nested() as undone:
        try:
            return service.create_disposal(session, boss, wanted=wanted).document_count
        except NothingDue:
            return 0
        finally:
            undone.rollback()

"""A run goes through all whose isolation is over: what is kept, and what fails, stands in nobody's way."""

import datetime
import uuid
from typing import Any

import pytest

from banksia.foundation.storage import public as storage
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.modules.files import queries, service
from banksia.modules.files.models import Document, Hold
from banksia.modules.files.service.removing import purging
from banksia.modules.files.tests.factories import LONG_AGO, PLAN, keep_by, make_document


@pytest.fixture
def over(transactions: Transactions, home: uuid.UUID) -> list[uuid.UUID]:
    """Five documents whose days in isolation are over, the first since longest; nothing keeps them."""
    ids = []
    with transactions() as session:
        keep_by(session, transactions.actor, "subdivisions", archived_at=LONG_AGO)
        for number in range(5):
            made = make_document(session, transactions.actor, home, content=PLAN + bytes([number]))
            made.state, made.isolated_at = "isolated", LONG_AGO
            made.purge_after_at = utc_now() - datetime.timedelta(days=9 - number)
            ids.append(made.id)
    return ids


def states(transactions: Transactions) -> list[str]:
    with transactions() as session:
        rows = queries.documents_of(transactions.actor.organisation_id).order_by(Document.id)
        return [each.state for each in session.scalars(rows)]


class TestPurgeIsolated:
    def test_goes_on_behind_what_is_kept(
        self, transactions: Transactions, home: uuid.UUID, over: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        about = {"organisation_id": transactions.actor.organisation_id, "property_id": home}
        with transactions() as session:
            for held in over[:3]:
                session.add(Hold(**about, document_id=held, reason="Court case", placed_by_name="Tom"))
        monkeypatch.setattr(purging, "AT_ONCE", 2)
        assert service.purge_isolated(transactions) == 2
        assert states(transactions) == ["isolated"] * 3 + ["purged"] * 2

    def test_goes_on_behind_one_that_fails(
        self, transactions: Transactions, over: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        purge, failed = storage.purge_object, list[uuid.UUID]()

        def fail_once(*given: Any, **named: Any) -> None:
            if not failed:
                failed.append(given[1])
                raise storage.StorageUnavailable
            purge(*given, **named)

        with monkeypatch.context() as patch:
            patch.setattr(storage, "purge_object", fail_once)
            assert service.purge_isolated(transactions) == 4
        assert service.purge_isolated(transactions) == 1  # what was begun is finished
        assert states(transactions) == ["purged"] * 5

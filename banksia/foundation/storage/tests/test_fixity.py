"""Bytes read again: what is damaged is noticed, told once, and the period is kept."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import text

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.models import StoredObject
from banksia.foundation.storage.public import fixity_report, last_verified, put_bytes
from banksia.foundation.storage.service import fixity
from banksia.foundation.storage.service.checks import CHECKS
from banksia.foundation.storage.service.fixity import verify_share
from banksia.foundation.storage.tests.conftest import Harm
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform


@pytest.fixture
def transactions(platform: Platform, organisation: Council, each_store: str) -> Transactions:
    """A council whose every object is due in every run: a period of an hour."""
    assert each_store
    platform.settings = platform.settings.model_copy(update={"fixity_days": 90})
    return Transactions(platform, Actor.system(organisation.id))


def put_many(transactions: Transactions, count: int) -> list[StoredObject]:
    return [put_bytes(transactions, b"sewer diagram %d" % number) for number in range(count)]


def time_passes(transactions: Transactions, days: int, *object_ids: uuid.UUID) -> None:
    statement = "UPDATE storage.verifications SET verified_at = verified_at - make_interval(days => :days)"
    with transactions() as session:
        only = " WHERE object_id = ANY(:ids)" if object_ids else ""
        session.execute(text(statement + only), {"days": days, "ids": list(object_ids)})


def verdicts(transactions: Transactions, objects: list[StoredObject]) -> list[str | None]:
    with transactions() as session:
        found = last_verified(session, [stored.id for stored in objects])
    return [found[stored.id].verdict if stored.id in found else None for stored in objects]


def events(transactions: Transactions) -> int:
    with transactions() as session:
        told = "SELECT count(*) FROM events.outbox WHERE name = 'storage.fixity_failed'"
        return int(session.execute(text(told)).scalar_one())


class TestVerifyShare:
    def test_notices_one_changed_byte_and_what_is_missing(
        self, transactions: Transactions, harm: Harm, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fixity, "RUNS_EVERY", timedelta(days=90))
        objects = put_many(transactions, 3)
        harm(objects[1], b"sewer diagram X")  # as long as before
        harm(objects[2], None)
        assert verify_share(transactions) == 3
        assert verdicts(transactions, objects) == ["whole", "damaged", "missing"]
        with transactions() as session:
            (damaged, in_time) = (check.find(session) for check in CHECKS)
        assert [finding.text.split()[1].strip(",") for finding in damaged] == [each.sha256[:12] for each in objects[1:]]
        assert in_time == []

    def test_tells_of_a_failure_once_and_takes_it_back_when_it_is_restored(
        self, transactions: Transactions, harm: Harm
    ) -> None:
        (stored,) = put_many(transactions, 1)
        harm(stored, b"sewer diagram X")
        for _ in range(2):
            verify_share(transactions)
            time_passes(transactions, 60)
        assert events(transactions) == 1
        harm(stored, b"sewer diagram 0")
        verify_share(transactions)
        assert verdicts(transactions, [stored]) == ["whole"]

    def test_takes_the_share_that_keeps_the_period_never_verified_first_then_the_oldest(
        self, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        objects = put_many(transactions, 4)
        monkeypatch.setattr(fixity, "RUNS_EVERY", timedelta(days=36))  # two runs for a round of 72 days
        assert [verify_share(transactions) for _ in range(3)] == [2, 2, 0]
        time_passes(transactions, 50)
        time_passes(transactions, 20, objects[3].id)
        new = put_bytes(transactions, b"just come")
        monkeypatch.setattr(fixity, "RUNS_EVERY", timedelta(days=28))
        assert verify_share(transactions) == 2
        with transactions() as session:
            ages = {key: row.verified_at for key, row in last_verified(session, [each.id for each in objects]).items()}
            assert last_verified(session, [new.id])[new.id].verdict == "whole"
        assert max(ages, key=lambda key: ages[key]) == objects[3].id

    def test_ends_when_its_time_is_up(self, transactions: Transactions, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(fixity, "RUNS_EVERY", timedelta(days=90))
        monkeypatch.setattr(fixity, "LONGEST_RUN_S", 0.0)
        put_many(transactions, 2)
        assert verify_share(transactions) == 0


class TestFixityReport:
    def test_says_how_far_it_has_come(
        self, transactions: Transactions, harm: Harm, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fixity, "RUNS_EVERY", timedelta(days=90))
        objects = put_many(transactions, 3)
        harm(objects[2], None)
        verify_share(transactions)
        time_passes(transactions, 100, objects[0].id)
        put_bytes(transactions, b"just come")
        with transactions() as session:
            report = fixity_report(session)
            overdue = CHECKS[1].find(session)
        assert (report.objects, report.size) == (4, 3 * len(b"sewer diagram 0") + 9)
        assert (report.verified_in_period, report.never_verified) == (2, 1)
        assert [(each.sha256, each.verdict) for each in report.failed] == [(objects[2].sha256, "missing")]
        assert [finding.text.split()[1].strip(",") for finding in overdue] == [objects[0].sha256[:12]]

"""One line of a manifest that cannot be loaded stops no other, and a load that stopped can be taken back."""

import uuid
from pathlib import Path

import pytest
from sqlalchemy import update

from banksia.kit.database import Transactions
from banksia.modules.files import queries, service
from banksia.modules.files.models import BatchRow
from banksia.modules.files.service.loading import running

DEEP = "Rates/1/2/3/4/5/6"
MANIFEST = f"""path,parcel,folder,title
a.txt,2/2/DP2288,{DEEP},Seven levels
b.txt,2/2/DP2288,Rates/1/2/3/4/5,Six levels
c.txt,2/2/DP2288,DA 2017/41/Plans/1/2/3/4/5,An application seven levels deep
d.txt,2/2/DP2288,DA 2017/41/Plans/1/2/3/4,An application six levels deep
...,2/2/DP2288,Rates,No name
"""


@pytest.fixture
def batch_id(transactions: Transactions, tmp_path: Path, property_id: uuid.UUID) -> uuid.UUID:
    for name in ("a.txt", "b.txt", "c.txt", "d.txt", "..."):
        (tmp_path / name).write_text(f"scan of {name}")
    (tmp_path / "manifest.csv").write_text(MANIFEST)
    with transactions() as session:
        batch = service.create_batch(session, transactions.actor, place=str(tmp_path), name="", in_browser=False)
    service.check_batch(transactions, batch_id=batch.id)
    return batch.id


def verdicts(transactions: Transactions, batch_id: uuid.UUID) -> list[tuple[str, str]]:
    with transactions() as session:
        rows = queries.batch_rows_of(transactions.actor.organisation_id, batch_id).order_by(BatchRow.number)
        return [(row.verdict, row.reason.split(".")[0]) for row in session.scalars(rows)]


def start(transactions: Transactions, batch_id: uuid.UUID) -> None:
    with transactions() as session:
        service.start_load(session, transactions.actor, batch_id=batch_id, in_browser=False)


class TestCheckBatch:
    def test_tells_of_folders_that_are_too_deep_and_of_names_that_are_none(
        self, transactions: Transactions, batch_id: uuid.UUID
    ) -> None:
        deep = ("rejected", "Folders go 6 levels deep")
        assert verdicts(transactions, batch_id) == [
            deep,
            ("ready", ""),
            deep,
            ("ready", ""),
            ("rejected", "The file has no name"),
        ]


class TestLoadBatch:
    def test_notes_what_cannot_be_loaded_and_goes_on(self, transactions: Transactions, batch_id: uuid.UUID) -> None:
        with transactions() as session:  # as a dry run of an earlier day had judged it
            rows = update(BatchRow).where(BatchRow.batch_id == batch_id, BatchRow.number.in_((2, 6)))
            session.execute(rows.values(verdict="ready", reason=""))
        start(transactions, batch_id)
        assert service.load_batch(transactions, batch_id=batch_id).state == "loaded"
        assert verdicts(transactions, batch_id) == [
            ("failed", "Folders go 6 levels deep"),
            ("loaded", ""),
            ("rejected", "Folders go 6 levels deep"),
            ("loaded", ""),
            ("failed", "Give the file a name, then add it again"),
        ]


class TestStartUndo:
    def test_takes_back_a_load_that_was_broken_off(
        self, transactions: Transactions, batch_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reached = list[str]()

        def die_at_the_second(name: str) -> None:
            reached.append(name)
            if len(reached) == 2:
                raise KeyboardInterrupt

        start(transactions, batch_id)
        with monkeypatch.context() as patch:
            patch.setattr(running, "reach", die_at_the_second)
            with pytest.raises(KeyboardInterrupt):
                service.load_batch(transactions, batch_id=batch_id)
        with transactions() as session:
            service.start_undo(session, transactions.actor, batch_id=batch_id, in_browser=False)
        undone = service.undo_batch(transactions, batch_id=batch_id)
        assert (undone.state, undone.counts["undone"], undone.counts["ready"]) == ("undone", 1, 1)

    def test_stops_a_load_that_is_on(
        self, transactions: Transactions, batch_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reached = list[str]()

        def take_back_at_the_second(name: str) -> None:
            reached.append(name)
            if len(reached) == 2:
                with transactions() as session:
                    service.start_undo(session, transactions.actor, batch_id=batch_id, in_browser=False)

        start(transactions, batch_id)
        monkeypatch.setattr(running, "reach", take_back_at_the_second)
        assert service.load_batch(transactions, batch_id=batch_id).state == "undoing"
        assert [verdict for verdict, _ in verdicts(transactions, batch_id)].count("loaded") == 1
        assert service.undo_batch(transactions, batch_id=batch_id).counts["undone"] == 1

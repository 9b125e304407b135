"""A shelf of small files loaded in bulk by one process: checked, then stored durably in the folders of a property."""

import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.modules.files import service
from banksia.modules.property.tests.factories import make_property
from bench.measuring import Bench, Row

TITLE = "Property files, bulk load"
FILES, QUICK_FILES = 1_000, 100
SMALL_BYTES = 20_000


def measure(bench: Bench) -> Iterator[Row]:
    """The dry run and the load, by the clock and by the processor that the loading process took."""
    count = QUICK_FILES if bench.quick else FILES
    transactions = Transactions(bench.platform, Actor.system(bench.organisation_id))
    shelf = bench.folder / "shelf"
    with transactions() as session:
        make_property(session, parcels=["77/3/DP99"])
    _write_shelf(shelf, count)
    with transactions() as session:
        made = service.create_batch(session, transactions.actor, place=str(shelf), name="Shelf", in_browser=False)
        batch_id: uuid.UUID = made.id
    size = f"{count:,} files of {SMALL_BYTES // 1000} kB"
    began = time.perf_counter()
    service.check_batch(transactions, batch_id=batch_id)
    yield Row("dry run, lines a second", size=size, per_second=count / (time.perf_counter() - began))
    with transactions() as session:
        service.start_load(session, transactions.actor, batch_id=batch_id, in_browser=False)
    began, worked = time.perf_counter(), time.process_time()
    loaded = service.load_batch(transactions, batch_id=batch_id)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    assert loaded.counts["loaded"] == count, loaded.counts
    note = f"each durable and in the log; {seconds * 1000 / count:.1f} ms each, of which the rest is disk and database"
    yield Row("load, files a second, by one process", size=size, per_second=count / seconds, note=note)
    yield Row("load, files a second and core of the loading process", size=size, per_second=count / processor)


def _write_shelf(shelf: Path, count: int) -> None:
    shelf.mkdir()
    lines = ["path,parcel,folder,title,date,box"]
    for number in range(count):
        name = f"{number:05}.bin"
        (shelf / name).write_bytes(os.urandom(SMALL_BYTES))
        lines.append(f"{name},77/3/DP99,General correspondence,Letter {number},2018-01-02,B {number // 100}")
    (shelf / "manifest.csv").write_text("\n".join(lines), encoding="utf-8")

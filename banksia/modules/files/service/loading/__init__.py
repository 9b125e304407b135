"""Bulk loads of scanned shelves: a manifest says what each file is; loaded with a verdict a row, undone as a unit."""

from banksia.modules.files.service.loading.checking import check_batch
from banksia.modules.files.service.loading.reading import (
    describe_batch,
    list_batch_rows,
    list_batches,
    read_batch,
    rejected_rows,
)
from banksia.modules.files.service.loading.running import load_batch, start_load
from banksia.modules.files.service.loading.starting import allowed_places, create_batch
from banksia.modules.files.service.loading.undoing import start_undo, undo_batch

__all__ = [
    "allowed_places",
    "check_batch",
    "create_batch",
    "describe_batch",
    "list_batch_rows",
    "list_batches",
    "load_batch",
    "read_batch",
    "rejected_rows",
    "start_load",
    "start_undo",
    "undo_batch",
]

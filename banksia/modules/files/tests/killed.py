"""Work in a process that is killed on the way; what it needs is loaded once, before it is forked."""

import os
import uuid
from collections.abc import Callable
from multiprocessing import get_context

from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.kill_points import arm
from banksia.kit.module import discover
from banksia.kit.platform import make_platform
from banksia.kit.settings import Settings
from banksia.modules.files import service
from banksia.modules.files.service import processing
from banksia.modules.files.service.processing import ocr

MODULES = discover()
Work = Callable[[Transactions, uuid.UUID], object]


def find_out(transactions: Transactions, content_id: uuid.UUID) -> None:
    """Find out about bytes, and read scanned pages though other work may wait."""
    processing.process_content(transactions, content_id=content_id)
    ocr._is_in_the_way = lambda transactions: False
    processing.read_scans(transactions)


def purge(transactions: Transactions, _document_id: uuid.UUID) -> None:
    """Purge what was isolated long enough."""
    service.purge_isolated(transactions)


def load(transactions: Transactions, batch_id: uuid.UUID) -> None:
    """Load what is left of a batch."""
    service.load_batch(transactions, batch_id=batch_id)


def die_at(live: Transactions, work: Work, about: uuid.UUID, kill_point: str) -> int | None:
    """Do the work in a process of its own, killed at the point unless that is empty; answers its exit code."""
    context = get_context("forkserver")  # everything is imported once, however often one dies
    context.set_forkserver_preload([__name__])
    arguments = (live.platform.settings, live.actor.organisation_id, work, about, kill_point, os.environ["PATH"])
    process = context.Process(target=_run, args=arguments)
    process.start()
    process.join(60)
    return process.exitcode


def _run(
    settings: Settings, organisation_id: uuid.UUID, work: Work, about: uuid.UUID, kill_point: str, path: str
) -> None:
    os.environ["PATH"] = path  # the server that forks has the one of the test that started it
    transactions = Transactions(make_platform(settings, MODULES), Actor.system(organisation_id))
    arm(kill_point)
    work(transactions, about)

"""The background work of property files."""

from uuid import UUID

from sqlalchemy.orm import Session

from banksia.kit.database import Transactions
from banksia.kit.tasks import task
from banksia.modules.files import service
from banksia.modules.files.service import processing, uploading


@task(transactions=True)
def process_content(transactions: Transactions, *, content_id: UUID) -> None:
    """Read one stored object: its text, its pictures, and whether it is clean."""
    processing.process_content(transactions, content_id=content_id)


@task()
def send_reminders(session: Session) -> None:
    """Mail the reminders of the day."""
    service.send_reminders(session)


@task(transactions=True, time_limit_seconds=3600)
def purge_isolated(transactions: Transactions) -> None:
    """Purge what was isolated long enough and is kept by nothing."""
    service.purge_isolated(transactions)


@task(transactions=True, time_limit_seconds=3600)
def destroy_disposal(transactions: Transactions, *, disposal_id: UUID) -> None:
    """Destroy what an approved disposal list names, and certify it."""
    service.destroy_disposal(transactions, disposal_id=disposal_id)


@task(transactions=True, time_limit_seconds=3600)
def check_batch(transactions: Transactions, *, batch_id: UUID) -> None:
    """Judge each line of a load's manifest."""
    service.check_batch(transactions, batch_id=batch_id)


@task(transactions=True, time_limit_seconds=24 * 3600)
def load_batch(transactions: Transactions, *, batch_id: UUID) -> None:
    """Load the files of a batch; one that was broken off goes on."""
    service.load_batch(transactions, batch_id=batch_id)


@task(transactions=True, time_limit_seconds=3600)
def undo_batch(transactions: Transactions, *, batch_id: UUID) -> None:
    """Take a load back as a unit."""
    service.undo_batch(transactions, batch_id=batch_id)


@task(transactions=True)
def finish_uploads(transactions: Transactions) -> None:
    """Write the documents of uploads that are whole, and whose request died before it did."""
    uploading.finish_whole_uploads(transactions)


@task(transactions=True)
def read_scans(transactions: Transactions) -> None:
    """Read words off scanned pages for a minute, while nothing else waits."""
    processing.read_scans(transactions)


@task(transactions=True)
def look_for_viruses(transactions: Transactions) -> None:
    """Have the virus scanner look at what it has not seen, every few minutes and not too much at a time."""
    processing.look_for_viruses(transactions)


@task()
def catch_up(session: Session) -> None:
    """Have read what should have been long ago, and scanned pages that came before OCR was on."""
    processing.catch_up(session)

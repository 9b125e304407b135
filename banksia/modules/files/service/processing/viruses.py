"""Viruses: what the scanner says of an object. Until it has spoken, the object is not scanned, and never clean."""

import time
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from banksia.foundation.audit import public as audit
from banksia.foundation.storage.public import BytesMissing, open_object
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.modules.files import queries
from banksia.modules.files.adapters.clamd import ScannerAwayError, TooLargeToScanError, scan
from banksia.modules.files.service.processing.objects import find_content, locked

AT_ONCE, SECONDS_AT_ONCE = 500, 120
REFUSED_FOR: Final = timedelta(days=7)
"""What the scanner refused as too large is shown to it again then."""
log = structlog.get_logger()


def look_for_virus(transactions: Transactions, content_id: UUID) -> bool:
    """Have an object scanned unless it was, or no scanner is configured; answers whether the scanner is there.

    Raises StorageUnavailable.
    """
    url = transactions.platform.settings.clamd_url
    found = find_content(transactions, content_id)
    if not url or found is None or found[0].virus_scan != "not_scanned":
        return bool(url)
    try:
        virus = scan(url, open_object(transactions.platform, found[1]))
    except ScannerAwayError as error:
        log.warning("files.scanner_away", error=str(error))
        return False
    except (TooLargeToScanError, BytesMissing) as error:
        log.warning("files.not_scanned", object_id=str(found[1].id), error=str(error))
        with transactions() as session:
            locked(session, content_id).scanned_at = utc_now()
        return True
    with transactions() as session:
        content = locked(session, content_id)
        content.scanned_at = utc_now()
        content.virus_scan, content.virus_name = ("infected", virus) if virus else ("clean", "")
        if virus:
            log.error("files.virus_found", object_id=str(content.object_id), virus=virus)
            detail = {"virus": virus, "sha256": found[1].sha256}
            audit.record(session, transactions.actor, "files.virus_found", subject=content, detail=detail)
    return True


def look_for_viruses(transactions: Transactions) -> None:
    """Have scanned what was not, the oldest first: so many, and so long, and what is left the next time."""
    if not transactions.platform.settings.clamd_url:
        return
    due = queries.contents_not_scanned(transactions.actor.organisation_id, utc_now() - REFUSED_FOR)
    with transactions() as session:
        found = list(session.scalars(due.limit(AT_ONCE)))
    ends_at = time.monotonic() + SECONDS_AT_ONCE
    for content_id in found:
        if time.monotonic() > ends_at or not look_for_virus(transactions, content_id):
            return

"""What storage contributes to the checks that mail named people; docs/guides/operate.md says what to do."""

from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from banksia.foundation.storage import queries
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.module import MOST_FINDINGS, Check, Finding

CHECKS_PAGE: Final = "/payments/staff/checks"
GRACE: Final = timedelta(days=2)
"""A round that is a little late is no alarm."""


def _damaged(session: Session) -> list[Finding]:
    rows = session.execute(queries.failed_objects(organisation_id_of(session)).limit(MOST_FINDINGS))
    return [
        Finding(
            f"File {stored.sha256[:12]}, {stored.size:,} bytes, kept on {stored.created_at:%d %b %Y}, "
            f"was {found.verdict} when it was read on {found.verified_at:%d %b %Y %H:%M} UTC",
            CHECKS_PAGE,
        )
        for stored, found in rows
    ]


def _overdue(session: Session) -> list[Finding]:
    days = platform_of(session).settings.fixity_days
    late = queries.overdue_objects(organisation_id_of(session), before=utc_now() - timedelta(days=days) - GRACE)
    return [
        Finding(f"File {stored.sha256[:12]} was not read again within {days} days", CHECKS_PAGE)
        for stored in session.scalars(late.limit(MOST_FINDINGS))
    ]


CHECKS: Final = (
    Check(
        "files_whole",
        "Every stored file is what it was when it came",
        "These files were read again, and their bytes are damaged or missing. Tell whoever runs the installation: the "
        "backups have them. The row goes away by itself once the file is restored and was read again.",
        _damaged,
    ),
    Check(
        "files_read_in_time",
        "Every stored file is read again in time",
        "Reading all files again is behind its period, so damage could be found late. Look whether the worker and the "
        "clock run, and whether the object store is fast enough.",
        _overdue,
    ),
)

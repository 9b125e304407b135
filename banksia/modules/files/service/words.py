"""What was done, and when, as papers and exports say it."""

from datetime import datetime

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_zone

ACTIONS = {
    "document_added": "Added",
    "version_added": "New version",
    "document_downloaded": "Downloaded",
    "document_viewed": "Viewed",
    "certificate_filed": "Certificate filed",
    "certificate_replaced": "Certificate replaced",
    "document_changed": "Details changed",
    "document_moved": "Moved",
    "document_linked": "Linked to another property",
    "document_unlinked": "Link removed",
    "document_pinned": "Pinned",
    "document_unpinned": "Unpinned",
    "document_sent": "Sent",
    "shared_opened": "Downloaded by its reader",
    "sending_returned": "Mail came back",
    "comment_added": "Comment",
    "reminder_set": "Reminder set",
    "reminder_sent": "Reminder sent",
    "reminder_cancelled": "Reminder cancelled",
    "removal_asked": "Removal asked for",
    "removal_withdrawn": "Removal withdrawn",
    "removal_refused": "Removal refused",
    "document_isolated": "Removed, can be restored",
    "document_restored": "Restored",
    "document_purged": "Purged",
    "load_undone": "Load undone",
    "retention_chosen": "Retention class chosen",
    "hold_placed": "Hold placed",
    "hold_lifted": "Hold lifted",
}


def moment_in_words(session: Session, at: datetime) -> str:
    """`28 November 2026, 4:05 pm`, where the council is."""
    local = at.astimezone(council_zone(session))
    half = "am" if local.hour < 12 else "pm"
    return f"{local.day} {local:%B %Y}, {local.hour % 12 or 12}:{local:%M} {half}"


def size_in_words(size: int) -> str:
    """`8.4 MB`: thousands, as people count them."""
    for unit, step in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if size >= step:
            return f"{size / step:.1f} {unit}"
    return f"{size} bytes"

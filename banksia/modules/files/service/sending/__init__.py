"""Documents to owners: mailed, or behind a link of one person."""

from banksia.modules.files.service.sending.mailing import (
    list_sendings,
    note_returned,
    owners_to_write_to,
    send_documents,
)
from banksia.modules.files.service.sending.sharing import download_shared, read_shared

__all__ = [
    "download_shared",
    "list_sendings",
    "note_returned",
    "owners_to_write_to",
    "read_shared",
    "send_documents",
]

"""Tables in the schema "files"."""

from banksia.modules.files.models.contents import Content
from banksia.modules.files.models.documents import Activity, Document, DocumentLink, DocumentVersion
from banksia.modules.files.models.finding import DocumentWords
from banksia.modules.files.models.folders import Folder
from banksia.modules.files.models.keeping import Disposal, DisposalDocument, Hold, Removal, RetentionClass
from banksia.modules.files.models.loading import Batch, BatchRow
from banksia.modules.files.models.talking import Comment, Reminder, Sending, SentDocument

__all__ = [
    "Activity",
    "Batch",
    "BatchRow",
    "Comment",
    "Content",
    "Disposal",
    "DisposalDocument",
    "Document",
    "DocumentLink",
    "DocumentVersion",
    "DocumentWords",
    "Folder",
    "Hold",
    "Reminder",
    "Removal",
    "RetentionClass",
    "Sending",
    "SentDocument",
]

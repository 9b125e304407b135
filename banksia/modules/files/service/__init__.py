"""What the module does: add documents, hand them out, file certificates, tell what happened."""

from banksia.modules.files.service.adding import Upload, add_document, check_upload, receive_upload
from banksia.modules.files.service.certificates import file_certificate
from banksia.modules.files.service.contributing import file_of_property
from banksia.modules.files.service.folders import list_folders, seed_folders
from banksia.modules.files.service.reading import (
    document_log,
    file_log,
    get_document,
    list_documents,
    read_file,
    record_download,
    versions_of_document,
)

__all__ = [
    "Upload",
    "add_document",
    "check_upload",
    "document_log",
    "file_certificate",
    "file_log",
    "file_of_property",
    "get_document",
    "list_documents",
    "list_folders",
    "read_file",
    "receive_upload",
    "record_download",
    "seed_folders",
    "versions_of_document",
]

"""What the rest of the platform may use of storage.

Bytes and transactions do not mix: `receive`, `put_bytes` and `open_object` are called outside any transaction,
`record_object` and `find_object` inside one.
"""

from banksia.foundation.storage.errors import (
    BytesMissing,
    ChecksumMismatch,
    RangeNotSatisfiable,
    SizeNotDeclared,
    StorageUnavailable,
    UploadCutOff,
    UploadTooLarge,
)
from banksia.foundation.storage.models import StoredObject
from banksia.foundation.storage.service.keeping import (
    Receiving,
    StoredBytes,
    check_store,
    find_object,
    open_object,
    put_bytes,
    receive,
    record_object,
)
from banksia.foundation.storage.service.serving import content_disposition, serve_object
from banksia.foundation.storage.service.uploading import (
    UPLOAD_BODY,
    UPLOAD_ERRORS,
    DeclaredSize,
    Sha256Header,
    receive_body,
)
from banksia.foundation.storage.service.zipping import ZipMember, serve_zip

__all__ = [
    "UPLOAD_BODY",
    "UPLOAD_ERRORS",
    "BytesMissing",
    "ChecksumMismatch",
    "DeclaredSize",
    "RangeNotSatisfiable",
    "Receiving",
    "Sha256Header",
    "SizeNotDeclared",
    "StorageUnavailable",
    "StoredBytes",
    "StoredObject",
    "UploadCutOff",
    "UploadTooLarge",
    "ZipMember",
    "check_store",
    "content_disposition",
    "find_object",
    "open_object",
    "put_bytes",
    "receive",
    "receive_body",
    "record_object",
    "serve_object",
    "serve_zip",
]

"""What the rest of the platform may use of storage.

Bytes and transactions do not mix: `receive`, `append_to_upload`, `put_bytes`, `open_object`, `purge_object` and the
verifications are called outside any transaction, whatever takes a session inside one.
"""

from banksia.foundation.storage.adapters.places import FileMissing, Place, PlacedFile, PlaceFailed, open_place
from banksia.foundation.storage.adapters.sniffing import sniff
from banksia.foundation.storage.errors import (
    BytesMissing,
    ChecksumMismatch,
    ChunkDamaged,
    MoreThanDeclared,
    OffsetMismatch,
    RangeNotSatisfiable,
    SizeNotDeclared,
    StorageUnavailable,
    UploadBusy,
    UploadCutOff,
    UploadExpired,
    UploadFinished,
    UploadInterrupted,
    UploadNotFound,
    UploadTooLarge,
)
from banksia.foundation.storage.models import ResumableUpload, StoredObject, Verification
from banksia.foundation.storage.service.appending import CHECKSUMS, Appending, Chunk, append_to_upload
from banksia.foundation.storage.service.fixity import FailedObject, FixityReport, fixity_report, last_verified
from banksia.foundation.storage.service.keeping import (
    Receiving,
    StoredBytes,
    check_store,
    find_object,
    find_objects,
    keep_stream,
    open_object,
    put_bytes,
    receive,
    record_object,
)
from banksia.foundation.storage.service.places import AllowedPlace, allowed_roots, find_allowed
from banksia.foundation.storage.service.purging import StillNeeded, purge_object
from banksia.foundation.storage.service.resuming import (
    begin_upload,
    end_upload,
    find_upload,
    finish_upload,
    whole_uploads,
)
from banksia.foundation.storage.service.serving import content_disposition, serve_object
from banksia.foundation.storage.service.sweeping import Findings, compare_objects, count_objects, verify_bytes
from banksia.foundation.storage.service.uploading import (
    APPEND_BODY,
    APPEND_ERRORS,
    UPLOAD_BODY,
    UPLOAD_ERRORS,
    DeclaredSize,
    Sha256Header,
    take_upload,
)
from banksia.foundation.storage.service.zipping import ZipMember, ZipText, serve_zip

__all__ = [
    "APPEND_BODY",
    "APPEND_ERRORS",
    "CHECKSUMS",
    "UPLOAD_BODY",
    "UPLOAD_ERRORS",
    "AllowedPlace",
    "Appending",
    "BytesMissing",
    "ChecksumMismatch",
    "Chunk",
    "ChunkDamaged",
    "DeclaredSize",
    "FailedObject",
    "FileMissing",
    "Findings",
    "FixityReport",
    "MoreThanDeclared",
    "OffsetMismatch",
    "Place",
    "PlaceFailed",
    "PlacedFile",
    "RangeNotSatisfiable",
    "Receiving",
    "ResumableUpload",
    "Sha256Header",
    "SizeNotDeclared",
    "StillNeeded",
    "StorageUnavailable",
    "StoredBytes",
    "StoredObject",
    "UploadBusy",
    "UploadCutOff",
    "UploadExpired",
    "UploadFinished",
    "UploadInterrupted",
    "UploadNotFound",
    "UploadTooLarge",
    "Verification",
    "ZipMember",
    "ZipText",
    "allowed_roots",
    "append_to_upload",
    "begin_upload",
    "check_store",
    "compare_objects",
    "content_disposition",
    "count_objects",
    "end_upload",
    "find_allowed",
    "find_object",
    "find_objects",
    "find_upload",
    "finish_upload",
    "fixity_report",
    "keep_stream",
    "last_verified",
    "open_object",
    "open_place",
    "purge_object",
    "put_bytes",
    "receive",
    "record_object",
    "serve_object",
    "serve_zip",
    "sniff",
    "take_upload",
    "verify_bytes",
    "whole_uploads",
]

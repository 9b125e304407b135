"""A property's file as a BagIt bag, out and in."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import StreamingResponse

from banksia.foundation.storage.public import (
    UPLOAD_BODY,
    UPLOAD_ERRORS,
    DeclaredSize,
    Receiving,
    Sha256Header,
    record_object,
    serve_zip,
    take_upload,
)
from banksia.kit.database import Transactions
from banksia.kit.routing import Router, TransactionsDep
from banksia.modules.files import permissions, service
from banksia.modules.files.errors import (
    BagInvalid,
    DocumentNotFound,
    FileDamaged,
    FileInfected,
    FileTooLarge,
    FolderArchived,
)
from banksia.modules.files.schemas.loading import BagImported
from banksia.modules.property.public import PropertyNotFound

bags = Router()


@bags.get(
    "/properties/{property_id}/bag",
    permission=permissions.BATCHES_LOAD,
    transactions=True,
    raises=[PropertyNotFound, FileTooLarge],
    response_class=StreamingResponse,
)
def export_file(transactions: TransactionsDep, property_id: UUID) -> StreamingResponse:
    """A property's whole file as a BagIt zip: every version, with index, metadata, comments and log.

    Files in which a virus was found, or whose bytes are damaged, are left out; the index names them.
    """
    with transactions() as session:
        bag = service.export_file(session, transactions.actor, property_id=property_id)
    return serve_zip(transactions.platform, bag.members, file_name=bag.file_name)


@bags.get(
    "/zip",
    permission=permissions.DOCUMENTS_READ,
    transactions=True,
    raises=[DocumentNotFound, FileInfected, FileDamaged],
    response_class=StreamingResponse,
)
def zip_documents(
    transactions: TransactionsDep, document_id: Annotated[list[UUID], Query(min_length=1, max_length=200)]
) -> StreamingResponse:
    """Some documents in their latest versions as one zip; each taking is noted in the log before the first byte."""
    with transactions() as session:
        bag = service.zip_documents(session, transactions.actor, document_ids=document_id)
    return serve_zip(transactions.platform, bag.members, file_name=bag.file_name)


@bags.post(
    "/properties/{property_id}/bag",
    permission=permissions.BATCHES_LOAD,
    transactions=True,
    status_code=201,
    raises=[PropertyNotFound, BagInvalid, FolderArchived, *UPLOAD_ERRORS],
    openapi_extra=UPLOAD_BODY,
)
async def import_bag(
    request: Request,
    transactions: TransactionsDep,
    property_id: UUID,
    sha256: Sha256Header,
    size: DeclaredSize,
) -> BagImported:
    """Bring a bag's documents and comments into a property's file, checked whole before anything is written.

    Folders that are made for them are restricted, and kept, as the bag says.
    """

    def bring(receiving: Receiving) -> service.Imported:
        return _bring(transactions, property_id, sha256, receiving)

    opened = service.receive_bag(transactions, property_id=property_id, size=size)
    return BagImported.model_validate(await take_upload(request, opened, bring))


def _bring(transactions: Transactions, property_id: UUID, sha256: str, receiving: Receiving) -> service.Imported:
    kept = receiving.keep(transactions, sha256=sha256)
    with transactions() as session:
        stored = record_object(session, kept)
    return service.import_bag(transactions, property_id=property_id, stored=stored)

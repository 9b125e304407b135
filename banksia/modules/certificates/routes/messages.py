"""What customer and council write to each other about an order, each through the same door."""

import uuid
from functools import partial
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import StreamingResponse

from banksia.foundation.storage.public import (
    UPLOAD_BODY,
    UPLOAD_ERRORS,
    BytesMissing,
    DeclaredSize,
    Sha256Header,
    StorageUnavailable,
    serve_object,
    take_upload,
)
from banksia.kit.errors import Forbidden
from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors import OrderNotFound, OrderTokenNeeded
from banksia.modules.certificates.errors.messages import (
    MessageFileNotFound,
    MessageNotFound,
    MessagesFull,
    MessageTakesNoFiles,
)
from banksia.modules.certificates.routes.customer import OrderToken
from banksia.modules.certificates.schemas.messages import FileParameters, MessageCreate, MessageList, MessageRead
from banksia.modules.certificates.service import messaging
from banksia.modules.certificates.service.access import find_order

messages = Router()


@messages.get(
    "/orders/{order_id}/messages",
    public=True,
    scope=permissions.OWN_ORDERS_READ,
    raises=[OrderNotFound, OrderTokenNeeded],
)
def list_messages(
    session: SessionDep, actor: ActorDep, order_id: uuid.UUID, x_order_token: OrderToken = None
) -> MessageList:
    """All that was written about an order, the oldest first."""
    return messaging.list_messages(session, actor, order=find_order(session, actor, order_id, x_order_token))


@messages.post(
    "/orders/{order_id}/messages",
    public=True,
    scope=permissions.OWN_ORDERS_PLACE,
    status_code=201,
    raises=[OrderNotFound, OrderTokenNeeded, MessagesFull, Forbidden],
)
def write_message(
    session: SessionDep,
    actor: ActorDep,
    order_id: uuid.UUID,
    written: MessageCreate,
    x_order_token: OrderToken = None,
) -> MessageRead:
    """Write about an order. A customer's message answers what council asked, and the clock goes on."""
    order = find_order(session, actor, order_id, x_order_token, lock=True)
    return messaging.write_message(session, actor, order=order, written=written)


def file_of(
    order_id: uuid.UUID,
    message_id: uuid.UUID,
    sent: Annotated[FileParameters, Query()],
    sha256: Sha256Header,
    size: DeclaredSize,
    x_order_token: OrderToken = None,
) -> messaging.FileOfMessage:
    """What the address and the headers say of the file that follows."""
    return messaging.FileOfMessage(order_id, message_id, x_order_token, sent.file_name, sha256, size)


@messages.post(
    "/orders/{order_id}/messages/{message_id}/files",
    public=True,
    scope=permissions.OWN_ORDERS_PLACE,
    transactions=True,
    status_code=201,
    raises=[OrderNotFound, OrderTokenNeeded, MessageNotFound, MessageTakesNoFiles, *UPLOAD_ERRORS],
    openapi_extra=UPLOAD_BODY,
)
async def add_message_file(
    request: Request, transactions: TransactionsDep, sent: Annotated[messaging.FileOfMessage, Depends(file_of)]
) -> MessageRead:
    """Add a file to a message that one has just written: the body is the file's bytes."""
    opened = messaging.receive_file(transactions, sent)
    return await take_upload(request, opened, partial(messaging.add_file, transactions, sent))


@messages.get(
    "/orders/{order_id}/message-files/{file_id}",
    public=True,
    scope=permissions.OWN_ORDERS_READ,
    transactions=True,
    response_class=StreamingResponse,
    raises=[OrderNotFound, OrderTokenNeeded, MessageFileNotFound, BytesMissing, StorageUnavailable],
)
def download_message_file(
    transactions: TransactionsDep, order_id: uuid.UUID, file_id: uuid.UUID, x_order_token: OrderToken = None
) -> StreamingResponse:
    """A file that came with a message; noted in the log before the first of its bytes leaves."""
    with transactions() as session:
        order = find_order(session, transactions.actor, order_id, x_order_token)
        download = messaging.download_file(session, transactions.actor, order=order, file_id=file_id)
    return serve_object(transactions.platform, download.stored, file_name=download.file_name)
